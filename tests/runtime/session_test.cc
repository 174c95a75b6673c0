#include "runtime/host/session.h"

#include <gtest/gtest.h>

#include "formats/pte/write.h"
#include "tests/runtime/programs.h"

namespace cortado::runtime {
namespace {

using testing::PlanBuilder;

Result<Session> load(const pte::Program& program, const pte::WriteOptions& options = {}) {
  auto file = pte::write(program, options);
  if (!file) return file.error();
  return Session::load(std::move(file).value(), "test.pte");
}

std::vector<std::int8_t> values(const ir::Tensor& tensor) {
  return {tensor.data<std::int8_t>(), tensor.data<std::int8_t>() + tensor.elements()};
}

const ir::Tensor two_rows = ir::Tensor::of<std::int8_t>(DType::i8, {2, 3}, {1, 2, 3, 40, 50, -6});

TEST(Session, RunsConstantsInASegmentAndInline) {
  for (bool inlined : {false, true}) {
    auto session = load(testing::two_linears(), {.inline_constants = inlined});
    ASSERT_TRUE(session) << session.error().text();
    EXPECT_EQ(session.value().inputs()[0].type.shape, (ir::Shape{2, 3}));
    for (int i = 0; i < 2; ++i) {
      auto outputs = session.value().run({two_rows});
      ASSERT_TRUE(outputs) << outputs.error().text();
      EXPECT_EQ(values(outputs.value()[0]), (std::vector<std::int8_t>{6, 2, 84, 80}));
    }
  }
}

TEST(Session, GivesUnplannedPortsMemory) {
  PlanBuilder builder;
  const auto x = builder.unplanned(DType::i8, {1, 2});
  const auto out = builder.unplanned(DType::i8, {1, 2});
  builder.linear(x, builder.constant<std::int8_t>(DType::i8, {2, 2}, {0, 1, 1, 0}), out);
  builder.plan().inputs = {x};
  builder.plan().outputs = {out, x};
  auto session = load(builder.program);
  ASSERT_TRUE(session) << session.error().text();
  auto outputs = session.value().run({ir::Tensor::of<std::int8_t>(DType::i8, {1, 2}, {5, 9})});
  ASSERT_TRUE(outputs);
  EXPECT_EQ(values(outputs.value()[0]), (std::vector<std::int8_t>{9, 5}));
  EXPECT_EQ(values(outputs.value()[1]), (std::vector<std::int8_t>{5, 9}));
}

TEST(Session, NamesTheInputThatDoesNotFit) {
  auto session = load(testing::two_linears());
  ASSERT_TRUE(session);
  auto outputs = session.value().run({ir::Tensor(DType::i8, {3, 2})});
  ASSERT_FALSE(outputs);
  EXPECT_EQ(outputs.error().fault, Fault::input);
  EXPECT_EQ(outputs.error().message, "test.pte: input \"input_0\" is i8[3, 2], must be i8[2, 3]");
  const auto none = session.value().run({});
  ASSERT_FALSE(none);
  EXPECT_EQ(none.error().message, "test.pte: 0 inputs are given, the program takes 1");
}

TEST(Session, NamesANumberThatWasFixed) {
  pte::Program program = testing::two_linears();
  program.plans[0].values.emplace_back(std::int64_t{3});
  program.plans[0].inputs.push_back(static_cast<pte::Index>(program.plans[0].values.size() - 1));
  auto session = load(program);
  ASSERT_TRUE(session) << session.error().text();
  EXPECT_TRUE(session.value().run({two_rows, ir::Tensor::of<std::int64_t>(DType::i64, {}, {3})}));
  const auto other = session.value().run({two_rows, ir::Tensor::of<std::int64_t>(DType::i64, {}, {4})});
  ASSERT_FALSE(other);
  EXPECT_EQ(other.error().message,
            "test.pte: input \"input_1\" is a number that was fixed when the model was exported, 3");
}

TEST(Session, NamesTheInstructionWhoseIndexIsOutOfRange) {
  PlanBuilder builder;
  const auto x = builder.planned(DType::i8, {4});
  const auto index = builder.planned(DType::i64, {1});
  const auto out = builder.planned(DType::i8, {1});
  builder.call("aten::index_select", "out", {x, builder.integer(0), index, out});
  builder.plan().inputs = {x, index};
  builder.plan().outputs = {out};
  auto session = load(builder.program);
  ASSERT_TRUE(session) << session.error().text();
  const ir::Tensor four = ir::Tensor::of<std::int8_t>(DType::i8, {4}, {1, 2, 3, 4});
  EXPECT_TRUE(session.value().run({four, ir::Tensor::of<std::int64_t>(DType::i64, {1}, {3})}));
  const auto outside = session.value().run({four, ir::Tensor::of<std::int64_t>(DType::i64, {1}, {4})});
  ASSERT_FALSE(outside);
  EXPECT_EQ(outside.error().message, "test.pte: instruction 0, aten::index_select.out: an index is out of range");
}

TEST(Session, NamesAMissingOperator) {
  PlanBuilder builder;
  const auto x = builder.planned(DType::f32, {1});
  builder.call("aten::no_such", "out", {x, x});
  builder.plan().inputs = builder.plan().outputs = {x};
  auto session = load(builder.program);
  ASSERT_FALSE(session);
  EXPECT_NE(session.error().message.find("aten::no_such.out"), std::string::npos) << session.error().text();
}

}  // namespace
}  // namespace cortado::runtime
