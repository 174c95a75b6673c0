// Random networks many of whose channels have no effect compute the same bytes without these.
#include <cstdlib>

#include "tests/native/channel_network.h"

namespace cortado::testing {
namespace {

class RandomChannels {
 public:
  explicit RandomChannels(std::uint64_t seed) : net_(seed), random_(seed + (std::uint64_t{1} << 32)) {
    value_ = net_.input(random_.between(1, 12), random_.between(1, 6), random_.between(1, 6));
    for (std::int32_t i = random_.between(2, 8); i > 0; --i) grow();
    if (random_.chance(3)) value_ = net_.linear(net_.flatten(value_), random_.chance(2), layer_edit());
    if (random_.chance(3))
      value_ =
          net_.linear(value_->type.shape.size() == 2 ? value_ : net_.flatten(value_), random_.chance(2), layer_edit());
    net_.graph.add_output(*value_, "y");
    if (random_.chance(6) && !earlier_.empty()) net_.graph.add_output(*earlier_.back(), "z");
  }
  const ir::Graph& graph() const { return net_.graph; }

 private:
  // Some outputs of a layer die, some of its inputs are not read, some factors are tiny, some biases wide.
  Edit layer_edit() {
    const std::int32_t odds = random_.between(1, 4);
    const std::int32_t stored = random_.chance(2) ? ChannelNetwork::zero_point : random_.between(-128, 127);
    return [=, this](LayerData& data) {
      for (std::int64_t o = 0; o < data.outputs(); ++o) {
        if (random_.chance(odds + 1))
          data.kill(o, random_.chance(4) ? random_.between(INT32_MIN, INT32_MAX) : (stored - zero_point) * 256);
        if (data.shifts.elements() != 0 && random_.chance(odds * 6))
          data.shifts.mutable_data<std::int32_t>()[o] = random_.between(-31, 2);
        if (random_.chance(12)) data.bias.mutable_data<std::int32_t>()[o] = random_.chance(2) ? INT32_MAX : INT32_MIN;
      }
      const bool depthwise = data.weight.rank() == 4 && data.weight.shape()[0] == 1;
      for (std::int64_t i = 0; !depthwise && i < data.weight.shape().back(); ++i)
        if (random_.chance(odds + 1)) data.ignore(i);
    };
  }
  LayerShape layer_shape() {
    const ir::Shape& s = value_->type.shape;
    LayerShape shape;
    shape.outputs = random_.between(1, 14);
    shape.kernel = random_.chance(2) ? 1 : random_.between(1, 3);
    shape.padding = random_.chance(3) ? shape.kernel / 2 : 0;
    if (std::min(s[2], s[3]) + 2 * shape.padding < shape.kernel) shape.kernel = 1;
    shape.stride = random_.chance(4) ? 2 : 1;
    return shape;
  }
  ir::Value* partner() {
    for (auto earlier = earlier_.rbegin(); earlier != earlier_.rend(); ++earlier)
      if ((*earlier)->type.shape == value_->type.shape) return *earlier;
    return value_;
  }
  // Of one entry a channel, a row of them, or one of all.
  ir::Value* constant_operand() {
    const std::int64_t c = value_->type.shape[1];
    const ir::Shape shapes[] = {{1, c, 1, 1}, {c, 1, 1}, {1, 1, 1, 1}, {value_->type.shape[3]}};
    return net_.graph.add_constant("operand", net_.bytes(shapes[random_.between(0, 3)]));
  }
  void grow() {
    ir::Value* const before = value_;
    switch (random_.between(0, 13)) {
      case 0: value_ = net_.add(value_, partner()); break;
      case 1: value_ = net_.multiply(value_, random_.chance(2) ? partner() : constant_operand()); break;
      case 2: value_ = net_.table(value_); break;
      case 3: value_ = net_.clamp(value_, random_.between(-128, 0), random_.between(0, 127)); break;
      case 4: value_ = net_.larger(value_, partner()); break;
      case 5: value_ = net_.pad(value_, random_.chance(2) ? zero_point : random_.between(-128, 127)); break;
      case 6: value_ = net_.pool(value_, random_.chance(2)); break;
      case 7: value_ = net_.join(value_, partner(), random_.between(1, 3)); break;
      case 8:
      case 9: value_ = net_.depthwise(value_, layer_shape(), layer_edit(), random_.chance(4) ? 2 : 1); break;
      default: value_ = net_.conv(value_, layer_shape(), layer_edit());
    }
    earlier_.push_back(before);
  }

  static constexpr auto zero_point = static_cast<std::int32_t>(ChannelNetwork::zero_point);
  ChannelNetwork net_;
  ops::Random random_;
  ir::Value* value_ = nullptr;
  std::vector<ir::Value*> earlier_;
};

TEST(DropChannels, RandomNetworksKeepTheirBytes) {
  const std::uint64_t count = std::getenv("CORTADO_THOROUGH") != nullptr ? 100'000 : 2'000;
  std::uint64_t smaller = 0;
  for (std::uint64_t seed = 1; seed <= count && !::testing::Test::HasFailure(); ++seed) {
    SCOPED_TRACE("network " + std::to_string(seed));
    smaller += checked_drop(RandomChannels(seed).graph(), seed % 2 == 0) != 0 ? 1 : 0;
  }
  EXPECT_GT(smaller, count / 4);
}

}  // namespace
}  // namespace cortado::testing
