// Formulas of operators, written as expressions: what a float form is made of. Host.
#pragma once

#include "ops/host/rewrites.h"

namespace cortado::ops {

// Adds nodes; after the first failure it adds nothing, and finish() tells of it.
class Formula {
 public:
  explicit Formula(Rewriter& rewriter) : rewriter_(&rewriter) {}

  // `op` without the namespace: "mul.Tensor", on `self` and further arguments in the schema's order.
  ir::Value* operator()(std::string_view op, ir::Value* self, std::vector<ir::Argument> arguments = {}) {
    const Definition* definition = registry().find("aten::" + std::string(op));
    if (self == nullptr || definition == nullptr) return fail(internal_error("no operator " + std::string(op)));
    std::vector<ir::NamedArgument> named = {{std::string(definition->schema[0].name), self}};
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      const auto* value = std::get_if<ir::Value*>(&arguments[i]);
      if (value != nullptr && *value == nullptr) return nullptr;
      named.push_back({std::string(definition->schema[i + 1].name), std::move(arguments[i])});
    }
    auto result = rewriter_->add(std::string(definition->op), std::move(named));
    return result ? result.value() : fail(std::move(result).error());
  }
  ir::Value* add(ir::Value* a, ir::Argument b) { return binary("add", a, std::move(b)); }
  ir::Value* sub(ir::Value* a, ir::Argument b) { return binary("sub", a, std::move(b)); }
  ir::Value* mul(ir::Value* a, ir::Argument b) { return binary("mul", a, std::move(b)); }
  ir::Value* div(ir::Value* a, ir::Argument b) { return binary("div", a, std::move(b)); }
  // condition ? a : b
  ir::Value* where(ir::Value* condition, ir::Value* a, ir::Value* b) {
    return (*this)("where.self", condition, {a, b});
  }
  ir::Value* number(double value) { return rewriter_->number(value); }
  ir::Value* constant(std::string_view name, ir::Tensor tensor) { return rewriter_->constant(name, std::move(tensor)); }

  Status finish(ir::Value* result) { return finish(ir::ValueList{result}); }
  Status finish(const ir::ValueList& results) {
    if (failed_) return std::move(error_);
    return rewriter_->finish(results);
  }

 private:
  ir::Value* binary(std::string_view op, ir::Value* a, ir::Argument b) {
    const bool is_tensor = std::holds_alternative<ir::Value*>(b);
    return (*this)(std::string(op) + (is_tensor ? ".Tensor" : ".Scalar"), a, {std::move(b)});
  }
  ir::Value* fail(Diagnostic error) {
    if (!failed_) error_ = std::move(error);
    failed_ = true;
    return nullptr;
  }

  Rewriter* rewriter_;
  bool failed_ = false;
  Diagnostic error_;
};

// f(formula, x, operands) → value, x being the first argument, as the float form of `ops`.
template <class F>
void set_formula(Registry& registry, std::initializer_list<std::string_view> ops, F) {
  registry.set_float_form(ops, [](const Operands& operands, Rewriter& rewriter) {
    Formula formula(rewriter);
    return formula.finish(F{}(formula, operands.value(operands.schema()[0].name), operands));
  });
}

// The same for graphs that come in float and are to be quantized: what `ops` are made of in int8, for float32 tensors
// of rank 1 or more with elements, of which when(operands) is true. A graph that came quantized keeps what it has in
// float.
template <class When, class F>
void set_int8_formula(Registry& registry, std::initializer_list<std::string_view> ops, When, F) {
  registry.set_rewrite(ops, [](const Operands& operands, Rewriter& rewriter) -> Status {
    ir::Value* x = operands.value(operands.schema()[0].name);
    if (rewriter.graph_is_quantized() || x->type.dtype != DType::f32 || operands.output_type().dtype != DType::f32)
      return {};
    if (x->type.shape.empty() || ir::element_count(x->type.shape) == 0 || !When{}(operands)) return {};
    Formula formula(rewriter);
    return formula.finish(F{}(formula, x, operands));
  });
}

}  // namespace cortado::ops
