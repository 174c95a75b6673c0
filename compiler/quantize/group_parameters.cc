#include "compiler/quantize/group_parameters.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "compiler/calibrate/int8_parameters.h"
#include "compiler/calibrate/statistics.h"
#include "compiler/quantize/rules.h"

namespace cortado::compiler {
namespace {

Interval range_of(const ir::Quantization& q) {
  const auto real = [&](std::int64_t stored) { return q.scale[0] * static_cast<double>(stored - q.zero_point[0]); };
  return {real(q.quant_min), real(q.quant_max)};
}

}  // namespace

const ir::Quantization* fixed_parameters(const ir::Value& value) {
  const ops::QuantizationRule* rule = value.producer != nullptr ? int8_rule(*value.producer) : nullptr;
  return rule != nullptr && rule->output == ops::OutputRule::fixed ? &rule->fixed : nullptr;
}

Result<Interval> range_of_constant(const ir::Value& constant) {
  const SampleStatistics statistics = sample_statistics(constant.data, no_channels);
  if (!statistics.finite) {
    const std::string& name = constant.source_name.empty() ? constant.name : constant.source_name;
    return input_error(fmt::format("'{}' holds NaN or infinity", name),
                       "the weights are damaged; export the model again");
  }
  return statistics.extremes;
}

Result<ir::Quantization> GroupParameters::of(const ir::Value& value) const {
  std::optional<Interval> all;
  std::optional<ir::Quantization> fixed;
  bool only_fixed = true;
  const auto include = [&](Interval range) {
    all = all ? Interval{std::min(all->lo, range.lo), std::max(all->hi, range.hi)} : range;
  };
  for (const ir::Value* member : groups_->of(value)) {
    if (const ir::Quantization* own = fixed_parameters(*member)) {
      only_fixed = only_fixed && (!fixed || *fixed == *own);
      fixed = *own;
      include(range_of(*own));
    } else if (const auto found = ranges_->values.find(member->name); found != ranges_->values.end()) {
      only_fixed = false;
      include(found->second.range);
    } else if (member->kind == ir::ValueKind::constant && member->type.elements() > 0) {
      only_fixed = false;
      CORTADO_TRY(const Interval range, range_of_constant(*member));
      include(range);
    }
  }
  if (fixed && only_fixed) return *fixed;
  if (!all)
    return input_error(fmt::format("the ranges have no entry for '{}'", value.name), "calibrate this model again");
  return int8_parameters(*all);
}

}  // namespace cortado::compiler
