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

const ir::Tensor input = ir::Tensor::of<std::int8_t>(DType::i8, {2, 3}, {1, 2, 3, 40, 50, -6});

TEST(Session, RunsConstantsInASegmentAndInline) {
  for (bool inlined : {false, true}) {
    auto session = load(testing::two_linears(), {.inline_constants = inlined});
    ASSERT_TRUE(session) << session.error().text();
    EXPECT_EQ(session.value().inputs()[0].type.shape, (ir::Shape{2, 3}));
    for (int i = 0; i < 2; ++i) {
      auto outputs = session.value().run({input});
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
  EXPECT_NE(outputs.error().message.find("input_0"), std::string::npos) << outputs.error().text();
  EXPECT_FALSE(session.value().run({}));
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
