// Random lowered graphs of the operators that can be stages, for tests.
#pragma once

#include "ir/graph.h"
#include "ops/cases.h"
#include "tests/native/random_geometry.h"

namespace cortado::testing {

class RandomNetwork {
 public:
  // Seeds from here on: convolutions and depthwise ones in turn, of a form that is computed in planes.
  static constexpr std::uint64_t planar_seeds = std::uint64_t{1} << 32;

  explicit RandomNetwork(std::uint64_t seed) : random_(seed), is_planar_(seed >= planar_seeds) {
    const std::int32_t width = random_.between(is_planar_ ? 4 : 1, 12);
    const std::int32_t height = random_.chance(5) ? 1 : random_.between(1, 12);
    value_ = graph_.add_input("x", image(channels(), height, width));
    for (std::int32_t i = random_.between(1, is_planar_ ? 3 : 7); i > 0; --i) is_planar_ ? grow_planes() : grow();
    graph_.add_output(*value_, "y");
    if (random_.chance(4) && !earlier_.empty()) graph_.add_output(*earlier_[pick(earlier_.size())], "z");
  }
  ir::Graph take() { return std::move(graph_); }

 private:
  using Ints = std::vector<std::int64_t>;

  std::int64_t channels() { return random_.chance(3) ? 16 * random_.between(1, 4) : random_.between(1, 20); }
  std::size_t pick(std::size_t count) {
    return static_cast<std::size_t>(random_.between(0, static_cast<std::int32_t>(count) - 1));
  }
  static ir::Type image(std::int64_t c, std::int64_t h, std::int64_t w) {
    ir::Type type{DType::i8, {1, c, h, w}, ir::channels_last_order, {}};
    type.quantization = ir::quantization(0.1, 0);
    return type;
  }
  ir::Value* random_constant(const char* name, ir::Shape shape) {
    ir::Tensor data(DType::i8, std::move(shape));
    for (std::int64_t i = 0; i < data.elements(); ++i)
      data.mutable_data<std::int8_t>()[i] = static_cast<std::int8_t>(random_.between(-128, 127));
    return graph_.add_constant(name, data);
  }
  ir::Value* integers(const char* name, std::int64_t count, std::int32_t low, std::int32_t high) {
    ir::Tensor data(DType::i32, {count});
    for (std::int64_t i = 0; i < count; ++i) data.mutable_data<std::int32_t>()[i] = random_.between(low, high);
    return graph_.add_constant(name, data);
  }
  void append(const char* op, std::vector<ir::NamedArgument> arguments, ir::Type type) {
    earlier_.push_back(value_);
    value_ = graph_.append(op, "node", std::move(arguments), {std::move(type)})->outputs[0];
  }

  void grow() {
    switch (random_.between(0, 9)) {
      case 0: return activation();
      case 7: return norm();
      case 1: return residual();
      case 2: return pool();
      case 3: return convolution(true);
      case 4: return join();
      case 5: return upsample();
      case 6: return transposed_convolution();
      default: return convolution(false);
    }
  }

  void grow_planes() {
    convolution(false);
    convolution(true);
  }

  void activation() {
    append("cortex_m::quantized_activation.out", {{"input", value_}, {"lut", random_constant("lut", {256})}},
           value_->type);
  }

  // Over the channels of every pixel.
  void norm() {
    const std::int64_t count = value_->type.shape[1];
    append("cortado::quantized_norm.out",
           {{"input", value_},
            {"factors", integers("factors", count, -(1 << 24), 1 << 24)},
            {"offsets", integers("offsets", count, -(1 << 24), 1 << 24)},
            {"count", count},
            {"inner", std::int64_t{1}},
            {"eps", std::int64_t{random_.between(1, 1 << 20)}},
            {"output_zero_point", std::int64_t{random_.between(-128, 127)}}},
           value_->type);
  }

  // With an earlier value of the same sizes, or with itself.
  void residual() {
    ir::Value* other = value_;
    for (ir::Value* candidate : earlier_)
      if (candidate->type.shape == value_->type.shape) other = candidate;
    const auto number = [&](std::int32_t low, std::int32_t high) { return std::int64_t{random_.between(low, high)}; };
    const std::int32_t halved = random_.between(0, 2);  // self or other has the factor 1/2
    const auto multiplier = [&](std::int32_t operand) {
      return halved == operand ? std::int64_t{1} << 30 : number(1 << 30, INT32_MAX);
    };
    const auto shift = [&](std::int32_t operand) { return halved == operand ? std::int64_t{0} : number(-2, 0); };
    const bool limits = random_.chance(2);
    append("cortex_m::quantized_add.out",
           {{"self", value_},
            {"self_zero_point", number(-128, 127)},
            {"self_multiplier", multiplier(0)},
            {"self_shift", shift(0)},
            {"other", other},
            {"other_zero_point", number(-128, 127)},
            {"other_multiplier", multiplier(1)},
            {"other_shift", shift(1)},
            {"output_zero_point", number(-128, 127)},
            {"output_multiplier", number(1 << 30, INT32_MAX)},
            {"output_shift", number(-20, -17)},
            {"activation_min", limits ? number(-128, -100) : -128},
            {"activation_max", limits ? number(50, 127) : 127}},
           value_->type);
  }

  // With earlier values that differ in channels, or in columns, or with itself.
  void join() {
    const std::size_t dim = random_.chance(4) ? 3 : 1;
    ir::Type type = value_->type;
    ir::ValueList parts = {value_};
    for (std::int32_t i = random_.between(1, 3); i > 0; --i) {
      ir::Value* part = value_;
      if (!earlier_.empty() && !random_.chance(4)) part = earlier_[pick(earlier_.size())];
      ir::Shape with_its = type.shape;
      with_its[dim] = part->type.shape[dim];
      if (part->type.shape != with_its || type.shape[dim] + with_its[dim] > 80) continue;
      parts.push_back(part);
      type.shape[dim] += with_its[dim];
    }
    if (parts.size() > 1) append("aten::cat.out", {{"tensors", parts}, {"dim", static_cast<std::int64_t>(dim)}}, type);
  }

  // By whole factors and by others.
  void upsample() {
    const bool whole = random_.chance(2);
    Ints size;
    for (std::size_t d = 2; d < 4; ++d) {
      const std::int64_t in = value_->type.shape[d];
      size.push_back(in == 1 && !random_.chance(4) ? 1 : whole ? in * random_.between(1, 3) : random_.between(1, 20));
    }
    if (size[0] > 40 || size[1] > 40) return;
    const ir::Type type = image(value_->type.shape[1], size[0], size[1]);
    if (!random_.chance(3)) {
      append("aten::upsample_nearest2d.vec_out",
             {{"input", value_}, {"output_size", size}, {"scale_factors", ir::None{}}}, type);
      return;
    }
    const auto real = [](ir::Type t) {
      t.dtype = DType::f32;
      t.quantization = {};
      return t;
    };
    const auto quantization = [&](const char* op, ir::Type t) {
      append(op,
             {{"input", value_},
              {"scale", 0.1},
              {"zero_point", std::int64_t{3}},
              {"quant_min", std::int64_t{-128}},
              {"quant_max", std::int64_t{127}},
              {"dtype", DType::i8}},
             std::move(t));
      earlier_.pop_back();  // others read int8
    };
    ir::Value* const source = value_;
    quantization("cortex_m::dequantize_per_tensor.out", real(value_->type));
    append(
        "aten::upsample_bilinear2d.vec_out",
        {{"input", value_}, {"output_size", size}, {"align_corners", random_.chance(2)}, {"scale_factors", ir::None{}}},
        real(type));
    earlier_.pop_back();
    quantization("cortex_m::quantize_per_tensor.out", type);
    earlier_.push_back(source);
  }

  void transposed_convolution() {
    Ints kernel, stride, padding, output_padding, size;
    for (std::size_t d = 0; d < 2; ++d) {
      kernel.push_back(random_.between(1, 4));
      stride.push_back(random_.between(1, 3));
      padding.push_back(random_.between(0, 2));
      output_padding.push_back(random_.between(0, static_cast<std::int32_t>(stride[d]) - 1));
      size.push_back((value_->type.shape[2 + d] - 1) * stride[d] - 2 * padding[d] + kernel[d] + output_padding[d]);
      if (size[d] < 1 || size[d] > 40) return;
    }
    const std::int64_t out = random_.between(1, 12);
    append("cortex_m::quantized_transpose_conv2d.out",
           {{"input", value_},
            {"weight", random_constant("weight", {out, kernel[0], kernel[1], value_->type.shape[1]})},
            {"bias", integers("bias", out, -20000, 20000)},
            {"stride", stride},
            {"padding", padding},
            {"output_padding", output_padding},
            {"dilation", Ints{1, 1}},
            {"input_offset", std::int64_t{random_.between(-127, 128)}},
            {"output_offset", std::int64_t{random_.between(-100, 100)}},
            {"requantize_multipliers", integers("multipliers", out, 1 << 30, INT32_MAX)},
            {"requantize_shifts", integers("shifts", out, -10, -4)},
            {"activation_min", std::int64_t{-128}},
            {"activation_max", std::int64_t{127}},
            {"scratch", graph_.add_scratch("s", 0)},
            {"output_scratch", graph_.add_scratch("s", 0)}},
           image(out, size[0], size[1]));
  }

  void pool() {
    Geometry g;
    if (!g.choose(value_->type.shape, 0, random_)) return;
    const ir::Type type = image(value_->type.shape[1], g.size[0], g.size[1]);
    std::vector<ir::NamedArgument> arguments = {
        {"input", value_}, {"kernel_size", g.kernel}, {"stride", g.stride}, {"padding", g.padding}};
    const std::int64_t zero = 0, low = -128, high = 127;
    if (random_.chance(2)) {
      for (auto& [name, value] : std::vector<ir::NamedArgument>{{"ceil_mode", false},
                                                                {"zero_point", zero},
                                                                {"multiplier", zero},
                                                                {"shift", zero},
                                                                {"scratch", graph_.add_scratch("s", 0)}})
        arguments.push_back({name, value});
      append("cortex_m::quantized_avg_pool2d.out", std::move(arguments), type);
    } else {
      for (auto& [name, value] : std::vector<ir::NamedArgument>{{"dilation", Ints{1, 1}},
                                                                {"ceil_mode", false},
                                                                {"input_zero_point", zero},
                                                                {"output_zero_point", zero},
                                                                {"activation_min", low},
                                                                {"activation_max", high}})
        arguments.push_back({name, value});
      append("cortex_m::quantized_max_pool2d.out", std::move(arguments), type);
    }
  }

  // A border that convolutions can take over as padding, when their input's zero point is `value`.
  void pad(std::int64_t value) {
    const auto side = [&] { return std::int64_t{random_.between(0, 2)}; };
    const Ints before = {0, side(), side(), 0}, after = {0, side(), side(), 0};
    const ir::Shape& s = value_->type.shape;
    append("cortex_m::pad.out", {{"input", value_}, {"pre_pad", before}, {"post_pad", after}, {"pad_value", value}},
           image(s[1], s[2] + before[1] + after[1], s[3] + before[2] + after[2]));
  }

  void convolution(bool depthwise) {
    Geometry g;
    const std::int64_t input_offset = random_.between(-127, 128);
    if (random_.chance(is_planar_ ? 12 : 4)) pad(random_.chance(4) ? 0 : -input_offset);
    const bool pointwise = !depthwise && random_.chance(2);
    if (pointwise)
      g.size = {value_->type.shape[2], value_->type.shape[3]};
    else if (!g.choose(value_->type.shape, is_planar_ ? 20 : 4, random_))
      return;
    const std::int64_t in = value_->type.shape[1];
    const std::int64_t multiplier = depthwise && !is_planar_ && random_.chance(4) ? random_.between(2, 3) : 1;
    const bool large = pointwise && random_.chance(6);  // more weights than a small cache holds
    const std::int64_t out = depthwise           ? in * multiplier
                             : large             ? 16 * random_.between(20, 32)
                             : random_.chance(2) ? 4 * random_.between(1, 12)
                                                 : channels();
    const std::int64_t groups = !depthwise && !is_planar_ && in % 2 == 0 && out % 2 == 0 && random_.chance(4) ? 2 : 1;
    ir::Shape weight = {out, g.kernel[0], g.kernel[1], in / groups};
    if (depthwise) weight = {1, g.kernel[0], g.kernel[1], out};
    const bool relu = random_.chance(2) || (is_planar_ && random_.chance(2));
    const std::int64_t offset = relu ? -128 : random_.between(-100, 100);
    const bool limits = !is_planar_ && random_.chance(3);
    std::vector<ir::NamedArgument> arguments = {{"input", value_},
                                                {"weight", random_constant("weight", weight)},
                                                {"bias", integers("bias", out, -20000, 20000)},
                                                {"stride", g.stride},
                                                {"padding", g.padding},
                                                {"dilation", g.dilation}};
    if (depthwise) arguments.push_back({"depth_multiplier", multiplier});
    const bool fast = is_planar_ || !random_.chance(5);
    for (auto& [name, value] :
         std::vector<ir::NamedArgument>{{"input_offset", input_offset},
                                        {"output_offset", offset},
                                        {"requantize_multipliers", integers("multipliers", out, 1 << 30, INT32_MAX)},
                                        {"requantize_shifts", integers("shifts", out, -10, fast ? -6 : 2)},
                                        {"activation_min", std::int64_t{limits ? random_.between(-128, 0) : -128}},
                                        {"activation_max", std::int64_t{limits ? random_.between(0, 127) : 127}},
                                        {"scratch", graph_.add_scratch("s", 0)}})
      arguments.push_back({name, value});
    append(depthwise ? "cortex_m::quantized_depthwise_conv2d.out" : "cortex_m::quantized_conv2d.out",
           std::move(arguments), image(out, g.size[0], g.size[1]));
  }

  ops::Random random_;
  const bool is_planar_;
  ir::Graph graph_;
  ir::Value* value_ = nullptr;
  std::vector<ir::Value*> earlier_;
};

}  // namespace cortado::testing
