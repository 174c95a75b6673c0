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
using testing::PlanBuilder;

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
  EXPECT_NE(std::string(report.text()).find("loops"), std::string::npos) << report.text();
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
  EXPECT_NE(std::string(report.text()).find("decode"), std::string::npos) << report.text();
}

TEST_F(LoaderTest, NamesWhatItRefuses) {
  const auto refused = [&](void (*change)(pte::Program&), ErrorCode code, const char* part) {
    pte::Program program = testing::two_linears();
    change(program);
    auto written = pte::write(program);
    ASSERT_TRUE(written) << written.error().text();
    Block file(written.value().size());
    std::memcpy(file.data.get(), written.value().data(), file.bytes);
    options.program = file.data.get();
    options.program_bytes = file.bytes;
    const Block arena(1 << 14);
    options.arena = arena.memory();
    report.clear();
    EXPECT_EQ(Program::load(options, report), nullptr);
    EXPECT_EQ(report.code(), code) << report.text();
    EXPECT_NE(std::string(report.text()).find(part), std::string::npos) << report.text();
  };
  const auto tensor = [](pte::Program& program, std::size_t i) -> pte::Tensor& {
    return std::get<pte::Tensor>(program.plans[0].values[i]);
  };
  static const auto tensor_at = tensor;
  refused([](pte::Program& p) { p.plans[0].delegates.push_back({"XnnpackBackend", {1, 2}, {}});
                                p.plans[0].instructions[0] = pte::DelegateCall{0, {0}}; },
          ErrorCode::unsupported, "XnnpackBackend");
  refused([](pte::Program& p) { tensor_at(p, 0).dynamism = pte::Dynamism::unbounded; }, ErrorCode::unsupported, "upper bound");
  refused([](pte::Program& p) { tensor_at(p, 0).sizes = {-1, 3}; }, ErrorCode::invalid_program, "-1");
  refused([](pte::Program& p) { tensor_at(p, 0).sizes = {1 << 20, 1 << 20}; }, ErrorCode::invalid_program, "too large");
  refused([](pte::Program& p) { tensor_at(p, 0).dim_order = {1, 1}; }, ErrorCode::invalid_program, "permutation");
  refused([](pte::Program& p) { tensor_at(p, 0).allocation->offset_bytes = 4096; }, ErrorCode::invalid_program, "leaves memory region 1");
  refused([](pte::Program& p) { tensor_at(p, 0).allocation->offset_bytes = 8; }, ErrorCode::unsupported, "16-aligned");
  refused([](pte::Program& p) { tensor_at(p, 0).dtype = DType::f32; tensor_at(p, 0).sizes = {1, 1}; },
          ErrorCode::unsupported, "instruction 0, cortex_m::quantized_linear.out");
  refused([](pte::Program& p) { tensor_at(p, 1).allocation.reset(); }, ErrorCode::unsupported, "no memory");
  refused([](pte::Program& p) { std::get<pte::KernelCall>(p.plans[0].instructions[0]).arguments.pop_back(); },
          ErrorCode::invalid_program, "takes 13 arguments");
  refused([](pte::Program& p) { std::get<pte::KernelCall>(p.plans[0].instructions[0]).arguments[1] = 5; },
          ErrorCode::invalid_program, "weights is None, must be a tensor");
  // Outputs must not be constants, wherever those lie.
  refused([](pte::Program& p) { auto& a = std::get<pte::KernelCall>(p.plans[0].instructions[0]).arguments; a[11] = a[12] = a[1]; },
          ErrorCode::invalid_program, "constant");
}

}  // namespace
}  // namespace cortado::runtime
