#include "ops/softmax/masks.h"

#include <algorithm>

#include "ops/host/formula.h"

namespace cortado::ops::softmax {
namespace {

constexpr double mask_limit = -100;

// A constant with an element that can only be a mask.
bool is_mask(const ir::Value* value) {
  if (value == nullptr || value->kind != ir::ValueKind::constant || !is_float(value->type.dtype)) return false;
  for (std::int64_t i = 0; i < value->data.elements(); ++i)
    if (value->data.as_double(i) < mask_limit) return true;
  return false;
}

ir::Value* softened(Rewriter& rewriter, const ir::Value& mask) {
  ir::Tensor soft(DType::f32, mask.data.shape());
  for (std::int64_t i = 0; i < soft.elements(); ++i)
    soft.mutable_data<float>()[i] = std::max(static_cast<float>(mask.data.as_double(i)), masked_score);
  return rewriter.constant("mask", std::move(soft));
}

ir::Value* operand_of(const ir::Node& node, const char* name) {
  const ir::Argument* argument = node.find(name);
  const auto* value = argument != nullptr ? std::get_if<ir::Value*>(argument) : nullptr;
  return value != nullptr ? *value : nullptr;
}

// where(condition, −∞, x) or where(condition, x, −∞) is x + where(condition, −16, 0), or the other way round.
ir::Value* choice(Formula& f, const ir::Node& node) {
  ir::Value* condition = operand_of(node, "condition");
  ir::Value* chosen = operand_of(node, "self");
  ir::Value* other = operand_of(node, "other");
  const bool hides = is_mask(chosen) && chosen->data.elements() == 1;
  if (!hides && !(is_mask(other) && other->data.elements() == 1)) return nullptr;
  ir::Value* hidden = f.number(masked_score);
  ir::Value* kept = f.number(0);
  return f.add(hides ? other : chosen, hides ? f.where(condition, hidden, kept) : f.where(condition, kept, hidden));
}

// The mask in x + mask, softened: a constant, or something times a constant; null where it is neither.
ir::Value* addend(Formula& f, Rewriter& rewriter, ir::Value* value) {
  if (is_mask(value)) return softened(rewriter, *value);
  if (value == nullptr || value->producer == nullptr || value->producer->op != "aten::mul.Tensor") return nullptr;
  ir::Value* a = operand_of(*value->producer, "self");
  ir::Value* b = operand_of(*value->producer, "other");
  if (is_mask(b)) return f.mul(a, softened(rewriter, *b));
  return is_mask(a) ? f.mul(b, softened(rewriter, *a)) : nullptr;
}

ir::Value* sum(Formula& f, Rewriter& rewriter, const ir::Node& node) {
  ir::Value* a = operand_of(node, "self");
  ir::Value* b = operand_of(node, "other");
  if (ir::Value* mask = addend(f, rewriter, b)) return f.add(a, mask);
  if (ir::Value* mask = addend(f, rewriter, a)) return f.add(b, mask);
  return nullptr;
}

}  // namespace

Result<ir::Value*> soften_mask(Rewriter& rewriter, ir::Value* scores) {
  const ir::Node* node = scores->producer;
  if (node == nullptr || rewriter.graph_is_quantized() || scores->type.dtype != DType::f32) return scores;
  Formula f(rewriter);
  ir::Value* soft = node->op == "aten::where.self"   ? choice(f, *node)
                    : node->op == "aten::add.Tensor" ? sum(f, rewriter, *node)
                                                     : nullptr;
  return soft != nullptr ? soft : scores;
}

}  // namespace cortado::ops::softmax
