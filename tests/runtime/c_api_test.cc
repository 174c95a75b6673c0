// The C interface, and the example that uses it.
#include <gtest/gtest.h>

#include <cstring>
#include <string>

#include "formats/pte/write.h"
#include "runtime/cortado.h"
#include "tests/runtime/block.h"
#include "tests/runtime/programs.h"

extern "C" {
alignas(16) extern std::uint8_t model_pte[4096];
extern std::size_t model_pte_bytes;
alignas(16) std::uint8_t model_pte[4096];
std::size_t model_pte_bytes = 0;
int example_main(void);  // examples/minimal/main.c
}

namespace cortado::runtime {
namespace {

using testing::Block;

void use_two_linears() {
  auto file = pte::write(testing::two_linears());
  ASSERT_TRUE(file) << file.error().text();
  ASSERT_LE(file.value().size(), sizeof model_pte);
  std::memcpy(model_pte, file.value().data(), file.value().size());
  model_pte_bytes = file.value().size();
}

TEST(CApi, ExampleRuns) {
  use_two_linears();
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(example_main(), 0);
  EXPECT_EQ(::testing::internal::GetCapturedStdout(), "class 0, score 3\n");
}

TEST(CApi, ExamplePrintsWhyItFails) {
  use_two_linears();
  model_pte_bytes -= 10;
  ::testing::internal::CaptureStdout();
  EXPECT_EQ(example_main(), 1);
  EXPECT_NE(::testing::internal::GetCapturedStdout().find("cut short"), std::string::npos);
}

TEST(CApi, MeasuresLoadsDescribesAndSteps) {
  use_two_linears();
  std::string trace;
  cortado_options options{};
  options.program = model_pte;
  options.program_bytes = model_pte_bytes;
  options.context = &trace;
  options.on_instruction = [](void* context, std::uint32_t, const char* op, bool done) {
    if (!done) *static_cast<std::string*>(context) += std::string(op) + ";";
  };
  cortado_sizes sizes;
  cortado_error error;
  ASSERT_EQ(cortado_measure(&options, &sizes, &error), CORTADO_OK) << error.text;
  const Block arena(sizes.arena_bytes);
  options.arena = {arena.data.get(), arena.bytes};
  cortado_model* model = nullptr;
  ASSERT_EQ(cortado_load(&options, &model, &error), CORTADO_OK) << error.text;
  EXPECT_EQ(cortado_input_count(model), 1u);
  EXPECT_EQ(cortado_output_count(model), 1u);
  cortado_tensor tensor;
  ASSERT_EQ(cortado_input(model, 0, &tensor), CORTADO_OK);
  EXPECT_EQ(cortado_input(model, 1, &tensor), CORTADO_INVALID_ARGUMENT);
  EXPECT_EQ(tensor.dtype, CORTADO_I8);
  ASSERT_EQ(tensor.rank, 2u);
  EXPECT_EQ(tensor.sizes[1], 3);
  EXPECT_EQ(tensor.dim_order[1], 1);
  EXPECT_EQ(tensor.bytes, 6u);
  EXPECT_EQ(cortado_instruction_count(model), 2u);
  EXPECT_EQ(cortado_part_count(model, 1), 1u);
  EXPECT_EQ(cortado_part_count(model, 2), 0u);
  EXPECT_STREQ(cortado_part_name(model, 1, 0), "cortex_m::quantized_linear.out");
  EXPECT_STREQ(cortado_part_name(model, 1, 1), "");
  EXPECT_STREQ(cortado_part_name(model, 2, 0), "");
  EXPECT_EQ(cortado_next_part(model, 1), 0u);
  EXPECT_EQ(cortado_next_part(model, 2), 0u);
  EXPECT_TRUE(cortado_step(model));
  EXPECT_FALSE(cortado_step(model));
  EXPECT_EQ(trace, "cortex_m::quantized_linear.out;cortex_m::quantized_linear.out;");
}

TEST(CApi, TwoModelsTakeTurnsInOneArena) {
  use_two_linears();
  cortado_options options{};
  options.program = model_pte;
  options.program_bytes = model_pte_bytes;
  cortado_sizes sizes;
  ASSERT_EQ(cortado_measure(&options, &sizes, nullptr), CORTADO_OK);
  const Block arena(sizes.shared_arena_bytes), first(sizes.state_bytes), second(sizes.state_bytes);
  options.arena = {arena.data.get(), arena.bytes};
  cortado_model* models[2] = {};
  options.state = {first.data.get(), first.bytes};
  ASSERT_EQ(cortado_load(&options, &models[0], nullptr), CORTADO_OK);
  options.state = {second.data.get(), second.bytes};
  ASSERT_EQ(cortado_load(&options, &models[1], nullptr), CORTADO_OK);
  std::string results[2];
  for (const int turn : {0, 1, 0}) {
    cortado_tensor input, output;
    ASSERT_EQ(cortado_input(models[turn], 0, &input), CORTADO_OK);
    ASSERT_EQ(cortado_output(models[turn], 0, &output), CORTADO_OK);
    std::memset(input.data, 1, input.bytes);
    cortado_run(models[turn]);
    results[turn].assign(static_cast<const char*>(output.data), output.bytes);
  }
  EXPECT_EQ(results[0], results[1]);
  EXPECT_EQ(results[0][0], 3) << "as the example says";
}

TEST(CApi, LogsWhyALoadFails) {
  use_two_linears();
  std::string log;
  cortado_options options{};
  options.program = model_pte;
  options.program_bytes = model_pte_bytes;
  options.context = &log;
  options.log = [](void* context, const char* text) { *static_cast<std::string*>(context) += text; };
  cortado_model* model = nullptr;
  EXPECT_EQ(cortado_load(&options, &model, nullptr), CORTADO_ARENA_TOO_SMALL);
  EXPECT_EQ(model, nullptr);
  EXPECT_NE(log.find("the program needs"), std::string::npos) << log;
}

}  // namespace
}  // namespace cortado::runtime
