#include "ops/packed_conv2d/loops.h"

namespace cortado::ops {
namespace {

// `count` outputs, up to 4, of neighbouring pixels; moves `x` and `out` behind them.
template <PackedForm form, int pixels>
inline void run_group(const GroupsRun& run, const std::int8_t*& x, const std::int8_t* w, std::int32_t count,
                      std::int8_t*& out) {
  simd::I32x4 results[pixels];
  group_results<form, pixels>(run.output, x, run.step, run.blocks, w, results);
  x += pixels * run.step;
  for (int p = 0; p < pixels; ++p, out += run.channels) simd::store_narrow_first(out, results[p], count);
}

// Weights outside, pixels inside, so that a group is read once.
template <PackedForm form>
inline void run_groups(const void* arguments) {
  const auto [run, x, pixels, first, outputs, first_out] = *static_cast<const GroupsArguments*>(arguments);
  const std::int8_t* w = first;
  std::int8_t* out = first_out;
  for (std::int32_t left = outputs; left > 0; left -= packed_group, w += run.group_bytes(), out += packed_group) {
    const std::int32_t count = left < packed_group ? left : packed_group;
    const std::int8_t* from = x;
    std::int8_t* to = out;
    for (std::int32_t pairs = pixels / 2; pairs > 0; --pairs) run_group<form, 2>(run, from, w, count, to);
    if (pixels % 2 != 0) run_group<form, 1>(run, from, w, count, to);
  }
}

}  // namespace

extern "C" {
void cortado_packed_groups_at_limit(const void* arguments) { run_groups<PackedForm::at_limit>(arguments); }
void cortado_packed_groups_rounded(const void* arguments) { run_groups<PackedForm::rounded>(arguments); }
void cortado_packed_groups_general(const void* arguments) { run_groups<PackedForm::general>(arguments); }
}

}  // namespace cortado::ops
