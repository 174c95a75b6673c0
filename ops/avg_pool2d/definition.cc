// Average over sliding windows.
#include <algorithm>

#include "ops/avg_pool2d/lower.h"
#include "ops/avg_pool2d/rewrites.h"
#include "ops/host/window.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// The sum over the part of a window that lies in the input, and the number of its elements.
double window_sum(const Windows& w, const float* plane, const std::array<Span, 3>& span) {
  double sum = 0;
  for (std::int64_t a = span[0].begin; a < span[0].end; ++a)
    for (std::int64_t b = span[1].begin; b < span[1].end; ++b)
      for (std::int64_t c = span[2].begin; c < span[2].end; ++c) sum += plane[(a * w.in[1] + b) * w.in[2] + c];
  return sum;
}

// The divisor is the window's size, cut at the end of the padding, or, without count_include_pad, the number of inputs.
ir::Tensor pool(const Windows& w, const ir::Tensor& x, bool counts_padding, std::int64_t divisor) {
  ir::Tensor result(DType::f32, w.result_shape());
  float* to = result.mutable_data<float>();
  const float* plane = x.data<float>();
  for (std::int64_t p = 0; p < w.planes; ++p, plane += w.plane_size())
    for_each_window(w, [&](std::int64_t, const std::array<std::int64_t, 3>& begin) {
      std::array<Span, 3> span{};
      std::int64_t size = 1;
      std::int64_t inside = 1;
      for (std::size_t i = 0; i < 3; ++i) {
        const std::int64_t end = std::min(begin[i] + w.kernel[i], w.in[i] + w.padding[i]);
        span[i] = {std::max<std::int64_t>(begin[i], 0), std::min(end, w.in[i])};
        size *= end - begin[i];
        inside *= std::max<std::int64_t>(span[i].end - span[i].begin, 0);
      }
      const std::int64_t count = divisor != 0 ? divisor : counts_padding ? size : inside;
      *to++ = inside == 0 ? 0.0f : static_cast<float>(window_sum(w, plane, span) / static_cast<double>(count));
    });
  return result;
}

std::string_view input(const Operands& operands) { return operands.schema()[0].name; }

template <std::size_t spatial>
Types infer(const Operands& operands) {
  CORTADO_TRY(const Windows w, windows(operands, spatial));
  if (operands.has("divisor_override") && operands.integer("divisor_override") == 0)
    return input_error("the divisor is 0");
  return one(operands.real_dtype(input(operands)), w.result_shape());
}

template <std::size_t spatial>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const Windows w, windows(operands, spatial));
  const ir::Tensor y =
      pool(w, operand(operands, environment, input(operands), DType::f32), operands.flag("count_include_pad"),
           operands.has("divisor_override") ? operands.integer("divisor_override") : 0);
  return one(cast(y, operands.real_dtype(input(operands))));
}

template <std::size_t spatial>
Types infer_adaptive(const Operands& operands) {
  CORTADO_TRY(const Windows w, adaptive_windows(operands, spatial));
  return one(operands.real_dtype(input(operands)), w.result_shape());
}

template <std::size_t spatial>
Tensors evaluate_adaptive(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const Windows w, adaptive_windows(operands, spatial));
  const ir::Tensor x = operand(operands, environment, input(operands), DType::f32);
  ir::Tensor result(DType::f32, w.result_shape());
  float* to = result.mutable_data<float>();
  for (std::int64_t p = 0; p < w.planes; ++p)
    for_each_adaptive_window(w, [&](std::int64_t, const std::array<Span, 3>& span) {
      double count = 1;
      for (const Span& s : span) count *= static_cast<double>(s.end - s.begin);
      *to++ = static_cast<float>(window_sum(w, x.data<float>() + p * w.plane_size(), span) / count);
    });
  return one(cast(result, operands.real_dtype(input(operands))));
}

template <std::size_t spatial>
Definition avg_pool(std::string_view op, std::string_view parameters, std::string_view kernel = "") {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "y[p] = sum over window p / its size",
          .infer = infer<spatial>,
          .evaluate = evaluate<spatial>,
          .quantization = same_as_input(),
          .layout = LayoutRule::channels_last,
          .lower = spatial == 2 ? avg_pool2d::lower : nullptr,
          .float_kernel = kernel,
          .float_layout = LayoutRule::contiguous};
}

template <std::size_t spatial>
Definition adaptive(std::string_view op, std::string_view parameters, std::string_view kernel = "") {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "y[p] = mean over ⌊p·in/out⌋ … ⌈(p + 1)·in/out⌉",
          .infer = infer_adaptive<spatial>,
          .evaluate = evaluate_adaptive<spatial>,
          .quantization = observed(),
          .float_kernel = kernel};
}

}  // namespace

void add_avg_pool2d(Registry& r) {
  // clang-format off: one line, one operator
  r.add(avg_pool<1>("aten::avg_pool1d.default", "Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, bool ceil_mode=False, bool count_include_pad=True"));
  r.add(avg_pool<2>("aten::avg_pool2d.default", "Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None", "aten::avg_pool2d.out"));
  r.add(avg_pool<3>("aten::avg_pool3d.default", "Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, bool ceil_mode=False, bool count_include_pad=True, int? divisor_override=None"));
  r.add(adaptive<1>("aten::adaptive_avg_pool1d.default", "Tensor self, int[1] output_size"));
  r.add(adaptive<2>("aten::adaptive_avg_pool2d.default", "Tensor self, SymInt[2] output_size", "aten::_adaptive_avg_pool2d.out"));
  r.add(adaptive<2>("aten::_adaptive_avg_pool2d.default", "Tensor self, SymInt[2] output_size", "aten::_adaptive_avg_pool2d.out"));
  r.add(adaptive<3>("aten::adaptive_avg_pool3d.default", "Tensor self, SymInt[3] output_size"));
  r.add(adaptive<3>("aten::_adaptive_avg_pool3d.default", "Tensor self, SymInt[3] output_size"));
  // clang-format on
  avg_pool2d::set_rewrites(r);
}

}  // namespace cortado::ops
