#include "compiler/evaluate/evaluate.h"

#include <gtest/gtest.h>

#include <cmath>

namespace cortado::compiler {
namespace {

ir::Tensor scores(const std::vector<float>& values) {
  return ir::Tensor::of<float>(DType::f32, {1, static_cast<std::int64_t>(values.size())}, values);
}

// A model that answers with its input, plus `offset` for class 0.
ModelRunnerFactory echo(float offset) {
  return [offset]() -> Result<ModelRunner> {
    return ModelRunner([offset](const Sample& sample) -> Result<std::vector<ir::Tensor>> {
      ir::Tensor answer = sample[0];
      answer.mutable_data<float>()[0] += offset;
      return std::vector{answer};
    });
  };
}

TensorSamples six_classes() {
  return TensorSamples({{scores({6, 5, 4, 3, 2, 1})},
                        {scores({6, 5, 4, 3, 2, 1})},
                        {scores({6, 5, 4, 3, 2, 1})},
                        {scores({1, 9, 9, 0, 0, 0})}});
}

TEST(Evaluate, CountsRightAnswers) {
  const TensorSamples samples = six_classes();
  for (const std::size_t threads : {1u, 3u}) {
    const auto result = evaluate(samples, {0, 4, 5, 1}, echo(0), {}, {threads, false});
    ASSERT_TRUE(result) << result.error().text();
    EXPECT_EQ(result.value().samples, 4u);
    EXPECT_EQ(result.value().top1, 0.5);
    EXPECT_EQ(result.value().top5, 0.75);
    EXPECT_FALSE(result.value().same_as_float);
  }
}

TEST(Evaluate, ComparesWithTheReference) {
  const auto result = evaluate(six_classes(), {0, 4, 5, 1}, echo(-3), echo(0), {2, false});
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value().same_as_float, 0.25);
  EXPECT_DOUBLE_EQ(*result.value().noise_to_signal, 4 * 9 / (3 * 91.0 + 163));
}

// Scores in steps of 2: the two best of the first and the last sample are closer.
TEST(Evaluate, CountsWhatTheScoresCannotTell) {
  const ModelRunnerFactory coarse = []() -> Result<ModelRunner> {
    return ModelRunner([](const Sample& sample) -> Result<std::vector<ir::Tensor>> {
      ir::Tensor answer = sample[0];
      for (std::int64_t i = 0; i < answer.elements(); ++i)
        answer.mutable_data<float>()[i] = 2 * std::round(answer.mutable_data<float>()[i] / 2);
      return std::vector{answer};
    });
  };
  const TensorSamples samples({{scores({5.5, 5, 1})}, {scores({8, 2, 0})}, {scores({6, 4, 0})}, {scores({3, 4.5, 0})}});
  const auto result = evaluate(samples, {0, 0, 0, 0}, coarse, echo(0), {1, false});
  ASSERT_TRUE(result);
  EXPECT_EQ(result.value().undecided, 0.5);
  EXPECT_EQ(evaluate(samples, {0, 0, 0, 0}, coarse, {}, {1, false}).value().undecided, std::nullopt);
}

TEST(Evaluate, TiesGoToTheSmallerIndex) {
  EXPECT_EQ(rank_of(scores({2, 2, 1}), 0), 0);
  EXPECT_EQ(rank_of(scores({2, 2, 1}), 1), 1);
  EXPECT_EQ(best_of(scores({1, 2, 2})), 1);
}

TEST(Evaluate, MistakesAreNamed) {
  const TensorSamples samples = six_classes();
  EXPECT_EQ(evaluate(TensorSamples({}), {}, echo(0), {}).error().message, "there are no samples to evaluate");
  EXPECT_EQ(evaluate(samples, {0}, echo(0), {}).error().message, "there are 4 samples and 1 labels");
  const ModelRunnerFactory silent = []() -> Result<ModelRunner> {
    return ModelRunner([](const Sample&) -> Result<std::vector<ir::Tensor>> { return std::vector<ir::Tensor>(); });
  };
  const ModelRunnerFactory brief = []() -> Result<ModelRunner> {
    return ModelRunner([](const Sample&) -> Result<std::vector<ir::Tensor>> { return std::vector{scores({1, 2})}; });
  };
  EXPECT_EQ(evaluate(samples, {0, 0, 0, 0}, silent, {}, {1, false}).error().message,
            "sample 0: the model gives no scores");
  EXPECT_EQ(evaluate(samples, {0, 0, 0, 0}, echo(0), brief, {1, false}).error().message,
            "sample 0: the model gives 6 scores, the float model 2");
  const auto outside = evaluate(samples, {0, 6, 5, 1}, echo(0), {}, {1, false});
  ASSERT_FALSE(outside);
  EXPECT_EQ(outside.error().message, "sample 1: class 6 is not among the model's 6 classes");
}

}  // namespace
}  // namespace cortado::compiler
