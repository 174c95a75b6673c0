// Lowered graphs with channels that have no effect, and whether leaving them out keeps the bytes; for tests.
#pragma once

#include <functional>

#include "compiler/optimise/drop_channels.h"
#include "ir/clone.h"
#include "ops/alias/alias.h"
#include "tests/native/native_program.h"
#include "tests/native/run_program.h"

namespace cortado::testing {

// What a layer's constants are before it takes them: weights [O, KH, KW, I] or [1, KH, KW, O], bias and shifts [O].
struct LayerData {
  ir::Tensor weight, bias, shifts;

  std::int64_t outputs() const { return bias.elements(); }
  // Output o's sum is `value`, whatever the input.
  void kill(std::int64_t o, std::int32_t value) {
    const bool depthwise = weight.shape()[0] == 1 && outputs() != 1;
    const std::int64_t each = weight.elements() / outputs();
    auto* data = weight.mutable_data<std::int8_t>();
    for (std::int64_t t = 0; t < each; ++t) data[depthwise ? t * outputs() + o : o * each + t] = 0;
    bias.mutable_data<std::int32_t>()[o] = value;
  }
  // Input i is not read.
  void ignore(std::int64_t i) {
    const std::int64_t inputs = weight.shape().back();
    for (std::int64_t at = i; at < weight.elements(); at += inputs) weight.mutable_data<std::int8_t>()[at] = 0;
  }
};
using Edit = std::function<void(LayerData&)>;

struct LayerShape {
  std::int64_t outputs = 8, kernel = 1, padding = 0, stride = 1;
};

// Sums are divided by 2^8: an output whose sum is v · 256 is v + the zero point −20. All zero points are −20.
class ChannelNetwork {
 public:
  static constexpr std::int64_t zero_point = -20;

  explicit ChannelNetwork(std::uint64_t seed = 1) : random(seed) {}
  ir::Graph graph;
  ops::Random random;

  static ir::Type image(std::int64_t c, std::int64_t h, std::int64_t w) {
    ir::Type type{DType::i8, {1, c, h, w}, ir::channels_last_order, {}};
    type.quantization = ir::quantization(0.1, static_cast<std::int32_t>(zero_point));
    return type;
  }
  ir::Value* input(std::int64_t channels = 8, std::int64_t height = 5, std::int64_t width = 6) {
    return graph.add_input("x", image(channels, height, width));
  }
  ir::Value* call(const char* op, std::vector<ir::NamedArgument> arguments, ir::Type type) {
    return graph.append(op, "node", std::move(arguments), {std::move(type)})->outputs[0];
  }
  ir::Tensor bytes(ir::Shape shape) {
    ir::Tensor data(DType::i8, std::move(shape));
    for (std::int64_t i = 0; i < data.elements(); ++i)
      data.mutable_data<std::int8_t>()[i] = static_cast<std::int8_t>(random.between(-127, 127));
    return data;
  }
  ir::Tensor integers(std::int64_t count, std::int32_t low, std::int32_t high) {
    ir::Tensor data(DType::i32, {count});
    for (std::int64_t i = 0; i < count; ++i) data.mutable_data<std::int32_t>()[i] = random.between(low, high);
    return data;
  }

  ir::Value* conv(ir::Value* x, LayerShape shape, const Edit& edit = {}) {
    return layer(x, shape, {shape.outputs, shape.kernel, shape.kernel, x->type.shape[1]}, 0, edit);
  }
  ir::Value* depthwise(ir::Value* x, LayerShape shape, const Edit& edit = {}, std::int64_t multiplier = 1) {
    shape.outputs = x->type.shape[1] * multiplier;
    return layer(x, shape, {1, shape.kernel, shape.kernel, shape.outputs}, multiplier, edit);
  }
  ir::Value* add(ir::Value* a, ir::Value* b) {
    const std::int64_t half = 1 << 30, one = 0, same = zero_point, shift = -18;
    return call("cortex_m::quantized_add.out",
                {{"self", a},
                 {"self_zero_point", same},
                 {"self_multiplier", half},
                 {"self_shift", one},
                 {"other", b},
                 {"other_zero_point", same},
                 {"other_multiplier", half},
                 {"other_shift", one},
                 {"output_zero_point", same},
                 {"output_multiplier", half},
                 {"output_shift", shift},
                 {"activation_min", std::int64_t{-128}},
                 {"activation_max", std::int64_t{127}}},
                a->type);
  }
  ir::Value* multiply(ir::Value* a, ir::Value* b) {
    const std::int64_t same = zero_point, half = 1 << 30, shift = -4;
    return call("cortex_m::quantized_mul.out",
                {{"self", a},
                 {"self_zero_point", same},
                 {"other", b},
                 {"other_zero_point", same},
                 {"output_zero_point", same},
                 {"output_multiplier", half},
                 {"output_shift", shift}},
                a->type);
  }
  ir::Value* table(ir::Value* x) {
    return call("cortex_m::quantized_activation.out", {{"input", x}, {"lut", graph.add_constant("lut", bytes({256}))}},
                x->type);
  }
  ir::Value* clamp(ir::Value* x, std::int64_t low, std::int64_t high) {
    return call("aten::clamp.out", {{"self", x}, {"min", low}, {"max", high}}, x->type);
  }
  ir::Value* larger(ir::Value* a, ir::Value* b) {
    return call("cortex_m::maximum.out", {{"self", a}, {"other", b}}, a->type);
  }
  ir::Value* pad(ir::Value* x, std::int64_t value) {
    const std::vector<std::int64_t> before = {0, 1, 0, 0}, after = {0, 0, 1, 0};
    const ir::Shape& s = x->type.shape;
    return call("cortex_m::pad.out", {{"input", x}, {"pre_pad", before}, {"post_pad", after}, {"pad_value", value}},
                image(s[1], s[2] + 1, s[3] + 1));
  }
  ir::Value* pool(ir::Value* x, bool average) {
    const std::vector<std::int64_t> three = {3, 3}, one = {1, 1};
    const std::int64_t zero = 0, low = -128, high = 127;
    std::vector<ir::NamedArgument> arguments = {
        {"input", x}, {"kernel_size", three}, {"stride", one}, {"padding", one}};
    if (!average) arguments.push_back({"dilation", one});
    arguments.push_back({"ceil_mode", false});
    if (average)
      for (const char* name : {"zero_point", "multiplier", "shift"}) arguments.push_back({name, zero});
    else
      for (const char* name : {"input_zero_point", "output_zero_point"}) arguments.push_back({name, zero});
    if (average)
      arguments.push_back({"scratch", graph.add_scratch("s", 0)});
    else
      arguments.push_back({"activation_min", low}), arguments.push_back({"activation_max", high});
    return call(average ? "cortex_m::quantized_avg_pool2d.out" : "cortex_m::quantized_max_pool2d.out",
                std::move(arguments), x->type);
  }
  ir::Value* join(ir::Value* a, ir::Value* b, std::int64_t dim = 1) {
    ir::Type type = a->type;
    type.shape[static_cast<std::size_t>(dim)] += b->type.shape[static_cast<std::size_t>(dim)];
    return call("aten::cat.out", {{"tensors", ir::ValueList{a, b}}, {"dim", dim}}, type);
  }
  // Logical order, then one row: (1, C · H · W).
  ir::Value* flatten(ir::Value* x) {
    ir::Type plain = x->type;
    plain.dim_order = {0, 1, 2, 3};
    const std::vector<std::int64_t> order = {0, 1, 2, 3};
    ir::Value* copy = call("dim_order_ops::_clone_dim_order.out",
                           {{"self", x}, {"non_blocking", false}, {"dim_order", order}}, plain);
    return ops::insert_alias(graph, nullptr, "flat", copy,
                             {DType::i8, {1, x->type.elements()}, {}, x->type.quantization}, {})
        ->outputs[0];
  }
  ir::Value* linear(ir::Value* x, bool with_sum, const Edit& edit = {}) {
    const std::int64_t inputs = x->type.shape.back(), outputs = 8;
    LayerData data{bytes({outputs, inputs}), integers(outputs, -20000, 20000), {}};
    if (edit) edit(data);
    ir::Value* start = graph.add_constant("start", data.bias);
    const std::int64_t zero = 0, low = -128, high = 127, offset = -zero_point;
    const std::vector<std::int64_t> half = {1 << 30}, shift = {-8};
    return call("cortex_m::quantized_linear.out",
                {{"input", x},
                 {"weights", graph.add_constant("w", data.weight)},
                 {"bias", with_sum ? ir::Argument(ir::None()) : ir::Argument(start)},
                 {"kernel_sum", with_sum ? ir::Argument(start) : ir::Argument(ir::None())},
                 {"input_offset", offset},
                 {"filter_offset", zero},
                 {"output_offset", zero_point},
                 {"requantize_multipliers", half},
                 {"requantize_shifts", shift},
                 {"activation_max", high},
                 {"activation_min", low}},
                {DType::i8, {1, outputs}, {}, x->type.quantization});
  }

 private:
  ir::Value* layer(ir::Value* x, const LayerShape& shape, const ir::Shape& weight, std::int64_t multiplier,
                   const Edit& edit) {
    LayerData data{bytes(weight), integers(shape.outputs, -20000, 20000), integers(shape.outputs, -7, -7)};
    if (edit) edit(data);
    const std::int64_t low = -128, high = 127, offset = -zero_point, out_offset = zero_point;
    const auto size = [&](std::size_t d) {
      return (x->type.shape[d] + 2 * shape.padding - shape.kernel) / shape.stride + 1;
    };
    std::vector<ir::NamedArgument> arguments = {{"input", x},
                                                {"weight", graph.add_constant("w", data.weight)},
                                                {"bias", graph.add_constant("b", data.bias)},
                                                {"stride", std::vector<std::int64_t>{shape.stride, shape.stride}},
                                                {"padding", std::vector<std::int64_t>{shape.padding, shape.padding}},
                                                {"dilation", std::vector<std::int64_t>{1, 1}}};
    if (multiplier != 0) arguments.push_back({"depth_multiplier", multiplier});
    for (auto& argument : std::vector<ir::NamedArgument>{
             {"input_offset", offset},
             {"output_offset", out_offset},
             {"requantize_multipliers", graph.add_constant("m", integers(shape.outputs, 1 << 30, 1 << 30))},
             {"requantize_shifts", graph.add_constant("e", data.shifts)},
             {"activation_min", low},
             {"activation_max", high},
             {"scratch", graph.add_scratch("s", 0)}})
      arguments.push_back(argument);
    return call(multiplier != 0 ? "cortex_m::quantized_depthwise_conv2d.out" : "cortex_m::quantized_conv2d.out",
                std::move(arguments), image(shape.outputs, size(2), size(3)));
  }
};

inline std::vector<ir::Tensor> run_program(const Bytes& program, std::uint64_t seed) {
  auto session = load_program(program);
  return session ? run_session(*session, random_inputs(*session, seed)) : std::vector<ir::Tensor>();
}

// How many channels go; the bytes of the outputs must stay, and another pass must find nothing more.
inline std::size_t checked_drop(const ir::Graph& graph, bool as_streams = false) {
  ir::Graph reduced = ir::clone(graph);
  const auto dropped = compiler::drop_channels(reduced);
  EXPECT_TRUE(dropped) << dropped.error().text();
  ir::Graph again = ir::clone(reduced);
  EXPECT_EQ(compiler::drop_channels(again).value(), 0u);
  if (as_streams) {
    compiler::CompileOptions options;
    options.dialect = compiler::Dialect::cortado;
    const Status formed = compiler::form_streams(reduced, options);
    EXPECT_TRUE(formed) << formed.error().text();
  }
  const Bytes before = program_of(graph), after = program_of(reduced);
  for (std::uint64_t seed = 1; seed <= 3; ++seed) {
    const auto expected = run_program(before, seed), actual = run_program(after, seed);
    EXPECT_EQ(actual.size(), expected.size());
    for (std::size_t i = 0; i < actual.size() && i < expected.size(); ++i)
      EXPECT_TRUE(std::equal(actual[i].bytes().begin(), actual[i].bytes().end(), expected[i].bytes().begin(),
                             expected[i].bytes().end()))
          << "output " << i;
  }
  return dropped ? dropped.value() : 0;
}

}  // namespace cortado::testing
