// The shared conformance cases, evaluated: a graph, its inputs and what PyTorch made of them.
#pragma once

#include <cmath>
#include <filesystem>

#include "compiler/import/import.h"
#include "compiler/interpret/interpreter.h"
#include "formats/tensors/npz.h"
#include "tests/shared.h"

namespace cortado::testing {

// The tensors named prefix0, prefix1, … of an .npz, in this order.
inline std::vector<ir::Tensor> numbered(const formats::NamedTensors& tensors, const std::string& prefix) {
  std::vector<ir::Tensor> list;
  for (std::size_t i = 0; i < tensors.size(); ++i)
    for (const auto& entry : tensors)
      if (entry.name == prefix + std::to_string(i)) list.push_back(entry.tensor);
  return list;
}

struct EvaluatedCase {
  std::vector<ir::Tensor> inputs, expected;
};

// inputs.npz and `outputs` of a case's folder.
inline Result<EvaluatedCase> read_case(const std::filesystem::path& folder, const char* outputs) {
  CORTADO_TRY(const auto inputs, formats::read_npz(folder / "inputs.npz"));
  CORTADO_TRY(const auto expected, formats::read_npz(folder / outputs));
  return EvaluatedCase{numbered(inputs, "input_"), numbered(expected, "output_")};
}

// Those that the graph takes: numbers that the user's function took are part of the program.
inline std::vector<ir::Tensor> inputs_of(const ir::Graph& graph, std::vector<ir::Tensor> inputs) {
  if (inputs.size() > graph.inputs.size())
    std::erase_if(inputs, [](const ir::Tensor& tensor) { return tensor.rank() == 0; });
  return inputs;
}

struct Difference {
  double largest = 0;          // absolute
  double magnitude = 0;        // largest |expected|
  std::int64_t differing = 0;  // elements that are not equal
};

// NaN equals NaN, an infinity itself. An error when types or shapes differ.
inline Result<Difference> compare(const ir::Tensor& actual, const ir::Tensor& expected) {
  if (actual.shape() != expected.shape() || actual.dtype() != expected.dtype())
    return internal_error("made " + ir::to_string(ir::Type{actual.dtype(), actual.shape(), {}, {}}) + ", expected " +
                          ir::to_string(ir::Type{expected.dtype(), expected.shape(), {}, {}}));
  Difference difference;
  for (std::int64_t i = 0; i < actual.elements(); ++i) {
    const double a = actual.as_double(i);
    const double e = expected.as_double(i);
    if (std::isfinite(e)) difference.magnitude = std::max(difference.magnitude, std::fabs(e));
    if (a == e || (std::isnan(a) && std::isnan(e))) continue;
    ++difference.differing;
    const double gap = std::fabs(a - e);
    difference.largest = std::isfinite(gap) ? std::max(difference.largest, gap) : HUGE_VAL;
  }
  return difference;
}

}  // namespace cortado::testing
