// What is said of programs that are cut, contradict themselves, or were written for another runtime: one row a message.
#include <gtest/gtest.h>

#include <cstring>
#include <functional>

#include "formats/pte/parse.h"
#include "formats/pte/write.h"
#include "tests/pte/wire_change.h"
#include "tests/runtime/programs.h"

namespace cortado::pte {
namespace {

using testing::set_entry;
using testing::set_field;
using testing::Wire;
using Change = std::function<void(Bytes& file)>;

void expect_said(const Bytes& file, const std::string& message) {
  const auto parsed = parse(file);
  ASSERT_FALSE(parsed) << message;
  EXPECT_EQ(parsed.error().fault, Fault::input);
  EXPECT_NE(parsed.error().message.find(message), std::string::npos) << parsed.error().message;
}

Bytes changed(const Program& program, const Change& change) {
  auto file = write(program);
  EXPECT_TRUE(file) << file.error().text();
  change(file.value());
  return file.value();
}

void put64(Bytes& file, std::size_t at, std::uint64_t value) { std::memcpy(file.data() + at, &value, sizeof value); }

TEST(ProgramMessages, OfTheFile) {
  const Program program = testing::two_linears();
  const std::string size = std::to_string(changed(program, [](Bytes&) {}).size());
  expect_said(changed(program, [](Bytes& f) { f[6] = '9'; }),
              "the program's format is not ET12, the one that this build reads");
  expect_said(changed(program, [](Bytes& f) { put64(f, 16, 1 << 30); }),
              "the program is cut short or its header is damaged: " + size + " bytes are there");
  expect_said(changed(program, [](Bytes& f) { put64(f, 32, 1 << 30); }),
              "the program is cut short: its data ends behind the file's " + size + " bytes");
  expect_said(changed(program, [](Bytes& f) { f[3] = 0x7f; }),
              "the program is damaged: a reference leads outside the file");
}

TEST(ProgramMessages, OfConstantsAndState) {
  const Program program = testing::two_linears(), state = testing::doubling_state(2);
  const auto segment = [](Bytes& f, std::uint32_t i) { return Wire(f).program->segments()->Get(i); };
  const auto offsets = [](Bytes& f) { return Wire(f).program->constant_segment()->offsets(); };
  const auto content = [](Bytes& f) { return Wire(f).program->mutable_data_segments()->Get(0); };
  expect_said(
      changed(program, [&](Bytes& f) { set_field<std::uint64_t>(segment(f, 0), wire::DataSegment::VT_SIZE, 1 << 30); }),
      "segment 0 leads outside the file");
  expect_said(changed(program, [&](Bytes& f) { set_entry<std::uint64_t>(offsets(f), 1, 1 << 30); }),
              "constant 1 of 6 bytes leads outside the file");
  expect_said(changed(program, [&](Bytes& f) { set_entry<std::uint64_t>(offsets(f), 1, 4); }),
              "constant 1 is not 16-aligned in the file");
  expect_said(
      changed(state,
              [&](Bytes& f) { set_field<std::uint32_t>(content(f), wire::SubsegmentOffsets::VT_SEGMENT_INDEX, 9); }),
      "segment 9 does not exist");
  expect_said(changed(state, [&](Bytes& f) { set_entry<std::uint64_t>(content(f)->offsets(), 1, 1 << 30); }),
              "the first content of a mutable buffer leads outside the file");
  expect_said(changed(state, [&](Bytes& f) { testing::set_count(Wire(f).program->mutable_data_segments(), 0); }),
              "the first content of a mutable buffer is missing");
}

TEST(ProgramMessages, OfKindsThatNobodyKnows) {
  const Program program = testing::two_linears();
  expect_said(changed(program,
                      [](Bytes& f) {
                        set_field<std::uint8_t>(Wire(f).plan->values()->Get(0), wire::EValue::VT_VAL_TYPE, 200);
                      }),
              "a value is of an unknown kind: 200");
  expect_said(changed(program,
                      [](Bytes& f) {
                        set_field<std::uint8_t>(Wire(f).instruction(0), wire::Instruction::VT_INSTR_ARGS_TYPE, 77);
                      }),
              "an instruction of unknown kind: 77");
  expect_said(
      changed(program, [](Bytes& f) { set_field<std::int8_t>(Wire(f).tensor(0), wire::Tensor::VT_SCALAR_TYPE, 99); }),
      "a tensor has the unknown element type 99");
}

// A program of `values` and as many empty chains of instructions, as other writers may make it.
using Builder = flatbuffers::FlatBufferBuilder;
using Values = std::vector<flatbuffers::Offset<wire::EValue>>;

Bytes program_with(const std::function<Values(Builder&)>& make_values, std::size_t chains = 1) {
  Builder builder;
  const Values values = make_values(builder);
  std::vector<flatbuffers::Offset<wire::Chain>> all(chains);
  for (auto& chain : all) chain = wire::CreateChain(builder);
  const auto listed = builder.CreateVector(values);
  const auto chain_list = builder.CreateVector(all);
  const auto name = builder.CreateString("forward");
  wire::ExecutionPlanBuilder plan(builder);
  plan.add_name(name);
  plan.add_values(listed);
  plan.add_chains(chain_list);
  const auto plans = builder.CreateVector(std::vector{plan.Finish()});
  wire::ProgramBuilder program(builder);
  program.add_execution_plan(plans);
  builder.Finish(program.Finish(), "ET12");
  return {builder.GetBufferPointer(), builder.GetBufferPointer() + builder.GetSize()};
}

Values tensor_with(Builder& builder, std::int32_t storage_offset, wire::TensorDataLocation location) {
  const auto sizes = builder.CreateVector(std::vector<std::int32_t>{2});
  const auto order = builder.CreateVector(std::vector<std::uint8_t>{0});
  const auto extra = wire::CreateExtraTensorInfo(builder, 0, 0, location);
  const auto tensor = wire::CreateTensor(builder, wire::ScalarType::FLOAT, storage_offset, sizes, order, false, 0, 0, 0,
                                         wire::TensorShapeDynamism::STATIC, extra);
  return {wire::CreateEValue(builder, wire::KernelTypes::Tensor, tensor.Union())};
}

TEST(ProgramMessages, OfWhatOtherWritersMake) {
  using Location = wire::TensorDataLocation;
  const auto none = [](Builder&) { return Values(); };
  EXPECT_TRUE(parse(program_with([](Builder& b) { return tensor_with(b, 0, Location::SEGMENT); })));
  expect_said(program_with([](Builder& b) { return tensor_with(b, 3, Location::SEGMENT); }),
              "a tensor has a storage offset");
  expect_said(program_with([](Builder& b) { return tensor_with(b, 0, Location::EXTERNAL); }),
              "a tensor's data lies in another file than the program");
  expect_said(program_with(none, 2), "a method has 2 chains of instructions, must be 1");
  const auto repeating = [](Builder& builder) {
    const std::vector<std::int64_t> items(1000, 0);
    const auto list = wire::CreateIntListDirect(builder, &items);
    Values values;
    for (int i = 0; i < 100; ++i)
      values.push_back(wire::CreateEValue(builder, wire::KernelTypes::IntList, list.Union()));
    return values;
  };
  expect_said(program_with(repeating), "the program is damaged: it repeats its lists without end");
}

}  // namespace
}  // namespace cortado::pte
