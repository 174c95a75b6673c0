#include "ops/unary/pieces.h"

#include <optional>

namespace cortado::ops::pieces {
namespace {

// Emits operators on tensors like the function's result.
class Pieces {
 public:
  Pieces(const Operands& operands, Lowering& lowering) : operands_(&operands), lowering_(&lowering) {}

  ir::Value* x() const { return operands_->value("self"); }

  ir::Value* call(std::string op, std::vector<ir::NamedArgument> arguments, std::optional<DType> dtype = std::nullopt) {
    ir::Type type = operands_->output_type();
    type.dtype = dtype.value_or(type.dtype);
    return lowering_->emit(std::move(op), std::move(arguments), {std::move(type)})->outputs[0];
  }
  ir::Value* unary(std::string op, ir::Value* a) { return call(std::move(op), {{"self", a}}); }
  ir::Value* product(ir::Value* a, ir::Value* b) { return call("aten::mul.out", {{"self", a}, {"other", b}}); }
  ir::Value* times(ir::Value* a, double factor) { return call("aten::mul.Scalar_out", {{"self", a}, {"other", factor}}); }
  ir::Value* divided(ir::Value* a, double divisor) { return call("aten::div.Scalar_out", {{"self", a}, {"other", divisor}}); }
  ir::Value* is_above(ir::Value* a, double limit) { return call("aten::gt.Scalar_out", {{"self", a}, {"other", limit}}, DType::boolean); }
  ir::Value* is_at_most(ir::Value* a, double limit) { return call("aten::le.Scalar_out", {{"self", a}, {"other", limit}}, DType::boolean); }
  ir::Value* clamped(ir::Value* a, ir::Argument low, double high) {
    return call("aten::clamp.out", {{"self", a}, {"min", std::move(low)}, {"max", high}});
  }
  ir::Value* where(ir::Value* condition, ir::Value* a, ir::Value* b) {
    return call("aten::where.self_out", {{"condition", condition}, {"self", a}, {"other", b}});
  }
  ir::Value* number(double value) {
    return lowering_->constant("number", ir::Tensor::of(DType::f32, {}, std::vector<float>{static_cast<float>(value)}));
  }
  Status finish(ir::Value* y) {
    lowering_->replace(*y);
    return {};
  }

  Status elu(double alpha, double scale, double input_scale) {
    return finish(call("aten::elu.out", {{"self", x()}, {"alpha", alpha}, {"scale", scale}, {"input_scale", input_scale}}));
  }
  // x + 3 between 0 and 6
  ir::Value* hard_gate() { return clamped(call("aten::add.Scalar_out", {{"self", x()}, {"other", 3.0}, {"alpha", std::int64_t{1}}}), 0.0, 6.0); }
  // ln(1 + e^(beta · x)) / beta; x where beta · x is above the limit
  ir::Value* soft_plus(double beta, double limit) {
    ir::Value* scaled = beta == 1 ? x() : times(x(), beta);
    ir::Value* logarithm = unary("aten::log1p.out", unary("aten::exp.out", scaled));
    return where(is_above(scaled, limit), x(), beta == 1 ? logarithm : divided(logarithm, beta));
  }

 private:
  const Operands* operands_;
  Lowering* lowering_;
};

}  // namespace

Status celu(const Operands& operands, Lowering& lowering) {
  const double alpha = operands.number("alpha");
  return Pieces(operands, lowering).elu(alpha, 1, 1 / alpha);
}

Status hardshrink(const Operands& operands, Lowering& lowering) {
  Pieces p(operands, lowering);
  return p.finish(p.where(p.is_at_most(p.unary("aten::abs.out", p.x()), operands.number("lambd")), p.number(0), p.x()));
}

Status hardsigmoid(const Operands& operands, Lowering& lowering) {
  Pieces p(operands, lowering);
  return p.finish(p.divided(p.hard_gate(), 6));
}

Status hardswish(const Operands& operands, Lowering& lowering) {
  Pieces p(operands, lowering);
  return p.finish(p.divided(p.product(p.x(), p.hard_gate()), 6));
}

// min(x, 0) − ln(1 + e^−|x|)
Status log_sigmoid(const Operands& operands, Lowering& lowering) {
  Pieces p(operands, lowering);
  ir::Value* power = p.unary("aten::exp.out", p.unary("aten::neg.out", p.unary("aten::abs.out", p.x())));
  return p.finish(p.call("aten::sub.out", {{"self", p.clamped(p.x(), ir::None{}, 0)}, {"other", p.unary("aten::log1p.out", power)}, {"alpha", std::int64_t{1}}}));
}

Status mish(const Operands& operands, Lowering& lowering) {
  Pieces p(operands, lowering);
  return p.finish(p.product(p.x(), p.unary("aten::tanh.out", p.soft_plus(1, 20))));
}

Status selu(const Operands& operands, Lowering& lowering) {
  return Pieces(operands, lowering).elu(1.6732632423543772848170429916717, 1.0507009873554804934193349852946, 1);
}

Status silu(const Operands& operands, Lowering& lowering) {
  Pieces p(operands, lowering);
  return p.finish(p.product(p.x(), p.unary("aten::sigmoid.out", p.x())));
}

Status softplus(const Operands& operands, Lowering& lowering) {
  Pieces p(operands, lowering);
  return p.finish(p.soft_plus(operands.number("beta"), operands.number("threshold")));
}

Status square(const Operands& operands, Lowering& lowering) {
  Pieces p(operands, lowering);
  return p.finish(p.product(p.x(), p.x()));
}

// value where x ≤ threshold; NaN stays
Status threshold(const Operands& operands, Lowering& lowering) {
  if (operands.output_type().dtype != DType::f32) return input_error("it has a kernel for f32 only");
  Pieces p(operands, lowering);
  return p.finish(p.where(p.is_at_most(p.x(), operands.number("threshold")), p.number(operands.number("value")), p.x()));
}

}  // namespace cortado::ops::pieces
