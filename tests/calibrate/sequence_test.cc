// Calibration of graphs with state.
#include <gtest/gtest.h>

#include "compiler/calibrate/calibrate.h"

namespace cortado::compiler {
namespace {

// y = x + state, and the state becomes y.
ir::Graph accumulator() {
  const ir::Type type{DType::f32, {1}, {}, {}};
  ir::Graph graph;
  ir::Value* x = graph.add_input("x", type);
  ir::Value* state = graph.add_state("state", ir::Tensor(DType::f32, {1}));
  ir::Value* y = graph.append("aten::add.Tensor", "y", {{"self", x}, {"other", state}}, {type})->outputs[0];
  graph.add_output(*y, "y");
  graph.add_mutation(*state, *y);
  return graph;
}

// Ones, in sequences of `length`.
class Ones final : public SampleSource {
 public:
  explicit Ones(std::size_t length) : length_(length) {}
  std::size_t size() const override { return 12; }
  Result<Sample> sample(std::size_t) const override { return Sample{ir::Tensor::of<float>(DType::f32, {1}, {1})}; }
  bool begins_sequence(std::size_t i) const override { return i % length_ == 0; }

 private:
  std::size_t length_;
};

TEST(Sequences, StateCarriesOverWithinOne) {
  CalibrationOptions options;
  options.progress = false;
  for (const std::size_t length : {1u, 3u, 12u}) {
    const auto ranges = calibrate(accumulator(), Ones(length), options);
    ASSERT_TRUE(ranges) << ranges.error().text();
    EXPECT_EQ(ranges.value().values.at("y").observed.hi, static_cast<double>(length));
  }
}

}  // namespace
}  // namespace cortado::compiler
