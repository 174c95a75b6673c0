// What is left to gain for rows of few weights after descend_rounding.h: two weights moved together.
//
// The inputs of a small kernel are neighbouring pixels and vary nearly as one, so that what counts is the sum of the
// kernel's rounding errors. One weight's step is too much to change it by; two weights' steps up and down are not:
//
//   Δ = s² (H_ii + H_jj + 2ab H_ij) + 2s (a R_i + b R_j),   a, b ∈ {−1, 1}
//
// is what moving i by a steps and j by b adds to the cost, and the move of one or two weights that takes off most is
// made until none takes off anything.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace cortado::compiler {

// A move costs taps² to find, and a row makes about as many moves as it has taps.
constexpr std::size_t most_taps_of_pairs = 32;

// As descend_rounding(): one row, `weight`, and `rounded`, which is improved; `covariance` is H, [taps][taps].
void descend_pairs(std::span<const float> weight, double scale, std::span<const float> covariance,
                   std::span<std::int8_t> rounded);

}  // namespace cortado::compiler
