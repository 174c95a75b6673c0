// The convolutions: 1, 2 and 3 spatial dimensions, forward and transposed, all by one geometry.
#include <algorithm>

#include "ops/conv2d/lower.h"
#include "ops/conv2d/rewrites.h"
#include "ops/host/build.h"
#include "ops/host/onednn.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

constexpr std::int64_t largest = std::int64_t{1} << 31;

// Sizes, strides and so on of up to 2^31: their products stay in 64 bits.
bool within(const std::vector<std::int64_t>& list, std::size_t count, std::int64_t low) {
  if (list.size() != count) return false;
  for (std::int64_t value : list)
    if (value < low || value > largest) return false;
  return true;
}

// Padding on both sides, equal; for 'same' the high side takes the odd one; `output_padding` lengthens the result.
Status set_padding(const Operands& operands, Convolution& c) {
  const std::size_t n = c.kernel.size();
  const std::string named = operands.text("padding");
  if (named.empty()) {
    c.pad_low = operands.integers("padding", n);
    if (!within(c.pad_low, n, 0))
      return input_error("the padding must be non-negative, one number per spatial dimension");
    c.pad_high = c.pad_low;
  } else if (named == "valid" || named == "same") {
    c.pad_low.assign(n, 0);
    c.pad_high.assign(n, 0);
    for (std::size_t i = 0; named == "same" && i < n; ++i) {
      const std::int64_t total = c.dilation[i] * (c.kernel[i] - 1);
      c.pad_low[i] = total / 2;
      c.pad_high[i] = total - total / 2;
    }
  } else {
    return input_error("the padding '" + named + "' is not known");
  }
  if (!c.transposed) return {};
  const std::vector<std::int64_t> extra = operands.integers("output_padding", n);
  if (!within(extra, n, 0))
    return input_error("the output padding must be non-negative, one number per spatial dimension");
  for (std::size_t i = 0; i < n; ++i) {
    if (extra[i] >= std::max(c.stride[i], c.dilation[i]))
      return input_error("the output padding must be smaller than the stride or the dilation");
    c.pad_high[i] -= extra[i];
  }
  return {};
}

Status set_channels(const Operands& operands, Convolution& c) {
  const ir::Shape& weight = operands.shape("weight");
  c.groups = operands.integer("groups");
  const std::int64_t per_group = weight[1];
  if (c.groups < 1 || c.groups > largest || weight[0] % c.groups != 0)
    return input_error("the groups do not divide the channels");
  c.out_channels = c.transposed ? per_group * c.groups : weight[0];
  if (c.in_channels != (c.transposed ? weight[0] : per_group * c.groups))
    return input_error("the input has " + std::to_string(c.in_channels) + " channels, the weight takes " +
                       std::to_string(c.transposed ? weight[0] : per_group * c.groups));
  c.has_bias = operands.has("bias");
  if (c.has_bias && operands.shape("bias") != ir::Shape{c.out_channels})
    return input_error("the bias has another length than the output's channels");
  return {};
}

// out = (in + low + high − dilation·(kernel − 1) − 1) / stride + 1; transposed the other way round.
Status set_output(Convolution& c) {
  for (std::size_t i = 0; i < c.kernel.size(); ++i) {
    const std::int64_t reach = c.dilation[i] * (c.kernel[i] - 1);
    const std::int64_t padding = c.pad_low[i] + c.pad_high[i];
    const std::int64_t room = c.in[i] + padding - reach - 1;
    c.out.push_back(c.transposed ? (c.in[i] - 1) * c.stride[i] - padding + reach + 1
                    : room < 0   ? 0
                                 : room / c.stride[i] + 1);
    if (c.out.back() < 1) return input_error("the kernel is larger than the padded input");
  }
  return {};
}

Result<Convolution> geometry(const Operands& operands, bool transposed) {
  const ir::Shape& x = operands.shape("input");
  const ir::Shape& weight = operands.shape("weight");
  Convolution c;
  if (!is_float(operands.real_dtype("input")) || !is_float(operands.real_dtype("weight")))
    return input_error("input and weight must hold real numbers");
  if (weight.size() < 3 || weight.size() > 5) return input_error("the weight must have 1, 2 or 3 spatial dimensions");
  const std::size_t n = weight.size() - 2;
  if (x.size() != n + 2 && x.size() != n + 1) return input_error("the ranks of input and weight do not match");
  const bool batched = x.size() == n + 2;
  c.transposed = transposed;
  c.batch = batched ? x[0] : 1;
  c.in_channels = x[batched ? 1 : 0];
  c.in.assign(x.end() - static_cast<std::ptrdiff_t>(n), x.end());
  c.kernel.assign(weight.begin() + 2, weight.end());
  c.stride = operands.integers("stride", n);
  c.dilation = operands.integers("dilation", n);
  if (!within(c.stride, n, 1) || !within(c.dilation, n, 1)) return input_error("stride and dilation must be positive");
  if (!within(c.kernel, n, 1) || !within(c.in, n, 0)) return input_error("the kernel is empty, or a size is too large");
  CORTADO_CHECK(set_padding(operands, c));
  CORTADO_CHECK(set_channels(operands, c));
  CORTADO_CHECK(set_output(c));
  return c;
}

bool is_transposed(const Operands& operands, bool by_name) { return by_name || operands.flag("transposed"); }

template <bool by_name>
Types infer(const Operands& operands) {
  CORTADO_TRY(const Convolution c, geometry(operands, is_transposed(operands, by_name)));
  ir::Shape shape = {c.out_channels};
  if (operands.shape("input").size() == operands.shape("weight").size()) shape.insert(shape.begin(), c.batch);
  shape.insert(shape.end(), c.out.begin(), c.out.end());
  return one(operands.real_dtype("input"), std::move(shape));
}

template <bool by_name>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const Convolution c, geometry(operands, is_transposed(operands, by_name)));
  CORTADO_TRY(const auto types, infer<by_name>(operands));
  const ir::Value& weight = *operands.value("weight");
  ir::Tensor bias;
  if (c.has_bias) bias = operand(operands, environment, "bias", DType::f32);
  CORTADO_TRY(ir::Tensor y, convolve(c, operand(operands, environment, "input", DType::f32),
                                     operand(operands, environment, "weight", DType::f32), c.has_bias ? &bias : nullptr,
                                     weight.kind == ir::ValueKind::constant));
  return one(cast(y.reshaped(types[0].shape), types[0].dtype));
}

template <bool transposed>
Definition convolution(std::string_view op, std::string_view parameters) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = transposed ? "y[n, o, s·p + d·k − pad] += w[i, o, k] · x[n, i, p], plus the bias"
                                : "y[n, o, p] = bias[o] + Σ_i Σ_k w[o, i, k] · x[n, i, s·p + d·k − pad]",
          .infer = infer<transposed>,
          .evaluate = evaluate<transposed>,
          .quantization = {.output = OutputRule::observed,
                           .weight = "weight",
                           .weight_axis = transposed ? 1 : 0,
                           .bias = "bias",
                           .accepts_activation = true},
          .layout = LayoutRule::channels_last,
          .float_kernel = "aten::convolution.out",
          .lower_float = conv2d::lower_float,
          .float_layout = LayoutRule::same};
}

}  // namespace

void add_conv2d(Registry& r) {
  // clang-format off: one line, one operator
  r.add(convolution<false>("aten::conv1d.default", "Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] dilation=1, SymInt groups=1"));
  r.add(on_integers(convolution<false>("aten::conv2d.default", "Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] dilation=1, SymInt groups=1"), conv2d::lower, LayoutRule::channels_last));
  r.add(convolution<false>("aten::conv3d.default", "Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] dilation=1, SymInt groups=1"));
  r.add(convolution<false>("aten::conv1d.padding", "Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, str padding='valid', SymInt[1] dilation=1, SymInt groups=1"));
  r.add(convolution<false>("aten::conv2d.padding", "Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, str padding='valid', SymInt[2] dilation=1, SymInt groups=1"));
  r.add(convolution<false>("aten::conv3d.padding", "Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, str padding='valid', SymInt[3] dilation=1, SymInt groups=1"));
  r.add(convolution<true>("aten::conv_transpose1d.default", "Tensor input, Tensor weight, Tensor? bias=None, SymInt[1] stride=1, SymInt[1] padding=0, SymInt[1] output_padding=0, SymInt groups=1, SymInt[1] dilation=1"));
  r.add(on_integers(convolution<true>("aten::conv_transpose2d.input", "Tensor input, Tensor weight, Tensor? bias=None, SymInt[2] stride=1, SymInt[2] padding=0, SymInt[2] output_padding=0, SymInt groups=1, SymInt[2] dilation=1"), conv2d::lower_transposed, LayoutRule::channels_last));
  r.add(convolution<true>("aten::conv_transpose3d.input", "Tensor input, Tensor weight, Tensor? bias=None, SymInt[3] stride=1, SymInt[3] padding=0, SymInt[3] output_padding=0, SymInt groups=1, SymInt[3] dilation=1"));
  // clang-format on
  Definition either =
      convolution<false>("aten::convolution.default",
                         "Tensor input, Tensor weight, Tensor? bias, SymInt[] stride, SymInt[] padding, SymInt[] "
                         "dilation, bool transposed, SymInt[] output_padding, SymInt groups");
  either.summary = "a convolution or, transposed, its transpose";
  r.add(std::move(either));
  conv2d::set_rewrites(r);
}

}  // namespace cortado::ops
