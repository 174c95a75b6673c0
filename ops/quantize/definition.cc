// q = clamp(round(x / scale) + zero_point, quant_min, quant_max)
#include "ops/host/affine_operands.h"
#include "ops/host/rewrites.h"
#include "ops/operator_list.h"
#include "ops/quantize/lower.h"

namespace cortado::ops {
namespace {

Types infer_quantized(const Operands& operands) { return one(*operands.dtype("dtype"), operands.shape("input")); }

std::vector<Constraint> quantize_constraints() {
  return {{"the result is of an integer type", [](const Operands& o) { return is_quantized_dtype(*o.dtype("dtype")); }},
          {"the input is of a float type", [](const Operands& o) { return is_float(o.type("input").dtype); }}};
}

Definition per_tensor(std::string_view op, std::string_view parameters) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "q = clamp(round(x / scale) + zero_point, quant_min, quant_max)",
          .constraints = quantize_constraints(),
          .infer = infer_quantized,
          .evaluate = [](const Operands& operands, const Environment& environment) -> Tensors {
            return one(quantized(environment.at(*operands.value("input")), per_tensor_parameters(operands, environment),
                                 *operands.dtype("dtype")));
          },
          .takes_stored_integers = true,
          .layout = LayoutRule::same};
}

// Numbers that were dequantized by the same parameters: the integers themselves, exactly.
Status rewrite_requantize(const Operands& operands, Rewriter& rewriter) {
  const ir::Node* dequantize = operands.value("input")->producer;
  if (dequantize == nullptr || dequantize->op != "quantized_decomposed::dequantize_per_tensor.default") return {};
  for (const char* name : {"scale", "zero_point", "quant_min", "quant_max", "dtype"}) {
    const ir::Argument* given = dequantize->find(name);
    if (given == nullptr || !(*given == operands.argument(name))) return {};
  }
  ir::Value* integers = *std::get_if<ir::Value*>(dequantize->find("input"));
  if (size_bytes(integers->type.dtype) > 2) return {};  // larger integers lose bits in f32
  return rewriter.finish({integers});
}

}  // namespace

void add_quantize(Registry& registry) {
  registry.add(on_integers(
      per_tensor("quantized_decomposed::quantize_per_tensor.default",
                 "Tensor input, float scale, int zero_point, int quant_min, int quant_max, ScalarType dtype"),
      quantize::lower));
  registry.add(
      per_tensor("quantized_decomposed::quantize_per_tensor.tensor",
                 "Tensor input, Tensor scale, Tensor zero_point, int quant_min, int quant_max, ScalarType dtype"));
  Definition per_channel{
      .op = "quantized_decomposed::quantize_per_channel.default",
      .schema = schema(
          "Tensor input, Tensor scales, Tensor zero_points, int axis, int quant_min, int quant_max, ScalarType dtype"),
      .summary = "q = clamp(round(x / scale[c]) + zero_point[c], quant_min, quant_max)",
      .constraints = quantize_constraints(),
      .infer = infer_quantized,
      .evaluate = [](const Operands& operands, const Environment& environment) -> Tensors {
        return one(quantized(environment.at(*operands.value("input")), per_channel_parameters(operands, environment),
                             *operands.dtype("dtype")));
      },
      .takes_stored_integers = true,
      .layout = LayoutRule::same};
  for (const Constraint& constraint : per_channel_constraints()) per_channel.constraints.push_back(constraint);
  registry.add(on_integers(std::move(per_channel), quantize::refuse_per_channel));
  registry.set_rewrite({"quantized_decomposed::quantize_per_tensor.default"}, rewrite_requantize);
}

}  // namespace cortado::ops
