// LSTM, GRU and plain recurrent layers: spelled out step by step in linear layers, gates and products.
#include <array>

#include "ops/host/rewrites.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

enum class Cell : std::uint8_t { lstm, gru, tanh, relu };
constexpr std::int64_t gates(Cell cell) { return cell == Cell::lstm ? 4 : cell == Cell::gru ? 3 : 1; }

// One layer in one direction.
struct Weights {
  ir::Value *input = nullptr, *hidden = nullptr;            // [gates·hidden, inputs], [gates·hidden, hidden]
  ir::Value *input_bias = nullptr, *hidden_bias = nullptr;  // null without
};

// The arguments in terms of the layer.
struct Layer {
  std::int64_t layers = 1, directions = 1, batch = 1, steps = 1, hidden = 1;
  bool is_batched = true;
  std::size_t time = 0;  // dimension of the steps in the batched input
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
  if (l.layers < 1 || l.layers > 1024 || weights.size() != static_cast<std::size_t>(l.layers * l.directions) * l.per_direction)
    return input_error("the number of weights does not fit the number of layers", "projections (proj_size) are not supported");
  if (x.size() != 2 && x.size() != 3) return input_error("the input must have rank 2 or 3");
  l.is_batched = x.size() == 3;
  l.time = l.is_batched && operands.flag("batch_first") ? 1 : 0;
  l.steps = x[l.time];
  l.batch = l.is_batched ? x[1 - l.time] : 1;
  if (l.steps < 1 || l.steps > 65536) return input_error("the sequence is empty or too long");
  if (weights[1]->type.shape.size() != 2) return input_error("the weights must be matrices");
  l.hidden = weights[1]->type.shape[1];
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

// Shorthand for the nodes of a step.
class Steps {
 public:
  Steps(Rewriter& rewriter, std::int64_t hidden) : rewriter_(rewriter), hidden_(hidden) {}

  using Value = Result<ir::Value*>;
  Value linear(ir::Value* x, ir::Value* weight, ir::Value* bias) {
    return rewriter_.add("aten::linear.default", {{"input", x}, {"weight", weight}, {"bias", bias != nullptr ? ir::Argument(bias) : ir::Argument()}});
  }
  Value unary(const char* op, ir::Value* x) { return rewriter_.add(op, {{"self", x}}); }
  Value binary(const char* op, ir::Value* a, ir::Value* b) { return rewriter_.add(op, {{"self", a}, {"other", b}}); }
  Value add(ir::Value* a, ir::Value* b) { return binary("aten::add.Tensor", a, b); }
  Value multiply(ir::Value* a, ir::Value* b) { return binary("aten::mul.Tensor", a, b); }
  // Gates first … last of [batch, gates·hidden].
  Value gate(ir::Value* x, std::int64_t first, std::int64_t count = 1) {
    return rewriter_.add("aten::slice.Tensor", {{"self", x}, {"dim", std::int64_t{-1}}, {"start", first * hidden_}, {"end", (first + count) * hidden_}});
  }
  Value step(ir::Value* sequence, std::size_t dim, std::int64_t index) {
    return rewriter_.add("aten::select.int", {{"self", sequence}, {"dim", static_cast<std::int64_t>(dim)}, {"index", index}});
  }

  // h' and, for LSTM, c' from the input's share of the gates, which has all biases but GRU's hidden ones.
  Status lstm(ir::Value* gates, ir::Value*& h, ir::Value*& c, const Weights& w);
  Status gru(ir::Value* gates, ir::Value*& h, const Weights& w);
  Status plain(ir::Value* gates, ir::Value*& h, const Weights& w, const char* activation);

 private:
  Rewriter& rewriter_;
  std::int64_t hidden_;
};

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

// Sums of constant biases are made now.
Result<ir::Value*> sum_of_biases(Rewriter& rewriter, const Weights& w) {
  if (w.input_bias == nullptr) return static_cast<ir::Value*>(nullptr);
  if (w.input_bias->kind != ir::ValueKind::constant || w.hidden_bias->kind != ir::ValueKind::constant ||
      w.input_bias->type.shape != w.hidden_bias->type.shape)
    return rewriter.add("aten::add.Tensor", {{"self", w.input_bias}, {"other", w.hidden_bias}});
  ir::Tensor sum(DType::f32, w.input_bias->type.shape);
  for (std::int64_t i = 0; i < sum.elements(); ++i)
    sum.mutable_data<float>()[i] = static_cast<float>(w.input_bias->data.as_double(i) + w.hidden_bias->data.as_double(i));
  return rewriter.constant("bias", std::move(sum));
}

// The outputs of one direction [batch and steps in the input's order, hidden], and its last states.
template <Cell cell>
Result<ir::Value*> run_direction(Rewriter& rewriter, const Layer& l, ir::Value* x, const Weights& w, bool backward,
                                 ir::Value*& h, ir::Value*& c) {
  Steps steps(rewriter, l.hidden);
  ir::Value* bias = w.input_bias;
  if (cell != Cell::gru) {
    CORTADO_TRY(bias, sum_of_biases(rewriter, w));
  }
  CORTADO_TRY(ir::Value* gates_of_all, steps.linear(x, w.input, bias));
  ir::ValueList outputs(static_cast<std::size_t>(l.steps));
  for (std::int64_t i = 0; i < l.steps; ++i) {
    const std::int64_t t = backward ? l.steps - 1 - i : i;
    CORTADO_TRY(ir::Value* gates_now, steps.step(gates_of_all, l.time, t));
    if constexpr (cell == Cell::lstm) CORTADO_CHECK(steps.lstm(gates_now, h, c, w));
    else if constexpr (cell == Cell::gru) CORTADO_CHECK(steps.gru(gates_now, h, w));
    else CORTADO_CHECK(steps.plain(gates_now, h, w, cell == Cell::tanh ? "aten::tanh.default" : "aten::relu.default"));
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
        CORTADO_TRY(state[i], rewriter.add("aten::select.int", {{"self", initial[i]}, {"dim", std::int64_t{0}}, {"index", index}}));
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
Definition recurrent(std::string_view op, std::string_view state, std::string_view summary) {
  Definition definition{
      .op = op,
      .schema = schema("Tensor input, Tensor[] hx, Tensor[] params, bool has_biases, int num_layers, float dropout, bool train, bool bidirectional, bool batch_first"),
      .summary = summary,
      .constraints = {{"the model is exported for inference: the layer is not training", [](const Operands& o) { return !o.flag("train"); }}},
      .infer = infer<cell>,
      .quantization = in_float("the layer is spelled out before quantization")};
  if (state == "Tensor") definition.schema[1].kind = ParameterKind::tensor;
  return composed(std::move(definition), rewrite<cell>);
}

}  // namespace

void add_recurrent(Registry& r) {
  r.add(recurrent<Cell::lstm>("aten::lstm.input", "Tensor[]", "c' = σ(f)·c + σ(i)·tanh(g), h' = σ(o)·tanh(c'), step by step"));
  r.add(recurrent<Cell::gru>("aten::gru.input", "Tensor", "h' = n + z·(h − n), n = tanh(x + r·h), step by step"));
  r.add(recurrent<Cell::tanh>("aten::rnn_tanh.input", "Tensor", "h' = tanh(x + h), step by step"));
  r.add(recurrent<Cell::relu>("aten::rnn_relu.input", "Tensor", "h' = relu(x + h), step by step"));
}

}  // namespace cortado::ops
