// What the channel rules of int8 convolutions have in common. Host.
#pragma once

#include "ops/channel_rule.h"

namespace cortado::ops {

// What sums of products can be, in 64 bits.
struct SumRange {
  std::int64_t least = 0, greatest = 0;

  void add(SumRange other) { least += other.least, greatest += other.greatest; }
  // The same as kernels have it, whose 32 bits wrap around; false: it does not lie in one piece there.
  bool wrap();
};

// weight · (x + offset), with x in the interval.
SumRange product_range(std::int32_t weight, Interval x, std::int32_t offset);

// The arguments that both convolutions have, of a node that has_filter().
class Filter {
 public:
  explicit Filter(const ir::Node& node);

  const ir::Tensor& weight() const { return weight_->data; }
  std::int64_t rows() const { return weight().shape()[1]; }
  std::int64_t columns() const { return weight().shape()[2]; }
  std::int64_t last() const { return weight().shape()[3]; }
  std::int32_t weight_at(std::int64_t o, std::int64_t row, std::int64_t column, std::int64_t i) const {
    return weight().data<std::int8_t>()[((o * rows() + row) * columns() + column) * last() + i];
  }
  std::int32_t input_offset() const { return input_offset_; }
  std::int32_t bias(std::size_t o) const { return bias_ != nullptr ? bias_->data.data<std::int32_t>()[o] : 0; }

  // Whether the tap lies outside the image for some output: there it adds nothing.
  bool may_be_outside(std::int64_t row, std::int64_t column) const;
  bool is_always_inside() const;
  // What output o can be when its sum, bias included, lies in the range.
  Interval output_range(std::size_t o, SumRange sum) const;

  // Puts in the bias, and what belongs to each output, for the outputs that stay; null: all.
  static void set_outputs(ir::Graph& graph, ir::Node& node, ir::Tensor bias, const std::vector<std::size_t>* kept);

 private:
  struct Axis {
    std::int64_t input, output, kernel, stride, padding, dilation;
    bool may_be_outside(std::int64_t tap) const {
      const std::int64_t at = tap * dilation - padding;
      return at < 0 || (output - 1) * stride + at >= input;
    }
  };
  Axis axis(const ir::Node& node, std::size_t dimension) const;

  const ir::Value *weight_, *bias_, *multipliers_, *shifts_;
  std::int32_t input_offset_, output_offset_, activation_min_, activation_max_;
  Axis y_, x_;
};

// Whether all is there that Filter reads, on an i8 image; the constants have `outputs` entries.
bool has_filter(const ir::Node& node, std::int64_t outputs);

}  // namespace cortado::ops
