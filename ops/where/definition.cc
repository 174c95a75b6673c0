// Elementwise operators on three operands: choosing and mixing.
#include "ops/host/broadcast.h"
#include "ops/host/rewrites.h"
#include "ops/host/selection.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// The three operands are the schema's first three parameters; the first of a choice is its condition.
std::string_view name(const Operands& operands, std::size_t i) { return operands.schema()[i].name; }

Result<ir::Shape> common_shape(const Operands& operands) {
  CORTADO_TRY(const ir::Shape two,
              broadcast_shapes(operand_shape(operands, name(operands, 0)), operand_shape(operands, name(operands, 1))));
  return broadcast_shapes(two, operand_shape(operands, name(operands, 2)));
}

// y = condition ? a : b
Types infer_choice(const Operands& operands) {
  CORTADO_TRY(ir::Shape shape, common_shape(operands));
  return one(result_dtype(operands, {name(operands, 1), name(operands, 2)}), std::move(shape));
}

ir::Tensor choose(const ir::Shape& shape, const ir::Tensor& condition, const ir::Tensor& a, const ir::Tensor& b,
                  DType dtype) {
  const DType compute = compute_dtype(dtype);
  return with_compute_type(compute, [&]<class T>(T) {
    const auto pick = [](T c, T x, T y) { return c != 0 ? x : y; };
    return cast(map<T, T>(compute, shape, pick, cast(condition, compute), cast(a, compute), cast(b, compute)), dtype);
  });
}

Tensors evaluate_choice(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_choice(operands));
  const ir::Tensor condition = cast(environment.at(*operands.value("condition")), DType::boolean);
  return one(choose(types[0].shape, condition, operand(operands, environment, name(operands, 1), types[0].dtype),
                    operand(operands, environment, name(operands, 2), types[0].dtype), types[0].dtype));
}

Definition choice(std::string_view op, std::string_view parameters, std::string_view kernel) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "y = condition ? a : b",
          .infer = infer_choice,
          .evaluate = evaluate_choice,
          .quantization = same_as_input(),
          .layout = LayoutRule::same,
          .lower = kernel.empty() ? nullptr : lower_selection,
          .float_kernel = kernel};
}

// y = mask ? value : self, of self's type
Types infer_fill(const Operands& operands) {
  CORTADO_TRY(ir::Shape shape, common_shape(operands));
  return one(operands.real_dtype("self"), std::move(shape));
}

Tensors evaluate_fill(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_fill(operands));
  const DType dtype = types[0].dtype;
  return one(choose(types[0].shape, cast(environment.at(*operands.value("mask")), DType::boolean),
                    operand(operands, environment, "value", dtype), environment.at(*operands.value("self")), dtype));
}

Definition masked_fill(std::string_view op, std::string_view parameters, std::string_view kernel) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "y = mask ? value : x",
          .infer = infer_fill,
          .evaluate = evaluate_fill,
          .quantization = observed(),
          .float_kernel = kernel};
}

// F is a captureless generic lambda f(a, b, c, value).
Types infer_mix(const Operands& operands) {
  CORTADO_TRY(ir::Shape shape, common_shape(operands));
  return one(result_dtype(operands, {name(operands, 0), name(operands, 1), name(operands, 2)}), std::move(shape));
}

template <class F>
Tensors evaluate_mix(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const auto types, infer_mix(operands));
  const DType dtype = types[0].dtype;
  const DType compute = compute_dtype(dtype);
  const double value = operands.has("value") ? operands.number("value") : 1;
  return one(with_compute_type(compute, [&]<class T>(T) {
    const auto f = [factor = static_cast<T>(value)](T a, T b, T c) { return F{}(a, b, c, factor); };
    return cast(map<T, T>(compute, types[0].shape, f, operand(operands, environment, name(operands, 0), compute),
                          operand(operands, environment, name(operands, 1), compute),
                          operand(operands, environment, name(operands, 2), compute)),
                dtype);
  }));
}

template <class F>
Definition mix(std::string_view op, std::string_view parameters, std::string_view summary, F) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .infer = infer_mix,
          .evaluate = evaluate_mix<F>,
          .quantization = observed()};
}

// A condition that is the same everywhere chooses now.
Status rewrite_settled(const Operands& operands, Rewriter& rewriter) {
  const ir::Value* condition = operands.value("condition");
  if (condition->kind != ir::ValueKind::constant || condition->data.elements() == 0) return {};
  const bool first = condition->data.as_double(0) != 0;
  for (std::int64_t i = 1; i < condition->data.elements(); ++i)
    if ((condition->data.as_double(i) != 0) != first) return {};
  ir::Value* chosen = operands.value(first ? "self" : "other");
  if (chosen->type.shape != operands.output_type().shape) return {};
  return rewriter.finish({chosen});
}

// where.self with constants for numbers, and all of one element type; masked_fill is a choice between the value and
// self.
Status rewrite_choice(const Operands& operands, Rewriter& rewriter) {
  const bool fills = operands.has("mask");
  const std::string_view chosen = fills ? "value" : "self";
  const std::string_view other = fills ? "self" : "other";
  const auto fits = [&](std::string_view name) {
    const ir::Value* value = operands.value(name);
    return value != nullptr && Operands::real_dtype(*value) == operands.output_type().dtype;
  };
  const bool is_usual = operands.node().op == "aten::where.self" && fits(chosen) && fits(other);
  if (is_usual) return rewrite_settled(operands, rewriter);
  std::vector<ir::NamedArgument> arguments = {{"condition", operands.value(fills ? "mask" : "condition")}};
  for (std::string_view name : {chosen, other}) {
    ir::Value* value = operands.value(name);
    if (value == nullptr)
      value = rewriter.constant("number", scalar(operands.number(name), operands.output_type().dtype));
    else if (!fits(name)) {
      CORTADO_TRY(value,
                  rewriter.add("aten::_to_copy.default", {{"self", value}, {"dtype", operands.output_type().dtype}}));
    }
    arguments.push_back({name == chosen ? "self" : "other", value});
  }
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::where.self", std::move(arguments)));
  if (y->type.dtype != operands.output_type().dtype) return internal_error("a rewriting changed the element type");
  return rewriter.finish({y});
}

Result<ir::Value*> scaled(Rewriter& rewriter, ir::Value* x, double factor) {
  if (factor == 1) return x;
  return rewriter.add("aten::mul.Tensor", {{"self", x}, {"other", factor}});
}

// x + value · a ∘ b
template <const std::string_view& op>
Status rewrite_sum(const Operands& operands, Rewriter& rewriter) {
  if (!is_float(operands.output_type().dtype)) return {};
  CORTADO_TRY(ir::Value* y, rewriter.add(std::string(op),
                                         {{"self", operands.value("tensor1")}, {"other", operands.value("tensor2")}}));
  CORTADO_TRY(y, scaled(rewriter, y, operands.number("value")));
  CORTADO_TRY(y, rewriter.add("aten::add.Tensor", {{"self", operands.value("self")}, {"other", y}}));
  return rewriter.finish({y});
}

// a + weight · (b − a)
Status rewrite_lerp(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::sub.Tensor", {{"self", operands.value("end")}, {"other", operands.value("self")}}));
  CORTADO_TRY(y, rewriter.add("aten::mul.Tensor", {{"self", y}, {"other", operands.argument("weight")}}));
  CORTADO_TRY(y, rewriter.add("aten::add.Tensor", {{"self", operands.value("self")}, {"other", y}}));
  return rewriter.finish({y});
}

constexpr std::string_view product = "aten::mul.Tensor";
constexpr std::string_view quotient = "aten::div.Tensor";

}  // namespace

void add_where(Registry& registry) {
  registry.add(choice("aten::where.self", "Tensor condition, TensorOrNumber self, TensorOrNumber other",
                      "aten::where.self_out"));
  registry.add(choice("aten::where.ScalarOther", "Tensor condition, Tensor self, Scalar other", ""));
  registry.add(choice("aten::where.ScalarSelf", "Tensor condition, Scalar self, Tensor other", ""));
  registry.add(choice("aten::where.Scalar", "Tensor condition, Scalar self, Scalar other", ""));
  registry.add(masked_fill("aten::masked_fill.Scalar", "Tensor self, Tensor mask, Scalar value",
                           "aten::masked_fill.Scalar_out"));
  registry.add(masked_fill("aten::masked_fill.Tensor", "Tensor self, Tensor mask, Tensor value", ""));
  const auto interpolate = [](auto a, auto b, auto weight, auto) { return a + weight * (b - a); };
  registry.add(
      mix("aten::lerp.Scalar", "Tensor self, Tensor end, Scalar weight", "y = a + weight · (b − a)", interpolate));
  registry.add(
      mix("aten::lerp.Tensor", "Tensor self, Tensor end, Tensor weight", "y = a + weight · (b − a)", interpolate));
  registry.add(mix("aten::addcmul.default", "Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1",
                   "y = x + value · a · b", [](auto x, auto a, auto b, auto value) { return x + value * a * b; }));
  registry.add(mix("aten::addcdiv.default", "Tensor self, Tensor tensor1, Tensor tensor2, *, Scalar value=1",
                   "y = x + value · a / b", [](auto x, auto a, auto b, auto value) {
                     return b == 0 && !std::is_floating_point_v<decltype(x)> ? x : x + value * a / b;
                   }));
  registry.set_rewrite({"aten::where.self", "aten::where.ScalarOther", "aten::where.ScalarSelf", "aten::where.Scalar",
                        "aten::masked_fill.Scalar", "aten::masked_fill.Tensor"},
                       rewrite_choice);
  registry.set_rewrite({"aten::addcmul.default"}, rewrite_sum<product>);
  registry.set_rewrite({"aten::addcdiv.default"}, rewrite_sum<quotient>);
  registry.set_rewrite({"aten::lerp.Scalar", "aten::lerp.Tensor"}, rewrite_lerp);
}

}  // namespace cortado::ops
