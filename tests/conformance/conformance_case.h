// One folder of ../shared/conformance: the facts of its case.json that the checks need.
#pragma once

#include <filesystem>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "support/result.h"

namespace cortado::conformance {

struct Case {
  std::string kind;  // "operators", "networks"
  std::string name;  // the folder's name
  std::filesystem::path folder;
  std::string target;  // "cortex-m55"
  bool explicit_layout = false;
  bool reference_has_float_ops = false;  // its lowered program keeps float operators
  // Tolerances of the reference's own tests, for outputs that its runtime cannot compute.
  double atol = 1e-3, qtol = 1, rtol = 1e-3;
  std::set<std::string> operators;    // of the float program, else of the quantized or direct one
  std::vector<double> output_scales;  // of the q/dq program's outputs; 0 where they are not dequantized

  bool has(const std::string& file) const { return std::filesystem::exists(folder / file); }
};

// Every case below `root`, networks first, in name order.
Result<std::vector<Case>> read_cases(const std::filesystem::path& root);

// The scale with which each output of graph_qdq.txt was dequantized, following views back to the dequantize node.
std::vector<double> output_scales(const std::string& graph_text);

}  // namespace cortado::conformance
