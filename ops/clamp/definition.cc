// relu and its kin: y = min(max(x, low), high). Each fuses into the operator before it when that one can clamp.
#include "ops/affine.h"
#include "ops/clamps/lower.h"
#include "ops/host/broadcast.h"
#include "ops/host/rewrites.h"
#include "ops/operator_list.h"
#include "ops/unary/function.h"

namespace cortado::ops {
namespace {

using unary::Parameters;

// NaN stays NaN, as in PyTorch.
template <class T>
T clamp_between(T x, double low, double high) {
  const T floor = static_cast<T>(low);
  const T ceiling = static_cast<T>(high);
  x = x < floor ? floor : x;
  return x > ceiling ? ceiling : x;
}

// A constant limit that is the same everywhere.
std::optional<double> one_number(const ir::Value& limit) {
  if (limit.kind != ir::ValueKind::constant || limit.data.elements() == 0) return std::nullopt;
  const ir::Tensor numbers = limit.type.is_quantized() ? dequantized(limit.data, *limit.type.quantization) : limit.data;
  for (std::int64_t i = 1; i < numbers.elements(); ++i)
    if (numbers.as_double(i) != numbers.as_double(0)) return std::nullopt;
  return numbers.as_double(0);
}

// The limits by whichever names the schema has; relu and relu6 have theirs in the name.
std::optional<ClampForm> clamp_form(const Operands& operands) {
  ClampForm form;
  if (operands.schema().size() == 1) {
    form.low = 0;
    if (operands.node().op == "aten::relu6.default") form.high = 6;
    return form;
  }
  for (const Parameter& parameter : operands.schema()) {
    const bool is_low = parameter.name.starts_with("min"), is_high = parameter.name.starts_with("max");
    if ((!is_low && !is_high) || !operands.has(parameter.name)) continue;
    const ir::Value* limit = operands.value(parameter.name);
    const std::optional<double> number = limit != nullptr ? one_number(*limit) : operands.number(parameter.name);
    if (!number) return std::nullopt;
    (is_low ? form.low : form.high) = number;
  }
  return form;
}

template <class F>
void add_fusing(Registry& registry, std::string_view op, std::string_view parameters, std::string_view summary,
                std::string_view float_kernel, F f) {
  Definition definition = unary::function<unary::Promotion::keep>(op, parameters, summary, float_kernel, f);
  definition.quantization.fuses_into_producer = true;
  definition.clamp_form = clamp_form;
  definition.lower = clamps::lower;
  registry.add(std::move(definition));
}

// clamp of integers by fractional limits is computed in float, as torch.result_type has it.
Types infer_clamp(const Operands& operands) {
  ir::Shape shape = operands.shape("self");
  for (std::string_view limit : {"min", "max"}) {
    CORTADO_TRY(shape, broadcast_shapes(shape, operand_shape(operands, limit)));
  }
  return one(result_dtype(operands, {"self", "min", "max"}), shape);
}

Tensors evaluate_clamp(const Operands& operands, const Environment& environment) {
  const DType dtype = evaluated_dtype(operands, environment, {"self", "min", "max"});
  const DType compute = compute_dtype(dtype);
  ir::Tensor x = operand(operands, environment, "self", compute);
  const auto limit = [&](std::string_view name, auto keeps) -> Status {
    if (!operands.has(name)) return {};
    const ir::Tensor bound = operand(operands, environment, name, compute);
    CORTADO_TRY(const ir::Shape shape, broadcast_shapes(x.shape(), bound.shape()));
    x = with_compute_type(compute, [&]<class T>(T) {
      const auto pick = [&](T value, T other) { return value != value || keeps(value, other) ? value : other; };
      return map<T, T>(compute, shape, pick, x, bound);
    });
    return {};
  };
  CORTADO_CHECK(limit("min", [](auto value, auto low) { return value >= low; }));
  CORTADO_CHECK(limit("max", [](auto value, auto high) { return value <= high; }));
  return one(cast(x, dtype));
}

Definition clamp(std::string_view op, std::string_view parameters, std::string_view summary, std::string_view kernel) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .infer = infer_clamp,
          .evaluate = evaluate_clamp,
          .quantization = observed(),
          .layout = LayoutRule::same,
          .clamp_form = clamp_form,
          .lower = clamps::lower,
          .float_kernel = kernel};
}

Status rewrite_relu6(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::hardtanh.default",
                                         {{"self", operands.value("self")}, {"min_val", 0.0}, {"max_val", 6.0}}));
  return rewriter.finish({y});
}

// Limits that are numbers, or constants that are the same everywhere.
Status rewrite_clamp(const Operands& operands, Rewriter& rewriter) {
  std::vector<ir::NamedArgument> arguments = {{"self", operands.value("self")}};
  for (std::string_view name : {"min", "max"}) {
    const ir::Value* limit = operands.value(name);
    const std::optional<double> number = limit != nullptr ? one_number(*limit) : std::nullopt;
    if (limit != nullptr && !number) return {};
    arguments.push_back({std::string(name), number ? ir::Argument(*number) : operands.argument(name)});
  }
  if (operands.shape("self") != operands.output_type().shape ||
      operands.type("self").dtype != operands.output_type().dtype)
    return {};
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::clamp.default", std::move(arguments)));
  return rewriter.finish({y});
}

}  // namespace

void add_clamp(Registry& registry) {
  using P = const Parameters&;
  add_fusing(registry, "aten::relu.default", "Tensor self", "y = max(x, 0)", "aten::relu.out",
             [](auto x, P) { return x < 0 ? decltype(x){0} : x; });
  add_fusing(registry, "aten::relu6.default", "Tensor self", "y = min(max(x, 0), 6)", "",
             [](auto x, P) { return clamp_between(x, 0, 6); });
  add_fusing(registry, "aten::hardtanh.default", "Tensor self, Scalar min_val=-1, Scalar max_val=1",
             "y = min(max(x, min_val), max_val)", "aten::hardtanh.out",
             [](auto x, P p) { return clamp_between(x, p[0], p[1]); });
  const std::string_view scalars = "Tensor self, Scalar? min=None, Scalar? max=None";
  const std::string_view tensors = "Tensor self, Tensor? min=None, Tensor? max=None";
  for (const auto& [name, tensor_name] :
       {std::pair<std::string_view, std::string_view>{"aten::clamp.default", "aten::clamp.Tensor"},
        {"aten::clip.default", "aten::clip.Tensor"}}) {
    const bool is_clamp = name == "aten::clamp.default";
    Definition definition = clamp(name, scalars, "y = min(max(x, min), max)", is_clamp ? "aten::clamp.out" : "");
    definition.quantization.fuses_into_producer = true;
    registry.add(std::move(definition));
    registry.add(clamp(tensor_name, tensors, "y = min(max(x, min), max), elementwise limits",
                       is_clamp ? "aten::clamp.Tensor_out" : ""));
  }
  for (std::string_view op : {"aten::clamp_min.default", "aten::clamp_min.Tensor"})
    registry.add(clamp(op, op.ends_with("Tensor") ? "Tensor self, Tensor min" : "Tensor self, Scalar min",
                       "y = max(x, min)", ""));
  for (std::string_view op : {"aten::clamp_max.default", "aten::clamp_max.Tensor"})
    registry.add(clamp(op, op.ends_with("Tensor") ? "Tensor self, Tensor max" : "Tensor self, Scalar max",
                       "y = min(x, max)", ""));
  registry.set_rewrite({"aten::relu6.default"}, rewrite_relu6);
  registry.set_rewrite({"aten::clip.default", "aten::clip.Tensor", "aten::clamp.Tensor", "aten::clamp_min.default",
                        "aten::clamp_min.Tensor", "aten::clamp_max.default", "aten::clamp_max.Tensor"},
                       rewrite_clamp);
}

}  // namespace cortado::ops
