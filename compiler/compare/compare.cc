#include "compiler/compare/compare.h"

#include <algorithm>
#include <map>
#include <unordered_map>

#include "compiler/interpret/interpreter.h"
#include "support/parallel.h"
#include "support/progress.h"

namespace cortado::compiler {
namespace {

// A value of the typed graph that has a float twin, by its place in the list of layers.
struct Pairs {
  std::vector<ComparedLayer> layers;
  std::unordered_map<const ir::Value*, std::size_t> of_typed, of_real;
};

// A quantized input of the program is a node's result: the input of that name is its float twin.
const ir::Value* float_twin(const std::map<std::string, const ir::Value*>& reals, const ir::Value& value) {
  const ir::Node* maker = value.producer;
  const bool is_border = maker != nullptr && maker->op == "quantized_decomposed::quantize_per_tensor.default";
  const auto found = reals.find(is_border ? ir::input_values(*maker)[0]->name : value.name);
  return found == reals.end() || found->second->type.shape != value.type.shape ? nullptr : found->second;
}

bool is_compared(const ir::Value& value) {
  const bool runs = value.kind == ir::ValueKind::result || value.kind == ir::ValueKind::input;
  return runs && value.type.is_quantized() && value.type.quantization->is_per_tensor();
}

void add_pair(Pairs& pairs, const std::map<std::string, const ir::Value*>& reals, const ir::Value& value) {
  if (!is_compared(value)) return;
  const ir::Value* real = float_twin(reals, value);
  if (real == nullptr || real->type.dtype != DType::f32) return;
  pairs.of_typed[&value] = pairs.layers.size();
  pairs.of_real[real] = pairs.layers.size();
  const ir::Node* node = real->producer;
  pairs.layers.push_back({real->name,
                          node != nullptr ? node->op : "",
                          node != nullptr ? node->source.module : "",
                          node != nullptr ? node->source.text() : "",
                          *value.type.quantization,
                          {},
                          {}});
}

Pairs find_pairs(const ir::Graph& normalised, const ir::Graph& typed) {
  std::map<std::string, const ir::Value*> reals;
  for (const auto& value : normalised.values())
    if (value->kind == ir::ValueKind::input || value->kind == ir::ValueKind::result) reals[value->name] = value.get();
  Pairs pairs;
  for (const ir::Value* input : typed.inputs) add_pair(pairs, reals, *input);
  for (const auto& node : typed.nodes())
    for (const ir::Value* output : node->outputs) add_pair(pairs, reals, *output);
  return pairs;
}

using Errors = std::vector<LayerError>;

// One sample through both graphs.
Result<Errors> compare_sample(std::size_t index, const Sample& sample, const Pairs& pairs, Session& real,
                              Session& typed, const CompareOptions& options) {
  std::vector<ir::Tensor> expected(pairs.layers.size());
  auto ran = real.run(sample, [&](const ir::Value& value, const ir::Tensor& tensor) {
    if (const auto found = pairs.of_real.find(&value); found != pairs.of_real.end()) expected[found->second] = tensor;
  });
  if (!ran) return std::move(ran).error();
  Errors errors(pairs.layers.size());
  Status status;
  ran = typed.run(sample, [&](const ir::Value& value, const ir::Tensor& tensor) {
    const auto found = pairs.of_typed.find(&value);
    if (found == pairs.of_typed.end() || !status) return;
    const std::size_t i = found->second;
    errors[i] = layer_error(expected[i], tensor, pairs.layers[i].quantization);
    if (options.dump) status = options.dump(index, pairs.layers[i].name, expected[i], tensor);
  });
  if (!ran) return std::move(ran).error();
  CORTADO_CHECK(status);
  return errors;
}

// The smallest SNR among what the node takes. Through values that are not compared (those merged into an activation,
// the float ones) it looks at what they are made of.
std::optional<double> snr_before(const Pairs& pairs, const ir::Node& node, int depth = 0) {
  std::optional<double> smallest;
  constexpr int most_depth = 4;
  for (const ir::Value* input : ir::input_values(node)) {
    const auto found = pairs.of_typed.find(input);
    std::optional<double> snr;
    if (found != pairs.of_typed.end())
      snr = pairs.layers[found->second].error.snr_db();
    else if (input->producer != nullptr && depth < most_depth)
      snr = snr_before(pairs, *input->producer, depth + 1);
    if (snr) smallest = std::min(smallest.value_or(*snr), *snr);
  }
  return smallest;
}

void find_losses(Pairs& pairs, const ir::Graph& typed) {
  for (const auto& node : typed.nodes()) {
    const std::optional<double> before = snr_before(pairs, *node);
    for (const ir::Value* output : node->outputs)
      if (const auto found = pairs.of_typed.find(output); found != pairs.of_typed.end() && before)
        if (const auto snr = pairs.layers[found->second].error.snr_db())
          pairs.layers[found->second].loss_db = *before - *snr;
  }
}

}  // namespace

Result<std::vector<ComparedLayer>> compare(const ir::Graph& normalised, const ir::Graph& typed,
                                           const SampleSource& samples, const CompareOptions& options) {
  if (samples.size() == 0) return input_error("there are no samples to compare on");
  Pairs pairs = find_pairs(normalised, typed);
  const std::size_t threads = normalised.mutations().empty() ? thread_count(options.threads, samples.size()) : 1;
  std::vector<Session> reals, integers;
  for (std::size_t thread = 0; thread < threads; ++thread) {
    CORTADO_TRY(Session real, Session::create(normalised));
    CORTADO_TRY(Session integer, Session::create(typed));
    reals.push_back(std::move(real));
    integers.push_back(std::move(integer));
  }
  std::vector<Errors> errors(samples.size());
  Progress progress("comparing", samples.size(), options.progress);
  CORTADO_CHECK(parallel_for(samples.size(), threads, [&](std::size_t i, std::size_t thread) -> Status {
    CORTADO_TRY(const Sample sample, samples.sample(i));
    if (samples.begins_sequence(i)) {
      reals[thread].reset();
      integers[thread].reset();
    }
    auto compared = compare_sample(i, sample, pairs, reals[thread], integers[thread], options);
    if (!compared) return std::move(compared).error().in(samples.name(i));
    errors[i] = std::move(compared).value();
    progress.advance();
    return {};
  }));
  for (const Errors& sample : errors)  // in their order, so that no sum depends on the threads
    for (std::size_t i = 0; i < sample.size(); ++i) pairs.layers[i].error.add(sample[i]);
  find_losses(pairs, typed);
  return std::move(pairs.layers);
}

}  // namespace cortado::compiler
