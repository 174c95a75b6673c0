// x = (q − zero_point) · scale
#include "ops/dequantize/lower.h"
#include "ops/host/affine_operands.h"
#include "ops/operator_list.h"
#include "ops/quantize/lower.h"

namespace cortado::ops {
namespace {

Types infer_dequantized(const Operands& operands) {
  return one(operands.dtype("out_dtype").value_or(DType::f32), operands.shape("input"));
}

std::vector<Constraint> dequantize_constraints() {
  return {
      {"the input is of an integer type", [](const Operands& o) { return is_quantized_dtype(o.type("input").dtype); }},
      {"the result is of a float type",
       [](const Operands& o) { return is_float(o.dtype("out_dtype").value_or(DType::f32)); }}};
}

Definition definition(std::string_view op, std::string_view parameters, std::string_view summary) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .constraints = dequantize_constraints(),
          .infer = infer_dequantized,
          .takes_stored_integers = true,
          .layout = LayoutRule::same};
}

template <ir::Quantization (*parameters)(const Operands&, const Environment&)>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  const ir::Tensor real = dequantized(environment.at(*operands.value("input")), parameters(operands, environment));
  return one(cast(real, operands.dtype("out_dtype").value_or(DType::f32)));
}

}  // namespace

void add_dequantize(Registry& registry) {
  Definition per_tensor = definition("quantized_decomposed::dequantize_per_tensor.default",
                                     "Tensor input, float scale, int zero_point, int quant_min, int quant_max, "
                                     "ScalarType dtype, *, ScalarType? out_dtype=None",
                                     "x = (q − zero_point) · scale");
  per_tensor.evaluate = evaluate<per_tensor_parameters>;
  registry.add(on_integers(per_tensor, dequantize::lower));
  per_tensor.op = "quantized_decomposed::dequantize_per_tensor.tensor";
  per_tensor.schema = schema(
      "Tensor input, Tensor scale, Tensor zero_point, int quant_min, int quant_max, ScalarType dtype, *, ScalarType? "
      "out_dtype=None");
  registry.add(per_tensor);
  Definition per_channel = definition("quantized_decomposed::dequantize_per_channel.default",
                                      "Tensor input, Tensor scales, Tensor? zero_points, int axis, int quant_min, int "
                                      "quant_max, ScalarType dtype, *, ScalarType? out_dtype=None",
                                      "x = (q − zero_point[c]) · scale[c]");
  per_channel.evaluate = evaluate<per_channel_parameters>;
  for (const Constraint& constraint : per_channel_constraints()) per_channel.constraints.push_back(constraint);
  registry.add(on_integers(std::move(per_channel), quantize::refuse_per_channel));
}

}  // namespace cortado::ops
