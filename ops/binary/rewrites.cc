// Numbers beside tensors become constants, and the Scalar overloads their Tensor overloads: x + 3 takes the same way as
// x + y. Some operators are others with the operands exchanged.
#include "ops/binary/rewrites.h"

#include "ops/host/rewrites.h"

namespace cortado::ops::binary {
namespace {

// The number as a constant of rank 0, of a type that leaves the result's as it is.
ir::Value* number_constant(Rewriter& rewriter, const Operands& operands, std::string_view name) {
  const DType dtype = compute_dtype(operands.output_type().dtype);
  ir::Tensor number = scalar(operands.number(name), dtype);
  if (const auto* integer = std::get_if<std::int64_t>(&operands.argument(name));
      integer != nullptr && dtype == DType::i64)
    number = ir::Tensor::of<std::int64_t>(DType::i64, {}, {*integer});
  return rewriter.constant("number", cast(number, operands.output_type().dtype));
}

// `op` on a and b, each a tensor or a number by argument name.
Status on_tensors(const Operands& operands, Rewriter& rewriter, std::string_view op, std::string_view a,
                  std::string_view b) {
  std::vector<ir::NamedArgument> arguments;
  for (std::string_view name : {a, b}) {
    ir::Value* value = operands.value(name);
    arguments.push_back(
        {arguments.empty() ? "self" : "other", value != nullptr ? value : number_constant(rewriter, operands, name)});
  }
  if (operands.has("alpha")) arguments.push_back({"alpha", operands.argument("alpha")});
  CORTADO_TRY(ir::Value* y, rewriter.add(std::string(op), std::move(arguments)));
  if (y->type.dtype != operands.output_type().dtype) return internal_error("a rewriting changed the element type");
  return rewriter.finish({y});
}

// The same operator by its Tensor overload; nothing where it is that already, with two tensors.
template <const std::string_view& op>
Status as_tensors(const Operands& operands, Rewriter& rewriter) {
  if (operands.node().op == op && operands.value("self") != nullptr && operands.value("other") != nullptr) return {};
  return on_tensors(operands, rewriter, op, "self", "other");
}
template <const std::string_view& op>
Status exchanged(const Operands& operands, Rewriter& rewriter) {
  return on_tensors(operands, rewriter, op, "other", "self");
}

constexpr std::string_view sum = "aten::add.Tensor";
constexpr std::string_view difference = "aten::sub.Tensor";
constexpr std::string_view product = "aten::mul.Tensor";
constexpr std::string_view quotient = "aten::div.Tensor";
constexpr std::string_view minimum = "aten::minimum.default";
constexpr std::string_view maximum = "aten::maximum.default";

// x^y with y a number is a function of x alone.
Status rewrite_power(const Operands& operands, Rewriter& rewriter) {
  const ir::Value* exponent = operands.value("exponent");
  ir::Argument number = operands.argument("exponent");
  if (exponent != nullptr) {
    if (exponent->kind != ir::ValueKind::constant || !exponent->type.shape.empty() || !is_float(exponent->type.dtype))
      return {};
    number = exponent->data.as_double(0);
  }
  if (!is_float(operands.type("self").dtype)) return {};
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::pow.Tensor_Scalar", {{"self", operands.value("self")}, {"exponent", number}}));
  return rewriter.finish({y});
}

// The same operator, with constants for the numbers in place of tensors.
Status numbers_to_constants(const Operands& operands, Rewriter& rewriter) {
  std::vector<ir::NamedArgument> arguments = operands.node().arguments;
  bool any = false;
  for (ir::NamedArgument& argument : arguments)
    if ((argument.name == "self" || argument.name == "other") && !std::holds_alternative<ir::Value*>(argument.value)) {
      argument.value = number_constant(rewriter, operands, argument.name);
      any = true;
    }
  if (!any) return {};
  CORTADO_TRY(ir::Value* y, rewriter.add(operands.node().op, std::move(arguments)));
  return rewriter.finish({y});
}

// a / b without rounding.
Status rewrite_rounded_division(const Operands& operands, Rewriter& rewriter) {
  if (operands.has("rounding_mode"))
    return operands.node().op == "aten::div.Tensor_mode" ? numbers_to_constants(operands, rewriter) : Status{};
  return on_tensors(operands, rewriter, quotient, "self", "other");
}

}  // namespace

void set_rewrites(Registry& r) {
  r.set_rewrite({"aten::add.Tensor", "aten::add.Scalar"}, as_tensors<sum>);
  r.set_rewrite({"aten::sub.Tensor", "aten::sub.Scalar"}, as_tensors<difference>);
  r.set_rewrite({"aten::mul.Tensor", "aten::mul.Scalar"}, as_tensors<product>);
  r.set_rewrite({"aten::div.Tensor", "aten::div.Scalar", "aten::true_divide.Tensor"}, as_tensors<quotient>);
  r.set_rewrite({"aten::rsub.Tensor", "aten::rsub.Scalar"}, exchanged<difference>);
  r.set_rewrite({"aten::min.other"}, as_tensors<minimum>);
  r.set_rewrite({"aten::max.other"}, as_tensors<maximum>);
  r.set_rewrite({"aten::pow.Tensor_Tensor"}, rewrite_power);
  r.set_rewrite({"aten::floor_divide.default", "aten::remainder.Tensor", "aten::fmod.Tensor", "aten::copysign.Tensor",
                 "aten::xlogy.Tensor", "aten::bitwise_and.Tensor", "aten::bitwise_or.Tensor",
                 "aten::bitwise_xor.Tensor", "aten::bitwise_left_shift.Tensor", "aten::bitwise_right_shift.Tensor"},
                numbers_to_constants);
  r.set_rewrite({"aten::div.Tensor_mode", "aten::div.Scalar_mode"}, rewrite_rounded_division);
}

}  // namespace cortado::ops::binary
