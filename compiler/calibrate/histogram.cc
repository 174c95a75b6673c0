#include "compiler/calibrate/histogram.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "support/wide_vectors.h"

namespace cortado::compiler {
namespace {

typedef std::int32_t Integers8 __attribute__((vector_size(32)));

// Neighbours are often equal, zero above all, and a count that was just written is slow to read: so neighbours count in
// different tables, which lie side by side.
constexpr std::size_t tables = 4, worth_tables = 1 << 15;
constexpr std::size_t at_once = 8;
constexpr std::size_t most_at_once = std::size_t{1} << 30;  // counts have 32 bits

CORTADO_WIDE_VECTORS void count_in_tables(const float* values, std::size_t count, float per_part,
                                          std::uint32_t* counts) {
  for (std::size_t i = 0; i < count; i += at_once) {
    const Floats8& x = *reinterpret_cast<const Floats8*>(values + i);
    const Integers8 part = __builtin_convertvector(x * per_part, Integers8) + Histogram::parts;
    for (std::size_t lane = 0; lane < at_once; ++lane)
      ++counts[static_cast<std::size_t>(part[lane]) * tables + lane % tables];
  }
}

}  // namespace

void Histogram::widen(int exponent) {
  if (exponent <= exponent_) return;
  const int shift = std::min(exponent - exponent_, 30);
  exponent_ = exponent;
  // Towards zero, where room has been made before: part k goes to k / 2^shift, rounded towards zero.
  for (int k = 1; k < parts; ++k)
    for (const int sign : {1, -1}) {
      const std::uint64_t count = counts_[static_cast<std::size_t>(parts + sign * k)];
      counts_[static_cast<std::size_t>(parts + sign * k)] = 0;
      counts_[static_cast<std::size_t>(parts + sign * (k >> shift))] += count;
    }
}

void Histogram::add(std::span<const float> values, Interval extremes) {
  const double largest = std::max(-extremes.lo, extremes.hi);
  int exponent = smallest_exponent;
  if (largest > 0) std::frexp(largest, &exponent);
  widen(std::max(exponent, smallest_exponent));
  // The product is exact, or so small that it is part 0 anyway; the conversion rounds towards zero.
  const float per_part = static_cast<float>(std::ldexp(parts, -exponent_));
  const auto part_of = [&](float value) {
    return static_cast<std::size_t>(parts + static_cast<int>(value * per_part));
  };
  const std::size_t in_tables = values.size() < worth_tables ? 0 : values.size() / at_once * at_once;
  if (in_tables != 0) {
    thread_local std::vector<std::uint32_t> counts(2 * parts * tables);  // zero between calls
    for (std::size_t i = 0; i < in_tables; i += most_at_once)
      count_in_tables(values.data() + i, std::min(in_tables - i, most_at_once), per_part, counts.data());
    const std::size_t first = part_of(static_cast<float>(extremes.lo)), last = part_of(static_cast<float>(extremes.hi));
    for (std::size_t part = first; part <= last; ++part) {
      std::uint32_t* of_part = counts.data() + part * tables;
      for (std::size_t table = 0; table < tables; ++table) counts_[part] += std::exchange(of_part[table], 0u);
    }
  }
  for (const float value : values.subspan(in_tables)) ++counts_[part_of(value)];
}

void Histogram::add(const Histogram& other) {
  Histogram wider = other;
  wider.widen(exponent_);
  widen(wider.exponent_);
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += wider.counts_[i];
}

std::vector<Histogram::Bin> Histogram::occupied() const {
  const double width = std::ldexp(1.0 / parts, exponent_);
  std::vector<Bin> result;
  for (int k = 1 - parts; k < parts; ++k) {
    const std::uint64_t count = counts_[static_cast<std::size_t>(parts + k)];
    const double middle = k > 0 ? k + 0.5 : k < 0 ? k - 0.5 : 0.0;
    if (count != 0) result.push_back({middle * width, static_cast<double>(count)});
  }
  return result;
}

}  // namespace cortado::compiler
