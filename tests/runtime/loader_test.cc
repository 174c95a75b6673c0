#include <gtest/gtest.h>

#include <cstring>
#include <memory>
#include <string>

#include "formats/pte/write.h"
#include "runtime/program.h"
#include "tests/runtime/block.h"
#include "tests/runtime/programs.h"

namespace cortado::runtime {
namespace {

using testing::Block;

class LoaderTest : public ::testing::Test {
 protected:
  void use(const pte::Program& program) {
    auto written = pte::write(program);
    ASSERT_TRUE(written) << written.error().text();
    file_ = std::make_unique<Block>(written.value().size());
    std::memcpy(file_->data.get(), written.value().data(), file_->bytes);
    options.program = file_->data.get();
    options.program_bytes = file_->bytes;
    ASSERT_EQ(measure(options, sizes, report), ErrorCode::ok) << report.text();
  }
  Program* load_whole() {
    arena_ = std::make_unique<Block>(sizes.arena_bytes);
    options.arena = arena_->memory();
    return Program::load(options, report);
  }
  static void give(const Port& port, const std::vector<std::int8_t>& values) {
    std::memcpy(port.tensor.data, values.data(), values.size());
  }
  static std::vector<std::int8_t> take(const Port& port) {
    return {port.tensor.as<std::int8_t>(), port.tensor.as<std::int8_t>() + port.bytes};
  }

  Options options;
  Sizes sizes;
  ErrorReport report;
  std::unique_ptr<Block> file_, arena_;
};

const std::vector<std::int8_t> input = {1, 2, 3, 40, 50, -6};
const std::vector<std::int8_t> output = {6, 2, 84, 80};

TEST_F(LoaderTest, NeedsExactlyWhatMeasureSays) {
  use(testing::two_linears());
  Program* program = load_whole();
  ASSERT_NE(program, nullptr) << report.text();
  give(program->input(0), input);
  program->run();
  EXPECT_EQ(take(program->output(0)), output);

  const Block less(sizes.arena_bytes - 16);
  options.arena = less.memory();
  EXPECT_EQ(Program::load(options, report), nullptr);
  EXPECT_EQ(report.code(), ErrorCode::arena_too_small);
  EXPECT_NE(std::string(report.text()).find(std::to_string(sizes.arena_bytes)), std::string::npos) << report.text();
}

TEST_F(LoaderTest, SaysWhatIsWrongWithTheMemory) {
  use(testing::two_linears());
  EXPECT_EQ(Program::load(options, report), nullptr);
  EXPECT_EQ(report.code(), ErrorCode::arena_too_small);
  report.clear();
  const Block arena(sizes.arena_bytes + 16);
  options.arena = {static_cast<std::uint8_t*>(arena.data.get()) + 4, sizes.arena_bytes};
  EXPECT_EQ(Program::load(options, report), nullptr);
  EXPECT_EQ(report.code(), ErrorCode::invalid_argument);
}

TEST_F(LoaderTest, StepsOneInstructionAtATime) {
  use(testing::two_linears());
  Program* program = load_whole();
  ASSERT_NE(program, nullptr) << report.text();
  ASSERT_EQ(program->instruction_count(), 2u);
  EXPECT_STREQ(program->instruction_name(1), "cortex_m::quantized_linear.out");
  for (int run = 0; run < 2; ++run) {
    give(program->input(0), input);
    EXPECT_TRUE(program->step());
    EXPECT_FALSE(program->step());
    EXPECT_EQ(take(program->output(0)), output);
  }
}

TEST_F(LoaderTest, CallsTheObserverAroundEveryInstruction) {
  use(testing::two_linears());
  std::string trace;
  options.observer.context = &trace;
  options.observer.instruction = [](void* context, std::uint32_t index, const char* op, bool done) {
    auto& text = *static_cast<std::string*>(context);
    text += std::to_string(index) + (done ? ")" : "(") + (done ? "" : op);
  };
  Program* program = load_whole();
  ASSERT_NE(program, nullptr) << report.text();
  program->run();
  EXPECT_EQ(trace, "0(cortex_m::quantized_linear.out0)1(cortex_m::quantized_linear.out1)");
}

TEST_F(LoaderTest, ModelsShareAnArenaWhenStateIsApart) {
  use(testing::two_linears());
  const Block arena(sizes.shared_arena_bytes);
  const Block first_state(sizes.state_bytes);
  const Block second_state(sizes.state_bytes);
  EXPECT_EQ(sizes.arena_bytes, sizes.shared_arena_bytes + sizes.state_bytes);
  options.arena = arena.memory();
  options.state = first_state.memory();
  Program* first = Program::load(options, report);
  options.state = second_state.memory();
  Program* second = Program::load(options, report);
  ASSERT_TRUE(first != nullptr && second != nullptr) << report.text();
  for (Program* program : {first, second, first}) {
    give(program->input(0), input);
    program->run();
    EXPECT_EQ(take(program->output(0)), output);
  }
  const Block less(sizes.state_bytes - 16);
  options.state = less.memory();
  EXPECT_EQ(Program::load(options, report), nullptr);
  EXPECT_EQ(report.code(), ErrorCode::arena_too_small);
}

TEST_F(LoaderTest, PlacesARegionWhereItIsTold) {
  use(testing::two_linears());
  const Block fast(static_cast<std::size_t>(48));
  const Placement placement{1, fast.memory()};
  options.placements = &placement;
  options.placement_count = 1;
  const std::size_t before = sizes.arena_bytes;
  ASSERT_EQ(measure(options, sizes, report), ErrorCode::ok);
  EXPECT_LT(sizes.arena_bytes, before);
  Program* program = load_whole();
  ASSERT_NE(program, nullptr) << report.text();
  EXPECT_EQ(program->input(0).tensor.data, fast.data.get());
  give(program->input(0), input);
  program->run();
  EXPECT_EQ(take(program->output(0)), output);
}

TEST_F(LoaderTest, StatePersistsAndResets) {
  for (const std::uint32_t region : {1u, 2u}) {
    use(testing::doubling_state(region));
    Program* program = load_whole();
    ASSERT_NE(program, nullptr) << report.text();
    program->run();
    program->run();
    EXPECT_EQ(take(program->output(0)), std::vector<std::int8_t>{12});
    program->reset();
    program->run();
    EXPECT_EQ(take(program->output(0)), std::vector<std::int8_t>{6});
  }
}

TEST_F(LoaderTest, JumpsAndMoves) {
  use(testing::branches());
  Program* program = load_whole();
  ASSERT_NE(program, nullptr) << report.text();
  for (const std::int8_t condition : {1, 0, 1}) {
    give(program->input(0), {7});
    give(program->input(1), {condition});
    program->run();
    EXPECT_EQ(take(program->output(0)), std::vector<std::int8_t>{static_cast<std::int8_t>(condition ? 14 : 35)});
  }
}

TEST_F(LoaderTest, RefusesLoopsSoThatEveryRunEnds) {
  pte::Program program = testing::branches();
  std::get<pte::JumpFalse>(program.plans[0].instructions[3]).destination = 1;
  auto written = pte::write(program);
  ASSERT_TRUE(written);
  Block file(written.value().size());
  std::memcpy(file.data.get(), written.value().data(), file.bytes);
  options.program = file.data.get();
  options.program_bytes = file.bytes;
  EXPECT_EQ(measure(options, sizes, report), ErrorCode::unsupported);
  EXPECT_NE(std::string(report.text()).find("loops are not supported: a jump leads back to instruction 1"),
            std::string::npos)
      << report.text();
}

TEST_F(LoaderTest, ChoosesAMethodByName) {
  pte::Program program = testing::two_linears();
  program.plans.push_back(program.plans[0]);
  program.plans[1].name = "encode";
  program.plans[1].instructions.pop_back();
  program.plans[1].outputs = {1};
  use(program);
  EXPECT_EQ(sizes.instructions, 2u);
  EXPECT_EQ(method_count(options.program, options.program_bytes), 2u);
  const ops::String name = method_name(options.program, options.program_bytes, 1);
  EXPECT_EQ(std::string(name.text, name.length), "encode");
  options.method = "encode";
  ASSERT_EQ(measure(options, sizes, report), ErrorCode::ok) << report.text();
  EXPECT_EQ(sizes.instructions, 1u);
  EXPECT_NE(load_whole(), nullptr) << report.text();
  options.method = "decode";
  EXPECT_EQ(measure(options, sizes, report), ErrorCode::invalid_argument);
  EXPECT_NE(std::string(report.text()).find("the program has no method \"decode\""), std::string::npos)
      << report.text();
}

TEST_F(LoaderTest, SaysWhatTheCallerGotWrong) {
  use(testing::two_linears());
  const Block arena(sizes.arena_bytes);
  const auto refused = [&](const std::string& message) {
    report.clear();
    EXPECT_EQ(Program::load(options, report), nullptr);
    EXPECT_NE(std::string(report.text()).find(message), std::string::npos) << report.text();
  };
  options.arena = {static_cast<std::uint8_t*>(arena.data.get()) + 4, sizes.arena_bytes - 16};
  refused("the memory given for arena or state is not 16-aligned");
  options.arena = {arena.data.get(), 16};
  refused("the arena is too small: it has 16 bytes, the program needs " + std::to_string(sizes.arena_bytes));
  options.arena = arena.memory();
  const Placement placement{1, {arena.data.get(), 16}};
  options.placements = &placement;
  options.placement_count = 1;
  refused("the memory for region 1 must be 16-aligned and have 48 bytes, it has 16");
  options.placement_count = 0;
  const auto* const kernels = options.kernels;
  options.kernels = nullptr;
  refused("no kernel table is given");
  options.kernels = kernels;
  options.rows.source.read = [](void*, std::uint32_t, void*, std::size_t) {};
  refused("input 0 cannot come by rows: compile the model with --input-rows");
  options.rows.input = 1;
  refused("there is no input 1 that could come by rows");
  options.rows = {};
  options.program = static_cast<const std::uint8_t*>(options.program) + 4;
  options.program_bytes -= 4;
  refused("the program's address is not 16-aligned");
  options.program = nullptr;
  refused("no program is given");
}

}  // namespace
}  // namespace cortado::runtime
