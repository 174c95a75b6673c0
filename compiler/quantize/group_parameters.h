// The int8 parameters of every group of values that share them.
#pragma once

#include <vector>

#include "compiler/calibrate/ranges.h"
#include "compiler/quantize/parameter_groups.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

class GroupParameters {
 public:
  GroupParameters(const ParameterGroups& groups, const Ranges& ranges) : groups_(&groups), ranges_(&ranges) {}

  // Parameters of the value's group: those of an operator with fixed parameters where nothing else is in the group,
  // else of the union of all ranges in it. An input error names the value that has no range.
  Result<ir::Quantization> of(const ir::Value& value) const;

 private:
  const ParameterGroups* groups_;
  const Ranges* ranges_;
};

// The parameters that the value's producer gives it whatever the data, or null.
const ir::Quantization* fixed_parameters(const ir::Value& value);

// Smallest and largest element; an input error when one is NaN or infinite. f32, at least one element.
Result<Interval> range_of_constant(const ir::Value& constant);

}  // namespace cortado::compiler
