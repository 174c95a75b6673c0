// Checks that most kernels make while they are prepared. Host and target, C++17.
#pragma once

#include "ops/contract.h"
#include "support/error_report.h"

namespace cortado::ops {

// Runs checks in order and keeps the first failure:
//   Check check(report);
//   check.dtype("input", args.input, DType::i8).rank("input", args.input, 4).range("stride", stride, 1, 255);
//   return check.code();
class Check {
 public:
  explicit Check(ErrorReport& report) : report_(&report) {}

  ErrorCode code() const { return report_->code(); }
  bool ok() const { return code() == ErrorCode::ok; }

  Check& that(bool holds, Wording message) {
    if (ok() && !holds) report_->fail(ErrorCode::unsupported, message);
    return *this;
  }
  Check& dtype(Wording name, const Tensor& tensor, DType expected) {
    if (ok() && tensor.dtype != expected)
      report_->fail(ErrorCode::unsupported, name)
          .add(" is ")
          .add(cortado::name(tensor.dtype))
          .add(", must be ")
          .add(cortado::name(expected));
    return *this;
  }
  Check& rank(Wording name, const Tensor& tensor, std::int64_t expected) {
    return equal(name, " rank", tensor.rank, expected);
  }
  Check& equal(Wording name, Wording what, std::int64_t value, std::int64_t expected) {
    if (ok() && value != expected)
      report_->fail(ErrorCode::unsupported, name).add(what).add(" is ").add(value).add(", must be ").add(expected);
    return *this;
  }
  Check& range(Wording name, std::int64_t value, std::int64_t low, std::int64_t high) {
    if (ok() && (value < low || value > high))
      report_->fail(ErrorCode::unsupported, name).add(" is ").add(value).add(", must be ").add(low).add("…").add(high);
    return *this;
  }
  // Fixed-point factors as support/fixed_point.h takes them.
  Check& factor(Wording name, std::int64_t multiplier, std::int64_t shift) {
    return range(name, multiplier, -INT64_C(0x7fffffff), INT64_C(0x7fffffff)).range(name, shift, -31, 31);
  }
  Check& contiguous(Wording name, const Tensor& tensor) {
    if (!ok()) return *this;
    std::int32_t last = -1;
    for (std::size_t i = 0; i < tensor.rank; ++i) {
      const std::uint8_t dim = tensor.dim_order[i];
      if (tensor.sizes[dim] == 1) continue;
      if (dim < last) {
        report_->fail(ErrorCode::unsupported, name).add(" must be contiguous");
        return *this;
      }
      last = dim;
    }
    return *this;
  }
  Check& channels_last(Wording name, const Tensor& tensor) {
    if (ok() && !is_channels_last(tensor)) report_->fail(ErrorCode::unsupported, name).add(" must be channels last");
    return *this;
  }
  // Memory that the kernel writes must not be a constant, which may lie in flash.
  Check& writable(Wording name, const Tensor& tensor) {
    if (ok() && tensor.is_constant)
      report_->fail(ErrorCode::invalid_program, name).add(" is written but is a constant");
    return *this;
  }
  // A dimension as PyTorch counts it, negative from the end; the result is less than max(rank, 1), or 0 on failure.
  std::size_t dimension(Wording name, std::int64_t dim, std::size_t rank) {
    const auto count = static_cast<std::int64_t>(rank == 0 ? 1 : rank);
    range(name, dim, -count, count - 1);
    return !ok() ? 0 : static_cast<std::size_t>(dim < 0 ? dim + count : dim);
  }
  // i8 limits with low ≤ high.
  Check& activation(std::int64_t low, std::int64_t high) {
    return range("activation_min", low, -128, 127).range("activation_max", high, low, 127);
  }

 private:
  ErrorReport* report_;
};

}  // namespace cortado::ops
