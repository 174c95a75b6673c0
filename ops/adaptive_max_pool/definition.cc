// Maximum over windows that divide the input evenly, and where it is.
#include "ops/host/pool_rewrites.h"
#include "ops/host/window.h"
#include "ops/max_pool2d/lower.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

template <std::size_t spatial>
Types infer(const Operands& operands) {
  CORTADO_TRY(const Windows w, adaptive_windows(operands, spatial));
  return std::vector{plain(operands.real_dtype("self"), w.result_shape()), plain(DType::i64, w.result_shape())};
}

template <std::size_t spatial>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const Windows w, adaptive_windows(operands, spatial));
  const ir::Tensor x = operand(operands, environment, "self", DType::f32);
  ir::Tensor result(DType::f32, w.result_shape());
  ir::Tensor places(DType::i64, w.result_shape());
  float* to = result.mutable_data<float>();
  std::int64_t* place = places.mutable_data<std::int64_t>();
  for (std::int64_t p = 0; p < w.planes; ++p) {
    const float* plane = x.data<float>() + p * w.plane_size();
    for_each_adaptive_window(w, [&](std::int64_t, const std::array<Span, 3>& span) {
      std::int64_t best = -1;
      for (std::int64_t a = span[0].begin; a < span[0].end; ++a)
        for (std::int64_t b = span[1].begin; b < span[1].end; ++b)
          for (std::int64_t c = span[2].begin; c < span[2].end; ++c) {
            const std::int64_t at = (a * w.in[1] + b) * w.in[2] + c;
            if (best < 0 || plane[at] > plane[best] || plane[at] != plane[at]) best = at;
          }
      *to++ = plane[best];
      *place++ = best;
    });
  }
  return std::vector{cast(result, operands.real_dtype("self")), std::move(places)};
}

template <std::size_t spatial>
Definition adaptive(std::string_view op, std::string_view parameters) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "y[p] = max over ⌊p·in/out⌋ … ⌈(p + 1)·in/out⌉, and where it is",
          .infer = infer<spatial>,
          .evaluate = evaluate<spatial>,
          .quantization = same_as_input(),
          .layout = LayoutRule::same,
          .lower = spatial == 2 ? max_pool2d::lower_places : nullptr,
          .float_kernel = spatial == 2 ? "aten::adaptive_max_pool2d.out" : ""};
}

Status rewrite_along_one(const Operands& operands, Rewriter& rewriter) {
  return pool_in_two_dimensions(operands, rewriter, "aten::adaptive_max_pool2d.default", {{"output_size", 1}}, {});
}

// Windows that are all alike.
template <std::size_t spatial>
Status rewrite_even(const Operands& operands, Rewriter& rewriter) {
  const auto window = even_windows(operands.shape("self"), operands.output_type().shape, spatial);
  if (window.empty()) return {};
  CORTADO_TRY(ir::Node* pool,
              rewriter.add_node(
                  spatial == 2 ? "aten::max_pool2d_with_indices.default" : "aten::max_pool3d_with_indices.default",
                  {{"self", operands.value("self")}, {"kernel_size", window}, {"stride", window}}));
  return rewriter.finish({pool->outputs[0], pool->outputs[1]});
}

}  // namespace

void add_adaptive_max_pool(Registry& registry) {
  registry.add(adaptive<1>("aten::adaptive_max_pool1d.default", "Tensor self, int[1] output_size"));
  registry.add(adaptive<2>("aten::adaptive_max_pool2d.default", "Tensor self, int[2] output_size"));
  registry.add(adaptive<3>("aten::adaptive_max_pool3d.default", "Tensor self, int[3] output_size"));
  registry.set_rewrite({"aten::adaptive_max_pool1d.default"}, rewrite_along_one);
  registry.set_rewrite({"aten::adaptive_max_pool2d.default"}, rewrite_even<2>);
  registry.set_rewrite({"aten::adaptive_max_pool3d.default"}, rewrite_even<3>);
}

}  // namespace cortado::ops
