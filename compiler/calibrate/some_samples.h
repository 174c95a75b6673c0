// A part of the samples, as a source of its own.
#pragma once

#include "compiler/calibrate/samples.h"

namespace cortado::compiler {

// Samples first, first + step, …, `count` of them. `all` must outlive it and have as many.
class SomeSamples final : public SampleSource {
 public:
  SomeSamples(const SampleSource& all, std::size_t first, std::size_t step, std::size_t count)
      : all_(&all), first_(first), step_(step), count_(count) {}
  std::size_t size() const override { return count_; }
  Result<Sample> sample(std::size_t i) const override { return all_->sample(first_ + i * step_); }
  bool begins_sequence(std::size_t i) const override { return i == 0 || all_->begins_sequence(first_ + i * step_); }
  std::string name(std::size_t i) const override { return all_->name(first_ + i * step_); }

 private:
  const SampleSource* all_;
  std::size_t first_, step_, count_;
};

}  // namespace cortado::compiler
