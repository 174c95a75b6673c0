// The steps of recurrent cells, spelled out in linear layers, gates and products. Host.
#pragma once

#include "ops/host/rewrites.h"

namespace cortado::ops::recurrent {

enum class Cell : std::uint8_t { lstm, gru, tanh, relu };

// One layer in one direction.
struct Weights {
  ir::Value *input = nullptr, *hidden = nullptr;            // [gates·hidden, inputs], [gates·hidden, hidden]
  ir::Value *input_bias = nullptr, *hidden_bias = nullptr;  // null without
};

class Steps {
 public:
  // hidden: the number of hidden features.
  Steps(Rewriter& rewriter, std::int64_t hidden) : rewriter_(rewriter), hidden_(hidden) {}

  // The input's share of the gates, for x [..., inputs]: it has all biases but GRU's hidden ones.
  Result<ir::Value*> input_gates(Cell cell, ir::Value* x, const Weights& w);
  // Replaces h [batch, hidden], and c of LSTM, by the next ones. gates: input_gates() of this step.
  Status next(Cell cell, ir::Value* gates, ir::Value*& h, ir::Value*& c, const Weights& w);

 private:
  using Value = Result<ir::Value*>;
  Value linear(ir::Value* x, ir::Value* weight, ir::Value* bias);
  Value unary(const char* op, ir::Value* x) { return rewriter_.add(op, {{"self", x}}); }
  Value binary(const char* op, ir::Value* a, ir::Value* b) { return rewriter_.add(op, {{"self", a}, {"other", b}}); }
  Value add(ir::Value* a, ir::Value* b) { return binary("aten::add.Tensor", a, b); }
  Value multiply(ir::Value* a, ir::Value* b) { return binary("aten::mul.Tensor", a, b); }
  // Gates first … first + count − 1 of [batch, gates·hidden].
  Value gate(ir::Value* x, std::int64_t first, std::int64_t count = 1);

  Status lstm(ir::Value* gates, ir::Value*& h, ir::Value*& c, const Weights& w);
  Status gru(ir::Value* gates, ir::Value*& h, const Weights& w);
  Status plain(ir::Value* gates, ir::Value*& h, const Weights& w, const char* activation);

  Rewriter& rewriter_;
  std::int64_t hidden_;
};

}  // namespace cortado::ops::recurrent
