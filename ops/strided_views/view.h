// A view under construction: loops over the output with the strides of both tensors. Host and target, C++17.
#pragma once

#include "ops/checks.h"
#include "ops/strided_copy.h"

namespace cortado::ops {

class StridedView {
 public:
  StridedView(const Tensor& from, const Tensor& to, ErrorReport& report) : check(report), from_(&from), to_(&to) {
    check.that(from.dtype == to.dtype, "out must have the element type of the input");
    strides_of(from, from_stride);
    strides_of(to, to_stride);
  }

  Check check;
  std::int32_t from_stride[max_rank] = {}, to_stride[max_rank] = {};  // of the tensors' own dimensions

  // Adds a loop; loops of one step vanish.
  void loop(std::int64_t size, std::int64_t to_step, std::int64_t from_step) {
    if (!check.ok() || size == 1) return;
    check.range("a size", size, 0, INT32_MAX)
        .range("a stride", from_step, -INT32_MAX, INT32_MAX)
        .range("the dimensions to walk over", static_cast<std::int64_t>(rank_) + 1, 1, max_rank);
    if (!check.ok()) return;
    size_[rank_] = static_cast<std::int32_t>(size);
    stride_[0][rank_] = static_cast<std::int32_t>(to_step);
    stride_[1][rank_++] = static_cast<std::int32_t>(from_step);
  }
  // A loop over dimension `dim` of the output, which has `size` steps.
  void output_loop(std::size_t dim, std::int64_t size, std::int64_t from_step) {
    check.equal("out", "'s size", to_->sizes[dim], size);
    loop(size, to_stride[dim], from_step);
  }
  // The view begins that many elements into the input.
  void begin_at(std::int64_t offset) { begin_ = offset; }

  // Proves that the loops stay inside both tensors and reach each output element once.
  ErrorCode finish(StridedCopy& copy) {
    if (!check.ok()) return check.code();
    std::int64_t elements = 1, lowest[2] = {0, begin_}, highest[2] = {0, begin_};
    for (std::size_t i = 0; i < rank_ && elements <= INT32_MAX; ++i) {
      elements *= size_[i];
      for (int n = 0; n < 2; ++n) {
        const std::int64_t reach = (std::int64_t{size_[i]} - 1) * stride_[n][i];
        (reach < 0 ? lowest : highest)[n] += reach;
      }
    }
    check.equal("out", "'s elements", static_cast<std::int64_t>(to_->elements()), elements);
    if (elements > 0)
      check.that(lowest[0] >= 0 && highest[0] < static_cast<std::int64_t>(to_->elements()), "the view leaves out")
          .that(lowest[1] >= 0 && highest[1] < static_cast<std::int64_t>(from_->elements()),
                "the view leaves the input");
    if (!check.ok()) return check.code();
    copy.nest = make_nest(rank_, size_, stride_);
    copy.to = to_->data;
    copy.element_bytes = static_cast<std::uint8_t>(size_bytes(to_->dtype));
    copy.from = from_->as<const std::uint8_t>() + (elements > 0 ? begin_ : 0) * copy.element_bytes;
    return check.code();
  }

 private:
  const Tensor* from_;
  const Tensor* to_;
  std::size_t rank_ = 0;
  std::int32_t size_[max_rank] = {};
  std::int32_t stride_[2][max_rank] = {};
  std::int64_t begin_ = 0;
};

}  // namespace cortado::ops
