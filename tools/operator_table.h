// What the registry knows of every operator, for `cortado operators` and docs/operators.md.
#pragma once

#include <string>
#include <vector>

#include "ops/definition.h"

namespace cortado::tools {

// An operator of PyTorch that a model may hold.
struct SourceRow {
  std::string op;            // "aten::conv2d.default"
  std::string summary;       // the equation
  std::string int8;          // how the int8 result gets its parameters, or why it stays float
  std::string int8_error;    // steps of the result's scale, with the reason where it is more than one; "" in float
  std::string order;         // memory orders of 4-d activations
  std::string float_kernel;  // what computes it where it stays float, "" if nothing does
  std::vector<std::string> constraints;
};

// An operator that a program may call; every one of them runs on every core.
struct WireRow {
  std::string op;         // "cortex_m::quantized_conv2d.out"
  std::string arguments;  // as in the file: "input, weight, bias?, …"
  std::string summary;
};

SourceRow describe(const ops::Definition& definition);
WireRow describe(const ops::WireOperator& wire);

// Those whose names contain `part`, in name order.
std::vector<SourceRow> source_rows(const std::string& part);
std::vector<WireRow> wire_rows(const std::string& part);

// docs/operators.md.
std::string operators_page();

}  // namespace cortado::tools
