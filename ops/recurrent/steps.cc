#include "ops/recurrent/steps.h"

#include <array>

namespace cortado::ops::recurrent {
namespace {

// Sums of constant biases are made now.
Result<ir::Value*> sum_of_biases(Rewriter& rewriter, const Weights& w) {
  if (w.input_bias == nullptr) return static_cast<ir::Value*>(nullptr);
  if (w.input_bias->kind != ir::ValueKind::constant || w.hidden_bias->kind != ir::ValueKind::constant ||
      w.input_bias->type.shape != w.hidden_bias->type.shape)
    return rewriter.add("aten::add.Tensor", {{"self", w.input_bias}, {"other", w.hidden_bias}});
  ir::Tensor sum(DType::f32, w.input_bias->type.shape);
  for (std::int64_t i = 0; i < sum.elements(); ++i)
    sum.mutable_data<float>()[i] =
        static_cast<float>(w.input_bias->data.as_double(i) + w.hidden_bias->data.as_double(i));
  return rewriter.constant("bias", std::move(sum));
}

}  // namespace

Result<ir::Value*> Steps::linear(ir::Value* x, ir::Value* weight, ir::Value* bias) {
  const ir::Argument given = bias != nullptr ? ir::Argument(bias) : ir::Argument();
  return rewriter_.add("aten::linear.default", {{"input", x}, {"weight", weight}, {"bias", given}});
}

Result<ir::Value*> Steps::gate(ir::Value* x, std::int64_t first, std::int64_t count) {
  return rewriter_.add(
      "aten::slice.Tensor",
      {{"self", x}, {"dim", std::int64_t{-1}}, {"start", first * hidden_}, {"end", (first + count) * hidden_}});
}

Result<ir::Value*> Steps::input_gates(Cell cell, ir::Value* x, const Weights& w) {
  ir::Value* bias = w.input_bias;
  if (cell != Cell::gru) {
    CORTADO_TRY(bias, sum_of_biases(rewriter_, w));
  }
  return linear(x, w.input, bias);
}

Status Steps::next(Cell cell, ir::Value* gates, ir::Value*& h, ir::Value*& c, const Weights& w) {
  if (cell == Cell::lstm) return lstm(gates, h, c, w);
  if (cell == Cell::gru) return gru(gates, h, w);
  return plain(gates, h, w, cell == Cell::tanh ? "aten::tanh.default" : "aten::relu.default");
}

// i, f, g, o = gates;  c' = σ(f)·c + σ(i)·tanh(g);  h' = σ(o)·tanh(c')
Status Steps::lstm(ir::Value* x, ir::Value*& h, ir::Value*& c, const Weights& w) {
  CORTADO_TRY(ir::Value* share, linear(h, w.hidden, nullptr));
  CORTADO_TRY(ir::Value* all, add(x, share));
  std::array<ir::Value*, 4> g{};
  for (std::int64_t i = 0; i < 4; ++i) {
    CORTADO_TRY(ir::Value* part, gate(all, i));
    CORTADO_TRY(g[static_cast<std::size_t>(i)], unary(i == 2 ? "aten::tanh.default" : "aten::sigmoid.default", part));
  }
  CORTADO_TRY(ir::Value* kept, multiply(g[1], c));
  CORTADO_TRY(ir::Value* added, multiply(g[0], g[2]));
  CORTADO_TRY(c, add(kept, added));
  CORTADO_TRY(ir::Value* squashed, unary("aten::tanh.default", c));
  CORTADO_TRY(h, multiply(g[3], squashed));
  return {};
}

// r, z = σ(x + h);  n = tanh(x + r·h);  h' = n + z·(h − n)
Status Steps::gru(ir::Value* x, ir::Value*& h, const Weights& w) {
  CORTADO_TRY(ir::Value* share, linear(h, w.hidden, w.hidden_bias));
  CORTADO_TRY(ir::Value* x_gates, gate(x, 0, 2));
  CORTADO_TRY(ir::Value* h_gates, gate(share, 0, 2));
  CORTADO_TRY(ir::Value* sum, add(x_gates, h_gates));
  CORTADO_TRY(sum, unary("aten::sigmoid.default", sum));
  CORTADO_TRY(ir::Value* r, gate(sum, 0));
  CORTADO_TRY(ir::Value* z, gate(sum, 1));
  CORTADO_TRY(ir::Value* x_new, gate(x, 2));
  CORTADO_TRY(ir::Value* h_new, gate(share, 2));
  CORTADO_TRY(h_new, multiply(r, h_new));
  CORTADO_TRY(ir::Value* n, add(x_new, h_new));
  CORTADO_TRY(n, unary("aten::tanh.default", n));
  CORTADO_TRY(ir::Value* difference, binary("aten::sub.Tensor", h, n));
  CORTADO_TRY(difference, multiply(z, difference));
  CORTADO_TRY(h, add(n, difference));
  return {};
}

Status Steps::plain(ir::Value* x, ir::Value*& h, const Weights& w, const char* activation) {
  CORTADO_TRY(ir::Value* share, linear(h, w.hidden, nullptr));
  CORTADO_TRY(ir::Value* sum, add(x, share));
  CORTADO_TRY(h, unary(activation, sum));
  return {};
}

}  // namespace cortado::ops::recurrent
