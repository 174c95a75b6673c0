#include "compiler/calibrate/output_noise.h"

#include "compiler/quantize/quantize.h"
#include "ir/clone.h"

namespace cortado::compiler {
namespace {

struct Power {
  double noise = 0, signal = 0;
};

Power power_of(const std::vector<ir::Tensor>& outputs, const std::vector<ir::Tensor>& expected) {
  Power power;
  for (std::size_t output = 0; output < outputs.size(); ++output) {
    if (expected[output].dtype() != DType::f32) continue;
    for (std::int64_t i = 0; i < expected[output].elements(); ++i) {
      const double exact = expected[output].as_double(i), error = outputs[output].as_double(i) - exact;
      power.noise += error * error;
      power.signal += exact * exact;
    }
  }
  return power;
}

}  // namespace

Result<OutputNoise> OutputNoise::create(const ir::Graph& graph, const SampleSource& samples, std::size_t threads,
                                        bool progress) {
  OutputNoise noise;
  noise.graph_ = &graph;
  noise.samples_ = &samples;
  noise.threads_ = threads;
  noise.progress_ = progress;
  noise.expected_.resize(samples.size());
  CORTADO_TRY(const SampleRunner runner, SampleRunner::create(graph, samples, threads, progress));
  CORTADO_CHECK(
      runner.run_outputs("running in float", [&](std::size_t sample, const std::vector<ir::Tensor>& outputs) -> Status {
        noise.expected_[sample] = outputs;
        return {};
      }));
  return noise;
}

Result<double> OutputNoise::of(const Ranges& ranges) const {
  ir::Graph typed = ir::clone(*graph_);
  CORTADO_CHECK(quantize(typed, ranges));
  CORTADO_TRY(const SampleRunner runner, SampleRunner::create(typed, *samples_, threads_, progress_));
  std::vector<Power> powers(samples_->size());
  CORTADO_CHECK(
      runner.run_outputs("running in int8", [&](std::size_t sample, const std::vector<ir::Tensor>& outputs) -> Status {
        powers[sample] = power_of(outputs, expected_[sample]);
        return {};
      }));
  Power sum;
  for (const Power& power : powers) sum.noise += power.noise, sum.signal += power.signal;
  return sum.signal > 0 ? sum.noise / sum.signal : sum.noise;
}

}  // namespace cortado::compiler
