#include "compiler/emit/emit.h"

#include <gtest/gtest.h>

#include "formats/pte/write.h"
#include "ops/alias/alias.h"
#include "runtime/host/session.h"

namespace cortado::compiler {
namespace {

ir::Type f32(ir::Shape shape) { return {DType::f32, std::move(shape), {}, {}}; }
ir::Type i8(ir::Shape shape) { return {DType::i8, std::move(shape), {}, {}}; }

ir::Value* qdq(ir::Graph& graph, const char* op, ir::Value* x, double scale, ir::Type type) {
  return graph
      .append(op, "qdq",
              {{"input", x},
               {"scale", scale},
               {"zero_point", std::int64_t{0}},
               {"quant_min", std::int64_t{-128}},
               {"quant_max", std::int64_t{127}},
               {"dtype", DType::i8}},
              {type})
      ->outputs[0];
}

// x[1, 2, 2] as four features -> q -> linear with the identity times 2 -> dq.
ir::Graph lowered_linear() {
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", f32({1, 2, 2}));
  ir::Value* q = qdq(graph, "cortex_m::quantize_per_tensor.out", x, 0.5, i8({1, 2, 2}));
  ir::Value* flat = ops::insert_alias(graph, nullptr, "flat", q, i8({1, 4}), {})->outputs[0];
  ir::Value* weight = graph.add_constant(
      "w", ir::Tensor::of<std::int8_t>(DType::i8, {4, 4}, {2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2, 0, 0, 0, 0, 2}));
  ir::Node* linear = graph.append("cortex_m::quantized_linear.out", "linear",
                                  {{"input", flat},
                                   {"weights", weight},
                                   {"bias", ir::None{}},
                                   {"kernel_sum", ir::None{}},
                                   {"input_offset", std::int64_t{0}},
                                   {"filter_offset", std::int64_t{0}},
                                   {"output_offset", std::int64_t{0}},
                                   {"requantize_multipliers", std::vector<std::int64_t>{1 << 30}},
                                   {"requantize_shifts", std::vector<std::int64_t>{1}},
                                   {"activation_max", std::int64_t{127}},
                                   {"activation_min", std::int64_t{-128}}},
                                  {i8({1, 4})});
  graph.add_output(*qdq(graph, "cortex_m::dequantize_per_tensor.out", linear->outputs[0], 0.5, f32({1, 4})), "y");
  return graph;
}

Result<pte::Program> program_of(const ir::Graph& graph) {
  CORTADO_TRY(const Plan plan, plan_memory(graph));
  CORTADO_CHECK(check_plan(graph, plan));
  return to_program(graph, plan);
}

TEST(Emit, FollowsTheConventionsOfExecuTorch) {
  const auto program = program_of(lowered_linear());
  ASSERT_TRUE(program) << program.error().message;
  const pte::Plan& method = program.value().plans.at(0);
  EXPECT_EQ(method.name, "forward");
  EXPECT_EQ(method.buffer_sizes[0], 0);
  ASSERT_EQ(method.instructions.size(), 3u);  // the alias is none
  EXPECT_EQ(method.operators[1].name, "cortex_m::quantized_linear");
  EXPECT_EQ(method.operators[1].overload, "out");
  const auto& call = std::get<pte::KernelCall>(method.instructions[1]);
  ASSERT_EQ(call.arguments.size(), 13u);
  EXPECT_EQ(call.arguments[11], call.arguments[12]);  // out, and what is returned
  const auto& quantize = std::get<pte::KernelCall>(method.instructions[0]);
  const auto& flat = std::get<pte::Tensor>(method.values[static_cast<std::size_t>(call.arguments[0])]);
  const auto& quantized = std::get<pte::Tensor>(method.values[static_cast<std::size_t>(quantize.arguments.back())]);
  EXPECT_EQ(flat.sizes, (std::vector<std::int32_t>{1, 4}));
  EXPECT_EQ(flat.allocation->offset_bytes, quantized.allocation->offset_bytes);
}

TEST(Emit, EqualScalarsAndConstantsAreStoredOnce) {
  ir::Graph graph = lowered_linear();
  ir::Value* twin = graph.add_constant("twin", ir::Tensor::of<std::int8_t>(DType::i8, {2}, {7, 8}));
  ir::Value* other = graph.add_constant("other", ir::Tensor::of<std::int8_t>(DType::i8, {1, 2}, {7, 8}));
  graph.add_output(*twin, "a");
  graph.add_output(*other, "b");
  const auto program = program_of(graph);
  ASSERT_TRUE(program) << program.error().message;
  EXPECT_EQ(program.value().constants.size(), 2u);  // the weights, and 7 8
  int zeros = 0;
  for (const pte::Value& value : program.value().plans[0].values)
    zeros += std::holds_alternative<std::int64_t>(value) && std::get<std::int64_t>(value) == 0;
  EXPECT_EQ(zeros, 1);
}

TEST(Emit, TheProgramRuns) {
  const auto program = program_of(lowered_linear());
  ASSERT_TRUE(program);
  auto bytes = pte::write(program.value());
  ASSERT_TRUE(bytes);
  auto session = runtime::Session::load(std::move(bytes).value(), "linear.pte");
  ASSERT_TRUE(session) << session.error().message;
  const auto y = session.value().run({ir::Tensor::of<float>(DType::f32, {1, 2, 2}, {1, -2, 3.5, 100})});
  ASSERT_TRUE(y) << y.error().message;
  const float* result = y.value()[0].data<float>();
  EXPECT_EQ(result[0], 2.0f);
  EXPECT_EQ(result[1], -4.0f);
  EXPECT_EQ(result[2], 7.0f);
  EXPECT_EQ(result[3], 63.5f);
}

TEST(Emit, ArgumentsThatDoNotFitTheContractAreOurFault) {
  ir::Graph graph = lowered_linear();
  for (const auto& node : graph.nodes())
    if (node->name == "linear") graph.set_argument(*node, "activation_max", std::string("127"));
  const auto program = program_of(graph);
  ASSERT_FALSE(program);
  EXPECT_EQ(program.error().fault, Fault::internal);
  EXPECT_NE(program.error().message.find("activation_max"), std::string::npos);
}

}  // namespace
}  // namespace cortado::compiler
