#include "ops/recurrent/cells.h"

#include "ops/recurrent/steps.h"

namespace cortado::ops::recurrent {
namespace {

template <Cell cell>
Status rewrite(const Operands& operands, Rewriter& rewriter) {
  const Weights weights{operands.value("w_ih"), operands.value("w_hh"), operands.value("b_ih"), operands.value("b_hh")};
  if (weights.hidden->type.shape.size() != 2) return input_error("the weights must be matrices");
  if ((weights.input_bias == nullptr) != (weights.hidden_bias == nullptr))
    return input_error("one of the two biases is missing");
  const ir::ValueList state = operands.values("hx");
  if (state.size() != (cell == Cell::lstm ? 2u : 1u)) return input_error("the state is missing");
  ir::Value* h = state[0];
  ir::Value* c = cell == Cell::lstm ? state[1] : nullptr;
  Steps steps(rewriter, weights.hidden->type.shape[1]);
  CORTADO_TRY(ir::Value* gates, steps.input_gates(cell, operands.value("input"), weights));
  CORTADO_CHECK(steps.next(cell, gates, h, c, weights));
  return rewriter.finish(cell == Cell::lstm ? std::vector{h, c} : std::vector{h});
}

template <Cell cell>
Definition definition(std::string_view op, std::string_view summary) {
  constexpr std::size_t outputs = cell == Cell::lstm ? 2 : 1;
  const std::string_view parameters =
      cell == Cell::lstm ? "Tensor input, Tensor[] hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None"
                         : "Tensor input, Tensor hx, Tensor w_ih, Tensor w_hh, Tensor? b_ih=None, Tensor? b_hh=None";
  return composition<outputs>(op, parameters, summary, rewrite<cell>);
}

}  // namespace

void add_cells(Registry& r) {
  r.add(definition<Cell::lstm>("aten::lstm_cell.default", "c' = σ(f)·c + σ(i)·tanh(g), h' = σ(o)·tanh(c')"));
  r.add(definition<Cell::gru>("aten::gru_cell.default", "h' = n + z·(h − n), n = tanh(x + r·h)"));
  r.add(definition<Cell::tanh>("aten::rnn_tanh_cell.default", "h' = tanh(x + h)"));
  r.add(definition<Cell::relu>("aten::rnn_relu_cell.default", "h' = relu(x + h)"));
}

}  // namespace cortado::ops::recurrent
