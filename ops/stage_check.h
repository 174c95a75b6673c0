// The checks of a stage of a row stream before it runs. Host and target, C++17, no heap.
//
// As Check of ops/checks.h, for numbers of 32 bits: a network has hundreds of these checks, and all that loading does
// to a stage is to make them.
#pragma once

#include "support/error_report.h"

namespace cortado::ops {

class StageCheck {
 public:
  explicit StageCheck(ErrorReport& report) : report_(&report) {}

  bool ok() const { return report_->code() == ErrorCode::ok; }

  StageCheck& that(bool holds, Wording message) {
    if (!holds) report_->fail(ErrorCode::unsupported, message);
    return *this;
  }
  StageCheck& range(Wording name, std::int32_t value, std::int32_t low, std::int32_t high) {
    if (value < low || value > high) refuse(name, value, low, high);
    return *this;
  }
  StageCheck& equal(Wording name, std::int32_t value, std::int32_t expected) {
    if (value != expected) refuse(name, value, expected, expected);
    return *this;
  }
  StageCheck& count(Wording name, std::uint32_t value, std::uint32_t expected) {
    return equal(name, static_cast<std::int32_t>(value), static_cast<std::int32_t>(expected));
  }
  // Sizes in bytes.
  StageCheck& bytes(Wording name, std::uint32_t value, std::int64_t expected) {
    if (value != expected) refuse_bytes(name, value, expected);
    return *this;
  }
  // i8 limits with low ≤ high.
  StageCheck& activation(std::int32_t low, std::int32_t high) {
    return range("activation_min", low, -128, 127).range("activation_max", high, low, 127);
  }
  // Fixed-point factors as support/fixed_point.h takes them.
  StageCheck& factor(Wording name, std::int32_t multiplier, std::int32_t shift) {
    return range(name, multiplier, -INT32_MAX, INT32_MAX).range(name, shift, -31, 31);
  }

 private:
  // Of few words, as there are many calls.
  CORTADO_WORDS_ERROR void refuse(Wording name, std::int32_t value, std::int32_t low, std::int32_t high) {
    refuse_bytes(name, value, low);
    if (high != low) report_->add("…").add(high);
  }
  CORTADO_WORDS_ERROR void refuse_bytes(Wording name, std::int64_t value, std::int64_t expected) {
    report_->fail(ErrorCode::unsupported, name).add(" is ").add(value).add(", must be ").add(expected);
  }

  ErrorReport* report_;
};

}  // namespace cortado::ops
