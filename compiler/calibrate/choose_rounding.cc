#include "compiler/calibrate/choose_rounding.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>

#include "compiler/calibrate/descend_pairs.h"
#include "compiler/calibrate/descend_rounding.h"
#include "compiler/calibrate/layer_columns.h"
#include "compiler/calibrate/sample_runner.h"
#include "compiler/calibrate/some_samples.h"
#include "compiler/quantize/rules.h"
#include "compiler/quantize/weights.h"
#include "support/parallel.h"
#include "support/progress.h"

namespace cortado::compiler {
namespace {

struct Layer {
  const ir::Node* node = nullptr;
  LayerColumns shape;
  std::vector<Covariance> covariances;  // one a group
  std::size_t covariance_elements() const { return static_cast<std::size_t>(shape.groups * shape.taps * shape.taps); }
};

ir::Quantization nearest_quantization(const Layer& layer) {
  const ops::QuantizationRule& rule = *int8_rule(*layer.node);
  const int axis = rule.weight_per_channel ? rule.weight_axis : ir::Quantization::per_tensor;
  return weight_quantization(safe_scales(weight_scales(layer.shape.weight->data, axis), {}, 1, 1), axis);
}

// The weights are multiples of their steps already, as those of a network are that was quantized before.
bool is_exact(const Layer& layer) {
  constexpr double exact = 1e-3;  // steps
  const ir::Tensor& weight = layer.shape.weight->data;
  const ir::Quantization quantization = nearest_quantization(layer);
  const ir::Tensor error = rounding_error(weight, rounded_weight(weight, quantization), quantization);
  const auto row = static_cast<std::size_t>(layer.shape.taps);
  for (std::size_t i = 0; i < static_cast<std::size_t>(error.elements()); ++i) {
    const double step = quantization.scale[i / row % quantization.scale.size()];
    if (std::fabs(static_cast<double>(error.data<float>()[i])) > exact * step) return false;
  }
  return true;
}

std::vector<Layer> find_layers(const ir::Graph& graph, std::int64_t most_taps) {
  std::vector<Layer> layers;
  for (const auto& node : graph.nodes()) {
    auto shape = layer_columns(*node);
    if (!shape || shape->taps > most_taps) continue;
    Layer layer{node.get(), *std::move(shape), {}};
    if (!is_exact(layer)) layers.push_back(std::move(layer));
  }
  return layers;
}

// Layers first … last − 1 whose covariances are in memory at the same time: at most 2^27 numbers, or one layer.
std::size_t end_of_batch(const std::vector<Layer>& layers, std::size_t first) {
  constexpr std::size_t most_elements = std::size_t{1} << 27;
  std::size_t elements = 0, last = first;
  while (last < layers.size() && (last == first || elements + layers[last].covariance_elements() <= most_elements))
    elements += layers[last++].covariance_elements();
  return last;
}

struct Columns {
  std::vector<float> numbers;
  std::int64_t positions = 0;
};
using BlockColumns = std::vector<std::vector<Columns>>;  // [sample of the block][layer]

Result<BlockColumns> gather(const ir::Graph& graph, const SampleSource& samples, std::span<const Layer> layers,
                            std::size_t first, std::size_t count, std::size_t threads) {
  // Few samples tell more by more of their positions.
  const auto fewest = static_cast<std::int64_t>(std::max<std::size_t>(16, 256 / samples.size()));
  std::unordered_map<const ir::Value*, std::vector<std::size_t>> readers;
  for (std::size_t i = 0; i < layers.size(); ++i) readers[layers[i].shape.input].push_back(i);
  const SomeSamples block(samples, first, 1, count);
  CORTADO_TRY(const SampleRunner runner, SampleRunner::create(graph, block, threads, false));
  BlockColumns columns(count, std::vector<Columns>(layers.size()));
  CORTADO_CHECK(
      runner.run("", [&](std::size_t sample, std::size_t, const ir::Value& value, const ir::Tensor& tensor) -> Status {
        const auto found = readers.find(&value);
        if (found == readers.end()) return {};
        for (const std::size_t i : found->second) {
          Columns& place = columns[sample][i];
          place.positions = gather_columns(layers[i].shape, tensor, first + sample, fewest, place.numbers);
        }
        return {};
      }));
  return columns;
}

void accumulate(Layer& layer, std::size_t index, const BlockColumns& block) {
  for (const std::vector<Columns>& sample : block) {
    const Columns& columns = sample[index];
    if (columns.positions == 0) continue;
    const std::size_t size = static_cast<std::size_t>(layer.shape.taps * columns.positions);
    for (std::size_t g = 0; g < layer.covariances.size(); ++g)
      layer.covariances[g].add(std::span(columns.numbers).subspan(g * size, size), columns.positions);
  }
}

// A block of samples runs at a time, a sample a thread; each covariance then takes the block's samples in their order.
Status measure(const ir::Graph& graph, const SampleSource& samples, std::span<Layer> layers, std::size_t threads,
               Progress& progress) {
  const std::size_t block_size = graph.mutations().empty() ? 16 : samples.size();  // state makes the samples a sequence
  for (Layer& layer : layers)
    layer.covariances.assign(static_cast<std::size_t>(layer.shape.groups),
                             Covariance(static_cast<std::size_t>(layer.shape.taps)));
  for (std::size_t first = 0; first < samples.size(); first += block_size) {
    const std::size_t count = std::min(block_size, samples.size() - first);
    CORTADO_TRY(const BlockColumns block, gather(graph, samples, layers, first, count, threads));
    CORTADO_CHECK(parallel_for(layers.size(), threads, [&](std::size_t i, std::size_t) -> Status {
      accumulate(layers[i], i, block);
      return {};
    }));
    for (std::size_t i = 0; i < count; ++i) progress.advance();
  }
  return {};
}

// The rows of a layer, and what they start from.
struct Descent {
  ir::Quantization quantization;
  ir::Tensor nearest, rounded;
  std::vector<std::vector<float>> covariances;  // empty: the group's rows stay
  std::vector<std::vector<std::size_t>> orders;
};

Descent start_descent(Layer& layer) {
  const ir::Tensor& weight = layer.shape.weight->data;
  Descent descent;
  descent.quantization = nearest_quantization(layer);
  descent.nearest = descent.rounded = rounded_weight(weight, descent.quantization);
  for (Covariance& covariance : layer.covariances) {
    descent.covariances.push_back(covariance.damped());
    descent.orders.push_back(descent.covariances.back().empty()
                                 ? std::vector<std::size_t>()
                                 : by_decreasing_diagonal(descent.covariances.back(), covariance.taps()));
  }
  layer.covariances.clear();
  return descent;
}

void descend_row(const Layer& layer, const Descent& descent, std::size_t row, std::int8_t* rounded) {
  const auto taps = static_cast<std::size_t>(layer.shape.taps);
  const std::size_t group = row / static_cast<std::size_t>(layer.shape.rows() / layer.shape.groups);
  if (descent.covariances[group].empty()) return;
  const auto& scales = descent.quantization.scale;
  const double scale = scales[row % scales.size()];
  const std::span weight(layer.shape.weight->data.data<float>() + row * taps, taps);
  const std::span to(rounded + row * taps, taps);
  descend_rounding(weight, scale, descent.covariances[group], descent.orders[group], to);
  if (taps <= most_taps_of_pairs) descend_pairs(weight, scale, descent.covariances[group], to);
}

Status round(Layer& layer, std::size_t threads, Roundings& roundings) {
  Descent descent = start_descent(layer);
  std::int8_t* rounded = descent.rounded.mutable_data<std::int8_t>();
  constexpr std::size_t rows_at_a_time = 8;
  const auto rows = static_cast<std::size_t>(layer.shape.rows());
  const std::size_t chunks = (rows + rows_at_a_time - 1) / rows_at_a_time;
  CORTADO_CHECK(parallel_for(chunks, thread_count(threads, chunks), [&](std::size_t chunk, std::size_t) -> Status {
    for (std::size_t row = chunk * rows_at_a_time; row < std::min(rows, (chunk + 1) * rows_at_a_time); ++row)
      descend_row(layer, descent, row, rounded);
    return {};
  }));
  const std::int8_t* nearest = descent.nearest.data<std::int8_t>();
  std::vector<std::int8_t> steps(static_cast<std::size_t>(descent.rounded.elements()));
  for (std::size_t i = 0; i < steps.size(); ++i)
    steps[i] = static_cast<std::int8_t>(std::clamp(rounded[i] - nearest[i], -largest_rounding, largest_rounding));
  if (std::any_of(steps.begin(), steps.end(), [](std::int8_t step) { return step != 0; }))
    roundings[layer.node->name] = std::move(steps);
  return {};
}

}  // namespace

Result<Roundings> choose_roundings(const ir::Graph& graph, const SampleSource& samples, std::int64_t most_taps,
                                   std::size_t threads, bool progress) {
  std::vector<Layer> layers = find_layers(graph, most_taps);
  if (layers.empty()) return Roundings();
  std::size_t passes = 0;
  for (std::size_t first = 0; first < layers.size(); first = end_of_batch(layers, first)) ++passes;
  Progress shown("rounding weights", passes * samples.size() + layers.size(), progress);
  Roundings roundings;
  for (std::size_t first = 0; first < layers.size();) {
    const std::size_t last = end_of_batch(layers, first);
    const std::span batch(layers.data() + first, last - first);
    CORTADO_CHECK(measure(graph, samples, batch, thread_count(threads, samples.size()), shown));
    for (Layer& layer : batch) {
      CORTADO_CHECK(round(layer, threads, roundings));
      shown.advance();
    }
    first = last;
  }
  return roundings;
}

}  // namespace cortado::compiler
