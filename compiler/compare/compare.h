// Layer by layer: a float graph beside the typed graph that was made of it, on the same samples.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "compiler/calibrate/samples.h"
#include "compiler/compare/layer_error.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

struct ComparedLayer {
  std::string name;    // of the value, in both graphs
  std::string op;      // that makes it: "aten::conv2d.default"; "" for an input
  std::string module;  // of the user, may be empty
  std::string source;  // the user's line, may be empty
  ir::Quantization quantization;
  LayerError error;  // over all samples
  // The smallest SNR among its inputs less its own, in dB: what this layer loses. Nothing where an SNR is not defined.
  std::optional<double> loss_db;
};

struct CompareOptions {
  std::size_t threads = 0;  // samples run at a time; 0: as many as there are cores
  bool progress = true;     // on stderr, if that is a terminal
  // Called with both tensors of each layer, from several threads; its errors end the comparison. May be empty.
  std::function<Status(std::size_t sample, const std::string& layer, const ir::Tensor& real, const ir::Tensor& stored)>
      dump;
};

// `typed` is what quantize() made of `normalised`: values keep their names. In order of execution, the values that are
// quantized; those that are merged into an activation are not. Graphs with state keep it within a sequence.
// Errors: no samples, those of the runs.
Result<std::vector<ComparedLayer>> compare(const ir::Graph& normalised, const ir::Graph& typed,
                                           const SampleSource& samples, const CompareOptions& options = {});

}  // namespace cortado::compiler
