#include "compiler/lower/fuse_activations.h"

#include <gtest/gtest.h>

#include "compiler/lower/quantized_bounds.h"

namespace cortado::compiler {
namespace {

TEST(QuantizedBounds, RoundHalvesToEvenInSinglePrecision) {
  const ir::Quantization q = ir::quantization(0.5, -128);
  EXPECT_EQ(quantized_bound(0, q), -128);
  EXPECT_EQ(quantized_bound(6, q), -116);
  EXPECT_EQ(quantized_bound(0.25, q), -128);  // −127.5
  EXPECT_EQ(quantized_bound(0.75, q), -126);  // −126.5
  EXPECT_EQ(quantized_bound(1e9, q), 127);
  EXPECT_EQ(quantized_bound(-1e300, q), -128);
}

TEST(QuantizedBounds, NarrowOnlyTheSidesThatHaveALimit) {
  const ir::Quantization relu = narrowed({.low = 0.0}, ir::quantization(0.5, 3));
  EXPECT_EQ(relu.quant_min, 3);
  EXPECT_EQ(relu.quant_max, 127);
  const ir::Quantization inverted = narrowed({.low = 5.0, .high = 1.0}, ir::quantization(0.5, 0));
  EXPECT_EQ(inverted.quant_min, 2);
  EXPECT_EQ(inverted.quant_max, 2);
}

}  // namespace
}  // namespace cortado::compiler
