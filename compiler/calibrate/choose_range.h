// The default recipe: from statistics to the range that int8 should represent.
//
// docs/accuracy.md has the measurements behind the constants.
#pragma once

#include <optional>
#include <span>

#include "compiler/calibrate/histogram.h"
#include "compiler/calibrate/ranges.h"

namespace cortado::compiler {

// What the range of a value depends on besides its statistics.
struct ValueRole {
  bool is_input = false;  // of the graph
  // A layer's result that is the graph's answer, read by nobody else: clipping it would make the largest logits equal,
  // so it is given room.
  bool is_answer = false;
  bool is_state = false;  // kept from run to run: what is clipped once is missing in all later runs
  // The value cannot lie outside, whatever the data: a relu's, or what preprocessing can produce.
  std::optional<Interval> limits;
  std::optional<Interval> recorded;  // what training recorded of it: for networks without data
};

struct SampleInfo {
  std::size_t count = 0;
  bool synthetic = false;
  bool of_images = false;  // photographs: each is unlike the next, so that a few show little of what will come
  // Enough real samples to tell the usual from the unusual.
  bool is_representative() const { return !synthetic && count >= 5; }
};

// Whether choose_range() needs a histogram.
bool needs_histogram(const ValueRole& role, const SampleInfo& samples);

// `extremes`: per sample. `histogram`: of all samples; null where none is needed.
Interval choose_range(std::span<const Interval> extremes, const Histogram* histogram, const ValueRole& role,
                      const SampleInfo& samples);

// Linear interpolation between order statistics at position p · (n − 1), n ≥ 1.
double quantile(std::vector<double> values, double p);

}  // namespace cortado::compiler
