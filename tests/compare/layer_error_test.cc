#include "compiler/compare/layer_error.h"

#include <gtest/gtest.h>

#include <cmath>

namespace cortado::compiler {
namespace {

TEST(LayerError, IsWhatTheFormulasSay) {
  // One step is 0.5; int8 says -64 … 63.5. The values stand for 1, -2, 63.5 and 0.
  const ir::Tensor real = ir::Tensor::of<float>(DType::f32, {4}, {1.25f, -2, 100, 0});
  const ir::Tensor stored = ir::Tensor::of<std::int8_t>(DType::i8, {4}, {2, -4, 127, 0});
  const LayerError error = layer_error(real, stored, ir::quantization(0.5, 0));
  EXPECT_DOUBLE_EQ(error.noise, 0.0625 + 36.5 * 36.5);
  EXPECT_DOUBLE_EQ(error.signal, 1.5625 + 4 + 10000);
  EXPECT_DOUBLE_EQ(error.largest_error, 36.5);
  EXPECT_DOUBLE_EQ(error.saturated_share(), 0.25);
  EXPECT_NEAR(*error.snr_db(), 10 * std::log10(10005.5625 / 1332.3125), 1e-12);
  EXPECT_NEAR(*error.cosine(), (1.25 + 4 + 6350) / std::sqrt(10005.5625 * (1 + 4 + 63.5 * 63.5)), 1e-12);
}

TEST(LayerError, HalfAStepOutsideIsNotSaturated) {
  const ir::Quantization steps = ir::quantization(1, -128);  // 0 … 255
  const auto share = [&](float x) {
    return layer_error(ir::Tensor::of<float>(DType::f32, {1}, {x}), ir::Tensor(DType::i8, {1}), steps)
        .saturated_share();
  };
  EXPECT_EQ(share(-0.5f), 0);
  EXPECT_EQ(share(255.5f), 0);
  EXPECT_EQ(share(-0.6f), 1);
  EXPECT_EQ(share(255.6f), 1);
}

TEST(LayerError, WithoutNoiseOrSignalThereIsNoRatio) {
  const ir::Tensor zeros(DType::f32, {3});
  const LayerError error = layer_error(zeros, ir::Tensor(DType::i8, {3}), ir::quantization(1, 0));
  EXPECT_FALSE(error.snr_db());
  EXPECT_FALSE(error.cosine());
}

TEST(LayerError, OfSeveralSamplesIsTheirSum) {
  const auto of = [](float x, std::int8_t q) {
    return layer_error(ir::Tensor::of<float>(DType::f32, {1}, {x}), ir::Tensor::of<std::int8_t>(DType::i8, {1}, {q}),
                       ir::quantization(1, 0));
  };
  LayerError sum = of(1, 2);
  sum.add(of(10, 7));
  EXPECT_EQ(sum.noise, 1 + 9);
  EXPECT_EQ(sum.signal, 1 + 100);
  EXPECT_EQ(sum.largest_error, 3);
  EXPECT_EQ(sum.elements, 2);
}

}  // namespace
}  // namespace cortado::compiler
