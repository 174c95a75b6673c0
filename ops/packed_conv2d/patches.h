// What convolutions with packed weights multiply: patches of K = kernel rows × columns × channels bytes, 16 at a time.
// Host and target, C++17.
//
// Patches are whole vectors where they can be: those that are gathered have zeros behind them.
// Others (rows of K = 24, say, or of too many bytes to be gathered) are read from their last 16 bytes, then bytes 0 …
// 15, 16 … 31 and so on; where vectors overlap, the first one's weights are 0. So nothing behind a patch is read.
#pragma once

#include "ops/lines.h"
#include "simd/vec.h"

namespace cortado::ops {

constexpr std::int32_t packed_vector = 16;
constexpr std::int32_t packed_group = 4;          // outputs
constexpr std::int32_t max_patches_bytes = 2304;  // of patches that are gathered first, on the stack

// Vectors of a patch behind the first one, and where they begin.
constexpr std::int32_t packed_blocks(std::int32_t step) { return (step - 1) / packed_vector; }
constexpr std::int32_t packed_first(std::int32_t step) { return step % packed_vector == 0 ? 0 : step - packed_vector; }
constexpr std::int32_t packed_second(std::int32_t step) { return step % packed_vector == 0 ? packed_vector : 0; }

struct Patches {
  const StageArguments* args;
  std::int32_t depth;  // K
  std::int32_t step;   // bytes from patch to patch, packed_step()
  std::int8_t zero_point;
  bool are_rows;  // patches lie one after the other in the input's rows as they are

  const Rows& in() const { return args->input[0]; }
};

// Whether a row of the input is taken as the patches of a row of the output: gathering what are no whole vectors pays,
// but for patches of up to `small` bytes.
template <class AnyWindow>  // Window or WindowShape
__attribute__((always_inline)) inline bool are_rows_patches(const AnyWindow& y, const AnyWindow& x, std::int32_t depth,
                                                            std::int32_t small) {
  const auto is_plain = [](const AnyWindow& w) { return w.kernel == 1 && w.stride == 1 && w.padding == 0; };
  if (!is_plain(y) || !is_plain(x) || depth < packed_vector) return false;
  return depth % packed_vector == 0 || depth <= small || depth > max_patches_bytes;
}

constexpr std::int32_t packed_step(std::int32_t depth, bool are_rows) {
  return are_rows ? depth : (depth + packed_vector - 1) / packed_vector * packed_vector;
}

// Of arguments that check_patches has passed.
inline Patches patches_of(const StageArguments& args, std::int32_t zero_point, std::int32_t small) {
  const WindowShape &y = args.parts->y, &x = args.parts->x;
  const std::int32_t depth = y.kernel * x.kernel * args.input[0].channels();
  const bool are_rows = are_rows_patches(y, x, depth, small);
  return {&args, depth, packed_step(depth, are_rows), static_cast<std::int8_t>(zero_point), are_rows};
}

// `count` ≥ 1.
inline void copy_bytes(std::int8_t* to, const std::int8_t* from, std::int32_t count) {
  for (; count > packed_vector; count -= packed_vector, to += packed_vector, from += packed_vector)
    simd::store(to, simd::load(from));
  simd::store_first(to, simd::load_first(from, count), count);
}
inline void fill_bytes(std::int8_t* to, std::int8_t value, std::int32_t count) {
  for (; count > 0; count -= packed_vector, to += packed_vector) simd::store_first(to, simd::fill(value), count);
}

// Calls run(x, count) for output columns x … x + count − 1, `most` at a time and all of a row in the end, at least
// `least` at a time where the row has as many: some twice, then.
template <class Run>
inline void for_columns(std::int32_t width, std::int32_t most, std::int32_t least, Run run) {
  for (std::int32_t x = 0; x < width; x += most) {
    if (width - x < least && width >= least) x = width - least;
    run(x, width - x < most ? width - x : most);
  }
}

}  // namespace cortado::ops
