#include "compiler/calibrate/helpful_gains.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "compiler/calibrate/int8_parameters.h"
#include "compiler/calibrate/sample_runner.h"
#include "compiler/interpret/interpreter.h"
#include "compiler/quantize/rules.h"

namespace cortado::compiler {
namespace {

// The tensor as int8 with the parameters of `range` tells it.
ir::Tensor rounded(const ir::Tensor& tensor, Interval range) {
  const ir::Quantization parameters = int8_parameters(range);
  const double scale = parameters.scale[0], zero_point = parameters.zero_point[0];
  ir::Tensor result = tensor;
  float* x = result.mutable_data<float>();
  for (std::int64_t i = 0; i < result.elements(); ++i) {
    const double stored = std::clamp(std::nearbyint(static_cast<double>(x[i]) / scale) + zero_point, -128.0, 127.0);
    x[i] = static_cast<float>((stored - zero_point) * scale);
  }
  return result;
}

std::vector<double> inverse(const std::vector<double>& gains) {
  std::vector<double> result;
  for (const double gain : gains) result.push_back(1 / gain);
  return result;
}

// What the reader and the activation that is merged into it make of `input`.
Result<ir::Tensor> read_by(const ir::Graph& graph, const ir::Node& reader, const ir::Value& value,
                           const ir::Tensor& input) {
  const auto evaluate = [](const ir::Node& node, const ir::Value& given, const ir::Tensor& tensor) {
    return evaluate_node(node, [&](const ir::Value& operand) { return &operand == &given ? tensor : operand.data; });
  };
  CORTADO_TRY(std::vector<ir::Tensor> outputs, evaluate(reader, value, input));
  const ir::Node* activation = fused_activation(graph, reader);
  if (activation == nullptr) return std::move(outputs[0]);
  CORTADO_TRY(outputs, evaluate(*activation, *reader.outputs[0], outputs[0]));
  return std::move(outputs[0]);
}

double squared_distance(const ir::Tensor& a, const ir::Tensor& b) {
  double sum = 0;
  for (std::int64_t i = 0; i < a.elements(); ++i) {
    const double difference = static_cast<double>(a.data<float>()[i]) - static_cast<double>(b.data<float>()[i]);
    sum += difference * difference;
  }
  return sum;
}

struct Noise {
  double plain = 0, gained = 0;
};

Result<Noise> noise_of(const ir::Graph& graph, const GainPlace& place, const ir::Tensor& tensor, const Ranges& plain,
                       const Ranges& gained) {
  const std::string& name = place.value->name;
  const std::vector<double>& gains = gained.gains.at(name);
  const ir::Tensor without = rounded(tensor, plain.values.at(name).range);
  const ir::Tensor with = multiplied(rounded(multiplied(tensor, gains), gained.values.at(name).range), inverse(gains));
  Noise noise;
  for (const ir::Node* reader : place.depthwise) {
    CORTADO_TRY(const ir::Tensor exact, read_by(graph, *reader, *place.value, tensor));
    CORTADO_TRY(const ir::Tensor from_plain, read_by(graph, *reader, *place.value, without));
    CORTADO_TRY(const ir::Tensor from_gained, read_by(graph, *reader, *place.value, with));
    noise.plain += squared_distance(from_plain, exact);
    noise.gained += squared_distance(from_gained, exact);
  }
  return noise;
}

}  // namespace

Result<Gains> helpful_gains(const ir::Graph& graph, const SampleSource& samples, const Ranges& plain,
                            const Ranges& gained, std::size_t threads, bool progress) {
  std::vector<GainPlace> places = find_gain_places(graph);
  std::erase_if(places, [&](const GainPlace& place) { return !gained.gains.contains(place.value->name); });
  std::unordered_map<const ir::Value*, std::size_t> index;
  for (std::size_t i = 0; i < places.size(); ++i) index[places[i].value] = i;
  CORTADO_TRY(const SampleRunner runner, SampleRunner::create(graph, samples, threads, progress));
  std::vector<std::vector<Noise>> noises(places.size(), std::vector<Noise>(samples.size()));
  CORTADO_CHECK(runner.run(
      "trying gains", [&](std::size_t sample, std::size_t, const ir::Value& value, const ir::Tensor& tensor) -> Status {
        const auto found = index.find(&value);
        if (found == index.end()) return {};
        CORTADO_TRY(noises[found->second][sample], noise_of(graph, places[found->second], tensor, plain, gained));
        return {};
      }));
  Gains kept;
  for (std::size_t i = 0; i < places.size(); ++i) {
    Noise sum;
    for (const Noise& noise : noises[i]) sum.plain += noise.plain, sum.gained += noise.gained;
    const std::string& name = places[i].value->name;
    if (sum.gained < sum.plain) kept[name] = gained.gains.at(name);
  }
  return kept;
}

}  // namespace cortado::compiler
