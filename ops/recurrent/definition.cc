// LSTM, GRU and plain recurrent layers, spelled out step by step.
#include <array>

#include "ops/operator_list.h"
#include "ops/recurrent/cells.h"
#include "ops/recurrent/steps.h"

namespace cortado::ops {
namespace {

using recurrent::Cell;
using recurrent::Steps;
using recurrent::Weights;

// The arguments in terms of the layer.
struct Layer {
  std::int64_t layers = 1, directions = 1, batch = 1, steps = 1, hidden = 1;
  bool is_batched = true;
  std::size_t time = 0;           // dimension of the steps in the batched input
  std::size_t per_direction = 2;  // tensors in the list of weights
};

template <Cell cell>
Result<Layer> layer(const Operands& operands) {
  const ir::Shape& x = operands.shape("input");
  const ir::ValueList weights = operands.values("params");
  const ir::ValueList state = operands.values("hx");
  Layer l;
  l.layers = operands.integer("num_layers");
  l.directions = operands.flag("bidirectional") ? 2 : 1;
  l.per_direction = operands.flag("has_biases") ? 4 : 2;
  if (l.layers < 1 || l.layers > 1024 ||
      weights.size() != static_cast<std::size_t>(l.layers * l.directions) * l.per_direction)
    return input_error("the number of weights does not fit the number of layers",
                       "projections (proj_size) are not supported");
  if (x.size() != 2 && x.size() != 3) return input_error("the input must have rank 2 or 3");
  l.is_batched = x.size() == 3;
  l.time = l.is_batched && operands.flag("batch_first") ? 1 : 0;
  l.steps = x[l.time];
  l.batch = l.is_batched ? x[1 - l.time] : 1;
  if (l.steps < 1 || l.steps > 65536) return input_error("the sequence is empty or too long");
  if (weights[1]->type.shape.size() != 2) return input_error("the weights must be matrices");
  l.hidden = weights[1]->type.shape[1];
  constexpr std::int64_t gates = cell == Cell::lstm ? 4 : cell == Cell::gru ? 3 : 1;
  if (weights[1]->type.shape[0] != gates * l.hidden)
    return input_error("the weights do not have the shape of the layer");
  ir::Shape expected = {l.layers * l.directions, l.batch, l.hidden};
  if (!l.is_batched) expected.erase(expected.begin() + 1);
  if (state.size() != (cell == Cell::lstm ? 2u : 1u)) return input_error("the initial state is missing");
  for (const ir::Value* h : state)
    if (h->type.shape != expected) return input_error("the initial state does not have the shape of the layer");
  return l;
}

template <Cell cell>
Types infer(const Operands& operands) {
  CORTADO_TRY(const Layer l, layer<cell>(operands));
  ir::Shape shape = operands.shape("input");
  shape.back() = l.hidden * l.directions;
  const DType dtype = operands.real_dtype("input");
  std::vector<ir::Type> types = {plain(dtype, shape)};
  types.insert(types.end(), cell == Cell::lstm ? 2 : 1, plain(dtype, operands.values("hx")[0]->type.shape));
  return types;
}

// The outputs of one direction [batch and steps in the input's order, hidden], and its last states.
template <Cell cell>
Result<ir::Value*> run_direction(Rewriter& rewriter, const Layer& l, ir::Value* x, const Weights& w, bool backward,
                                 ir::Value*& h, ir::Value*& c) {
  Steps steps(rewriter, l.hidden);
  CORTADO_TRY(ir::Value* gates_of_all, steps.input_gates(cell, x, w));
  ir::ValueList outputs(static_cast<std::size_t>(l.steps));
  for (std::int64_t i = 0; i < l.steps; ++i) {
    const std::int64_t t = backward ? l.steps - 1 - i : i;
    CORTADO_TRY(ir::Value* gates_now,
                rewriter.add("aten::select.int",
                             {{"self", gates_of_all}, {"dim", static_cast<std::int64_t>(l.time)}, {"index", t}}));
    CORTADO_CHECK(steps.next(cell, gates_now, h, c, w));
    ir::Shape shape = h->type.shape;
    shape.insert(shape.begin() + static_cast<std::ptrdiff_t>(l.time), 1);
    CORTADO_TRY(outputs[static_cast<std::size_t>(t)], rewriter.view(h, shape));
  }
  if (outputs.size() == 1) return outputs[0];
  return rewriter.add("aten::cat.default", {{"tensors", outputs}, {"dim", static_cast<std::int64_t>(l.time)}});
}

Result<ir::Value*> joined(Rewriter& rewriter, const ir::ValueList& values, std::int64_t dim) {
  if (values.size() == 1) return values[0];
  return rewriter.add("aten::cat.default", {{"tensors", values}, {"dim", dim}});
}

template <Cell cell>
Status rewrite(const Operands& operands, Rewriter& rewriter) {
  CORTADO_TRY(const Layer l, layer<cell>(operands));
  const ir::ValueList weights = operands.values("params");
  const ir::ValueList initial = operands.values("hx");
  ir::Value* x = operands.value("input");
  std::array<ir::ValueList, 2> last;  // h, c of every layer and direction
  for (std::int64_t depth = 0; depth < l.layers; ++depth) {
    ir::ValueList directions;
    for (std::int64_t direction = 0; direction < l.directions; ++direction) {
      const std::int64_t index = depth * l.directions + direction;
      const auto* w = &weights[static_cast<std::size_t>(index) * l.per_direction];
      const Weights own{w[0], w[1], l.per_direction == 4 ? w[2] : nullptr, l.per_direction == 4 ? w[3] : nullptr};
      std::array<ir::Value*, 2> state{};
      for (std::size_t i = 0; i < initial.size(); ++i) {
        CORTADO_TRY(state[i], rewriter.add("aten::select.int",
                                           {{"self", initial[i]}, {"dim", std::int64_t{0}}, {"index", index}}));
      }
      CORTADO_TRY(ir::Value* y, run_direction<cell>(rewriter, l, x, own, direction == 1, state[0], state[1]));
      directions.push_back(y);
      for (std::size_t i = 0; i < initial.size(); ++i) {
        ir::Shape shape = state[i]->type.shape;
        shape.insert(shape.begin(), 1);
        CORTADO_TRY(ir::Value* kept, rewriter.view(state[i], shape));
        last[i].push_back(kept);
      }
    }
    CORTADO_TRY(x, joined(rewriter, directions, -1));
  }
  ir::ValueList results = {x};
  for (std::size_t i = 0; i < initial.size(); ++i) {
    CORTADO_TRY(ir::Value* state, joined(rewriter, last[i], 0));
    results.push_back(state);
  }
  return rewriter.finish(results);
}

template <Cell cell>
Definition layer_definition(std::string_view op, std::string_view state, std::string_view summary) {
  Definition definition{.op = op,
                        .schema = schema("Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, "
                                         "float dropout, bool train, bool bidirectional, bool batch_first"),
                        .summary = summary,
                        .constraints = {{"the model is exported for inference: the layer is not training",
                                         [](const Operands& o) { return !o.flag("train"); }}},
                        .infer = infer<cell>,
                        .quantization = in_float("the layer is spelled out before quantization")};
  if (state == "Tensor") definition.schema[1].kind = ParameterKind::tensor;
  return composed(std::move(definition), rewrite<cell>);
}

}  // namespace

void add_recurrent(Registry& r) {
  r.add(layer_definition<Cell::lstm>("aten::lstm.input", "Tensor[]",
                                     "c' = σ(f)·c + σ(i)·tanh(g), h' = σ(o)·tanh(c'), step by step"));
  r.add(
      layer_definition<Cell::gru>("aten::gru.input", "Tensor", "h' = n + z·(h − n), n = tanh(x + r·h), step by step"));
  r.add(layer_definition<Cell::tanh>("aten::rnn_tanh.input", "Tensor", "h' = tanh(x + h), step by step"));
  r.add(layer_definition<Cell::relu>("aten::rnn_relu.input", "Tensor", "h' = relu(x + h), step by step"));
  recurrent::add_cells(r);
}

}  // namespace cortado::ops
