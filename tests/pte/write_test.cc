#include "formats/pte/write.h"

#include <gtest/gtest.h>

#include "formats/pte/parse.h"
#include "support/atomic_file.h"
#include "tests/runtime/programs.h"
#include "tests/shared.h"

namespace cortado::pte {
namespace {

using testing::PlanBuilder;

// One of every kind of value and instruction.
Program everything() {
  PlanBuilder builder;
  builder.plan().buffer_sizes = {0, 0, 0};
  builder.plan().input_spec = "[1, {}]";
  const auto x = builder.planned(DType::f32, {1, 2, 3, 4});
  auto& tensor = std::get<Tensor>(builder.plan().values[static_cast<std::size_t>(x)]);
  tensor.dim_order = {0, 2, 3, 1};
  tensor.name = "input";
  tensor.dynamism = Dynamism::bounded;
  const auto state = builder.state<std::int16_t>(DType::i16, {3}, {7, 8, 9}, 2);
  const auto weights = builder.constant<std::int32_t>(DType::i32, {2}, {1, -1});
  builder.constant<std::int8_t>(DType::i8, {0}, {});
  const auto none = builder.add(None{});
  const auto flag = builder.add(true);
  builder.add(2.5);
  builder.add(std::string("reflect"));
  builder.integers({3, -4});
  builder.add(DoubleList{{0.5, 1.5}});
  builder.add(BoolList{{true, false, true}});
  builder.add(TensorList{{x, weights}});
  builder.add(OptionalTensorList{{none, x, -1}});
  builder.call("aten::relu", "out", {x, x});
  builder.plan().delegates.push_back({"CortadoBackend", {1, 2, 3}, {{"key", {9}}}});
  builder.plan().instructions.push_back(DelegateCall{0, {x, state}});
  builder.plan().instructions.push_back(JumpFalse{flag, 4});
  builder.plan().instructions.push_back(Move{x, x});
  builder.plan().instructions.push_back(Free{x});
  builder.plan().inputs = {x};
  builder.plan().outputs = {x, state};
  builder.program.named_data.push_back({"names", {4, 5, 6, 7}});
  builder.program.plans.push_back(builder.program.plans[0]);
  builder.program.plans[1].name = "second";
  return std::move(builder.program);
}

TEST(Write, ParsesBackToTheSameBytes) {
  const auto first = write(everything());
  ASSERT_TRUE(first) << first.error().text();
  const auto parsed = parse(first.value());
  ASSERT_TRUE(parsed) << parsed.error().text();
  const auto& plan = parsed.value().plans.at(1);
  EXPECT_EQ(plan.name, "second");
  EXPECT_EQ(std::get<Tensor>(plan.values[0]).dim_order, (std::vector<std::uint8_t>{0, 2, 3, 1}));
  EXPECT_EQ(std::get<Tensor>(plan.values[0]).name, "input");
  EXPECT_EQ(plan.delegates[0].processed, (Bytes{1, 2, 3}));
  EXPECT_EQ(parsed.value().named_data[0].data, (Bytes{4, 5, 6, 7}));
  const auto second = write(parsed.value());
  ASSERT_TRUE(second) << second.error().text();
  EXPECT_EQ(first.value(), second.value());
}

TEST(Write, InlineConstantsParseBackToo) {
  const auto first = write(everything(), {.inline_constants = true});
  ASSERT_TRUE(first);
  const auto parsed = parse(first.value());
  ASSERT_TRUE(parsed) << parsed.error().text();
  EXPECT_EQ(parsed.value().constants[0], everything().constants[0]);
}

TEST(Write, AlignsConstantsAndSegments) {
  PlanBuilder builder;
  builder.constant<std::int8_t>(DType::i8, {3}, {1, 2, 3});
  builder.constant<std::int8_t>(DType::i8, {2}, {0x55, 0x66});
  const auto file = write(builder.program, {.constant_alignment = 64, .segment_alignment = 256});
  ASSERT_TRUE(file);
  EXPECT_EQ(file.value().size() % 256, 66u);
  EXPECT_EQ(file.value().back(), 0x66);
  EXPECT_FALSE(write(builder.program, {.constant_alignment = 3}));
}

TEST(Write, NamesTheIndexThatIsOutOfRange) {
  Program program = everything();
  std::get<KernelCall>(program.plans[1].instructions[0]).arguments[0] = 1000;
  const auto file = write(program);
  ASSERT_FALSE(file);
  EXPECT_EQ(file.error().fault, Fault::internal);
  EXPECT_NE(file.error().message.find("1000"), std::string::npos) << file.error().text();
  EXPECT_NE(file.error().message.find("second"), std::string::npos) << file.error().text();
}

TEST(Write, OfficialFilesSurviveParsingAndWriting) {
  const auto folder = testing::shared_folder() / "conformance";
  CORTADO_SKIP_WITHOUT(folder);
  int count = 0;
  for (const auto& path : testing::files_below(folder, ".pte")) {
    const auto official = read_file(path);
    ASSERT_TRUE(official) << official.error().text();
    const auto parsed = parse(official.value());
    ASSERT_TRUE(parsed) << path << ": " << parsed.error().text();
    const auto ours = write(parsed.value());
    ASSERT_TRUE(ours) << path << ": " << ours.error().text();
    EXPECT_LE(ours.value().size(), official.value().size() + 128) << path;  // one step of the segments' alignment
    const auto again = parse(ours.value());
    ASSERT_TRUE(again) << path << ": " << again.error().text();
    EXPECT_EQ(write(again.value()).value(), ours.value()) << path;
    EXPECT_EQ(again.value().constants, parsed.value().constants) << path;
    ++count;
  }
  EXPECT_GT(count, 100);
}

}  // namespace
}  // namespace cortado::pte
