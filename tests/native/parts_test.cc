// The stages of row streams as the C interface tells them to whoever times them.
#include "runtime/cortado.h"
#include "tests/native/native_program.h"
#include "tests/runtime/block.h"

namespace cortado::testing {
namespace {

struct Steps {
  const cortado_model* model = nullptr;
  std::vector<std::vector<std::uint32_t>> of;  // of each part of each instruction
};

void count_step(void* context, std::uint32_t index, const char*, bool done) {
  auto& steps = *static_cast<Steps*>(context);
  if (!done) ++steps.of.at(index).at(cortado_next_part(steps.model, index));
}

TEST(Parts, EveryStepOfAStreamBelongsToAStage) {
  for (std::uint64_t seed = 0; seed < 50; ++seed) {
    SCOPED_TRACE("network " + std::to_string(seed));
    int streams = 0;
    const Bytes program = native_program(seed, compiler::Optimize::ram, streams);
    const Block file(program);
    Steps steps;
    cortado_options options{};
    options.program = file.data.get();
    options.program_bytes = program.size();
    options.context = &steps;
    options.on_instruction = count_step;
    cortado_sizes sizes;
    ASSERT_EQ(cortado_measure(&options, &sizes, nullptr), CORTADO_OK);
    const Block arena(sizes.arena_bytes);
    options.arena = {arena.data.get(), arena.bytes};
    cortado_model* model = nullptr;
    ASSERT_EQ(cortado_load(&options, &model, nullptr), CORTADO_OK);
    steps.model = model;
    for (std::uint32_t i = 0; i < cortado_instruction_count(model); ++i)
      steps.of.emplace_back(cortado_part_count(model, i));
    ASSERT_EQ(cortado_run(model), CORTADO_OK);
    for (std::uint32_t i = 0; i < steps.of.size(); ++i)
      for (std::uint32_t part = 0; part < steps.of[i].size(); ++part) {
        EXPECT_GT(steps.of[i][part], 0u) << "instruction " << i << " part " << part;
        EXPECT_STRNE(cortado_part_name(model, i, part), "");
      }
  }
}

}  // namespace
}  // namespace cortado::testing
