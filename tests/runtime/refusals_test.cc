// What loading says of programs that it refuses: one row a message.
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <vector>

#include "formats/pte/write.h"
#include "runtime/program.h"
#include "tests/pte/wire_change.h"
#include "tests/runtime/block.h"
#include "tests/runtime/programs.h"

namespace cortado::runtime {
namespace {

using testing::Block;
using testing::PlanBuilder;
using testing::set_count;

class Refusals : public ::testing::Test {
 protected:
  void expect_refused(const std::vector<std::uint8_t>& bytes, ErrorCode code, const char* part) {
    const Block file(bytes), arena(1 << 14);
    options.program = file.data.get();
    options.program_bytes = file.bytes;
    options.arena = arena.memory();
    report.clear();
    EXPECT_EQ(Program::load(options, report), nullptr);
    EXPECT_EQ(report.code(), code) << report.text();
    EXPECT_NE(std::string(report.text()).find(part), std::string::npos) << report.text();
  }

  Options options;
  Sizes sizes;
  ErrorReport report;
};

TEST_F(Refusals, NamesWhatItRefuses) {
  const auto refused = [&](void (*change)(pte::Program&), ErrorCode code, const char* part) {
    pte::Program program = testing::two_linears();
    change(program);
    auto written = pte::write(program);
    ASSERT_TRUE(written) << written.error().text();
    expect_refused(written.value(), code, part);
  };
  const auto tensor = [](pte::Program& program, std::size_t i) -> pte::Tensor& {
    return std::get<pte::Tensor>(program.plans[0].values[i]);
  };
  static const auto tensor_at = tensor;
  refused(
      [](pte::Program& p) {
        p.plans[0].delegates.push_back({"XnnpackBackend", {1, 2}, {}});
        p.plans[0].instructions[0] = pte::DelegateCall{0, {0}};
      },
      ErrorCode::unsupported,
      "the backend \"XnnpackBackend\" is not in this build: compile the model without delegates");
  refused([](pte::Program& p) { tensor_at(p, 0).dynamism = pte::Dynamism::unbounded; }, ErrorCode::unsupported,
          "a tensor's shape has no upper bound; export it with one");
  refused([](pte::Program& p) { tensor_at(p, 0).sizes = {-1, 3}; }, ErrorCode::invalid_program,
          "a tensor's size is negative or too large: -1");
  refused([](pte::Program& p) { tensor_at(p, 0).sizes = {1 << 20, 1 << 20}; }, ErrorCode::invalid_program, "too large");
  refused([](pte::Program& p) { tensor_at(p, 0).dim_order = {1, 1}; }, ErrorCode::invalid_program,
          "a tensor's dim_order is not a permutation");
  refused([](pte::Program& p) { tensor_at(p, 0).allocation->offset_bytes = 4096; }, ErrorCode::invalid_program,
          "a tensor at 4096 of 6 bytes leaves memory region 1 of 48 bytes");
  refused([](pte::Program& p) { tensor_at(p, 0).allocation->offset_bytes = 8; }, ErrorCode::unsupported,
          "a tensor's place in its memory region is not 16-aligned: 8");
  refused(
      [](pte::Program& p) {
        tensor_at(p, 0).dtype = DType::f32;
        tensor_at(p, 0).sizes = {1, 1};
      },
      ErrorCode::unsupported, "instruction 0, cortex_m::quantized_linear.out");
  refused([](pte::Program& p) { tensor_at(p, 1).allocation.reset(); }, ErrorCode::unsupported,
          "has no memory in the program");
  refused([](pte::Program& p) { std::get<pte::KernelCall>(p.plans[0].instructions[0]).arguments.pop_back(); },
          ErrorCode::invalid_program, "takes 13 arguments with the returned one, the program gives 12");
  refused([](pte::Program& p) { std::get<pte::KernelCall>(p.plans[0].instructions[0]).arguments[1] = 5; },
          ErrorCode::invalid_program, "weights is None, must be a tensor");
  // Outputs must not be constants, wherever those lie.
  refused(
      [](pte::Program& p) {
        auto& a = std::get<pte::KernelCall>(p.plans[0].instructions[0]).arguments;
        p.plans[0].values.push_back(pte::Value(tensor_at(p, static_cast<std::size_t>(a[1]))));
        a[12] = static_cast<pte::Index>(p.plans[0].values.size() - 1);
      },
      ErrorCode::invalid_program, "the returned value is written but is a constant");
  refused(
      [](pte::Program& p) {
        auto& a = std::get<pte::KernelCall>(p.plans[0].instructions[0]).arguments;
        a[11] = a[12] = a[1];
      },
      ErrorCode::invalid_program, "is written but is a constant");
  static const auto call_at = [](pte::Program& program, std::size_t i) -> pte::KernelCall& {
    return std::get<pte::KernelCall>(program.plans[0].instructions[i]);
  };
  refused(
      [](pte::Program& p) {
        tensor_at(p, 0).sizes.assign(9, 1);
        tensor_at(p, 0).dim_order.assign(9, 0);
      },
      ErrorCode::unsupported, "a tensor has 9 dimensions, more than 8");
  refused([](pte::Program& p) { tensor_at(p, 0).allocation->offset_bytes = std::uint64_t{1} << 32; },
          ErrorCode::unsupported, "a tensor lies above 4 GiB of its memory region");
  refused([](pte::Program& p) { p.plans[0].buffer_sizes = {0, -1}; }, ErrorCode::invalid_program,
          "memory region 1 has -1 bytes");
  refused([](pte::Program& p) { p.plans[0].buffer_sizes.assign(40, 0); }, ErrorCode::unsupported,
          "the method has 39 memory regions, more than 8");
  refused([](pte::Program& p) { p.plans[0].inputs.assign(300, 0); }, ErrorCode::unsupported,
          "the method has more than 256 inputs or outputs");
  refused([](pte::Program& p) { p.plans.clear(); }, ErrorCode::invalid_program, "the program has no methods");
  refused([](pte::Program& p) { p.plans[0].operators[0].name = "my::own"; }, ErrorCode::missing_operator,
          "operator my::own.out is not in this build: link it or recompile the model");
  refused([](pte::Program& p) { p.plans[0].instructions[0] = pte::Move{0, call_at(p, 0).arguments[1]}; },
          ErrorCode::invalid_program, "the destination is a constant (instruction 0, executorch::move)");
  refused([](pte::Program& p) { tensor_at(p, 0).dim_order = {1, 0}; }, ErrorCode::unsupported,
          "input must be contiguous");
  refused(
      [](pte::Program& p) {
        p.plans[0].delegates = {{"CortadoBackend", {}, {}}};
        p.plans[0].instructions[0] = pte::DelegateCall{0, std::vector<pte::Index>(20, 0)};
      },
      ErrorCode::invalid_program, "the native program has too many tensors: 20");
  refused([](pte::Program& p) { p.plans[0].instructions[0] = pte::Move{0, 1}; }, ErrorCode::invalid_program,
          "source and destination differ in type, shape or memory order");
  refused([](pte::Program& p) { p.plans[0].instructions[0] = pte::JumpFalse{0, 1}; }, ErrorCode::invalid_program,
          "the condition is not a single bool");
}

// The first list of integers among the values.
std::uint32_t list_in(const testing::Wire& wire) {
  std::uint32_t i = 0;
  while (wire.plan->values()->Get(i)->val_as_IntList() == nullptr) ++i;
  return i;
}

// What only damage can do: writing a program checks its indices.
TEST_F(Refusals, NamesWhatLeadsNowhere) {
  using testing::set_entry;
  using testing::set_field;
  using testing::Wire;
  namespace wire = pte::wire;
  const auto refused = [&](const pte::Program& program, void (*damage)(std::vector<std::uint8_t>&),
                           const char* message) {
    auto written = pte::write(program);
    ASSERT_TRUE(written) << written.error().text();
    damage(written.value());
    expect_refused(written.value(), ErrorCode::invalid_program, message);
  };
  pte::Program program = testing::two_linears();
  auto& plan = program.plans[0];
  plan.operators.insert(plan.operators.begin(), pte::Operator{"my::own", "out"});
  for (pte::Instruction& instruction : plan.instructions) std::get<pte::KernelCall>(instruction).op = 1;
  refused(
      program,
      [](auto& f) {
        set_field<std::int32_t>(Wire(f).instruction(0)->instr_args_as_KernelCall(), wire::KernelCall::VT_OP_INDEX, 7);
      },
      "operator 7 does not exist");
  refused(
      program,
      [](auto& f) { set_entry<std::int32_t>(Wire(f).instruction(0)->instr_args_as_KernelCall()->args(), 0, 99); },
      "value 99 does not exist or is of an unknown kind");
  refused(
      program,
      [](auto& f) {
        set_field<std::uint32_t>(Wire(f).tensor(0)->allocation_info(), wire::AllocationDetails::VT_MEMORY_ID, 2);
      },
      "memory region 2 does not exist");
  refused(
      program,
      [](auto& f) {
        set_entry<std::int64_t>(Wire(f).plan->values()->Get(list_in(Wire(f)))->val_as_IntList()->items(), 0, -5);
      },
      " names value -5, which does not exist");
  refused(
      program, [](auto& f) { set_count(Wire(f).tensor(0)->dim_order(), 1); },
      "a tensor's dim_order has 1 entries for 2 dimensions");
  plan.instructions[0] = pte::JumpFalse{0, 1};
  refused(
      program,
      [](auto& f) {
        set_field<std::int32_t>(Wire(f).instruction(0)->instr_args_as_JumpFalseCall(),
                                wire::JumpFalseCall::VT_DESTINATION_INSTRUCTION, 9);
      },
      "a jump leads behind the last instruction, to 9");
  plan.delegates = {{"CortadoBackend", {}, {}}, {"CortadoBackend", {}, {}}};
  plan.instructions[0] = pte::DelegateCall{1, {0}};
  refused(
      program,
      [](auto& f) {
        set_field<std::int32_t>(Wire(f).instruction(0)->instr_args_as_DelegateCall(),
                                wire::DelegateCall::VT_DELEGATE_INDEX, 3);
      },
      "delegate 3 does not exist");
  plan.delegates[1].processed = plan.delegates[0].processed = pte::Bytes(64, 0);
  refused(
      program,
      [](auto& f) {
        const auto* reference = Wire(f).plan->delegates()->Get(1)->processed();
        set_field<std::int8_t>(reference, wire::BackendDelegateDataReference::VT_LOCATION, 0);  // inline
        set_field<std::uint32_t>(reference, wire::BackendDelegateDataReference::VT_INDEX, 9);
      },
      "delegate data 9 does not exist");
}

TEST_F(Refusals, NamesAChainThatIsMissing) {
  auto written = pte::write(testing::two_linears());
  ASSERT_TRUE(written);
  set_count(testing::Wire(written.value()).plan->chains(), 0);
  const Block file(written.value());
  options.program = file.data.get();
  options.program_bytes = file.bytes;
  EXPECT_EQ(measure(options, sizes, report), ErrorCode::unsupported);
  EXPECT_STREQ(report.text(), "the method has 0 chains of instructions, must be 1");
}

TEST_F(Refusals, NamesAMemoryOrderThatAKernelDoesNotTake) {
  PlanBuilder builder;
  const auto x = builder.planned(DType::i8, {1, 2, 4, 4});
  const auto out = builder.planned(DType::i8, {1, 2, 2, 2});
  const auto two = builder.integers({2, 2}), none = builder.integers({0, 0}), one = builder.integers({1, 1});
  builder.call("cortex_m::quantized_max_pool2d", "out",
               {x, two, two, none, one, builder.add(false), builder.integer(0), builder.integer(0),
                builder.integer(-128), builder.integer(127), out});
  builder.plan().inputs = {x};
  builder.plan().outputs = {out};
  const auto written = pte::write(builder.program);
  ASSERT_TRUE(written) << written.error().text();
  expect_refused(written.value(), ErrorCode::unsupported, "input must be channels last");
}

TEST_F(Refusals, NamesAnElementTypeThatNobodyKnows) {
  PlanBuilder builder;
  const auto x = builder.planned(DType::f32, {2});
  const auto out = builder.planned(DType::i8, {2});
  builder.call(
      "cortex_m::quantize_per_tensor", "out",
      {x, builder.add(0.5), builder.integer(0), builder.integer(-128), builder.integer(127), builder.integer(99), out});
  builder.plan().inputs = {x};
  builder.plan().outputs = {out};
  const auto written = pte::write(builder.program);
  ASSERT_TRUE(written) << written.error().text();
  expect_refused(written.value(), ErrorCode::unsupported, "dtype: element type 99 is unknown");
}

}  // namespace
}  // namespace cortado::runtime
