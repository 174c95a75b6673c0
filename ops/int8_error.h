// How far int8 may be from what a source operator means. Host.
//
// The meaning (Definition::evaluate) is taken on the numbers that the quantized operands stand for and rounded to the
// result's scale; the error is the largest difference in steps of that scale which tests/standard sees. It is 1 at
// most, unless ops/FOLDER/int8_error.cc says more, in a row FOLDER_int8_error.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

namespace cortado::ops {

struct Int8Error {
  std::string_view op;  // "aten::div.Tensor"
  int steps;
  std::string_view reason;  // for docs/operators.md
};

// Reasons of several folders.
constexpr std::string_view rounded_steps = "each operator that it is made of rounds";
constexpr std::string_view root_of_rounded_squares = "the root of a rounded sum of squares: more where it is small";

struct Int8ErrorRow {
  std::span<const Int8Error> errors;
};

struct Int8ErrorTable {
  const Int8ErrorRow* const* rows;
  std::uint32_t count;
};

// Generated: the rows of the folders.
extern const Int8ErrorTable all_int8_errors;

// Of any operator: 1 and no reason where no folder says more.
Int8Error int8_error(std::string_view op);

}  // namespace cortado::ops
