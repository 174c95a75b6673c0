// Two passes over the samples: what is seen of every value, and the ranges that follow from it.
#pragma once

#include "compiler/calibrate/channel_gain.h"
#include "compiler/calibrate/choose_range.h"
#include "compiler/calibrate/observation_plan.h"
#include "compiler/calibrate/ranges.h"
#include "compiler/calibrate/sample_runner.h"
#include "support/result.h"

namespace cortado::compiler {

// Ranges with `values`, `channel_means` and `gains` filled in. Values with gains are seen multiplied by them. An input
// error names a value that is not finite.
Result<Ranges> observe(const SampleRunner& runner, const ObservationPlan& plan, const SampleInfo& info,
                       const Gains& gains);

}  // namespace cortado::compiler
