// The inner loops of stages, of which a firmware can link those alone that its programs use. Host and target, C++17.
//
// Each is a function cortado_NAME of one argument, its caller's structure. Where one of HELIUM is missing, in a
// firmware or because the core is another, a stage takes slower code; where another is, or the stage has nothing else
// for Helium, the stage refuses the program. PORTABLE ones are for other cores, as Helium has others in their place.
// Those of a stage's three forms follow each other in the order of PackedForm, as others do that are looked up by
// number.
//
// Some have a stand-in: a loop with the same arguments and results that is slower but serves several of them in little
// flash. A firmware that has the stand-in alone finds it in their places.
#pragma once

#include "ops/stage_check.h"

#define CORTADO_LOOPS(HELIUM, PORTABLE, EVERYWHERE)        \
  EVERYWHERE(packed_conv2d, gather_rows)                   \
  EVERYWHERE(packed_conv2d, gather_windows)                \
  HELIUM(packed_conv2d, pairs_rows_1)                      \
  HELIUM(packed_conv2d, pairs_rows_2)                      \
  HELIUM(packed_conv2d, pairs_rows_3)                      \
  HELIUM(packed_conv2d, pairs_rows_4)                      \
  HELIUM(packed_conv2d, pairs_rows_5_more)                 \
  HELIUM(packed_conv2d, pairs_rows_6_more)                 \
  HELIUM(packed_conv2d, pairs_rows_7_more)                 \
  HELIUM(packed_conv2d, pairs_rows_8_more)                 \
  HELIUM(packed_conv2d, pairs_rows_at_limit_3)             \
  HELIUM(packed_conv2d, pairs_rows_at_limit_4)             \
  HELIUM(packed_conv2d, pairs_rows_compact)                \
  HELIUM(packed_conv2d, quads_rows_16)                     \
  HELIUM(packed_conv2d, quads_rows_16_rounded)             \
  HELIUM(packed_conv2d, quads_rows_32)                     \
  HELIUM(packed_conv2d, quads_rows_32_rounded)             \
  EVERYWHERE(packed_conv2d, packed_groups_at_limit)        \
  EVERYWHERE(packed_conv2d, packed_groups_rounded)         \
  EVERYWHERE(packed_conv2d, packed_groups_general)         \
  HELIUM(planar_conv2d, pairs_planes_3)                    \
  HELIUM(planar_conv2d, pairs_planes_4)                    \
  HELIUM(planar_conv2d, pairs_planes_5_more)               \
  HELIUM(planar_conv2d, pairs_planes_6_more)               \
  HELIUM(planar_conv2d, pairs_planes_7_more)               \
  HELIUM(planar_conv2d, pairs_planes_8_more)               \
  HELIUM(planar_conv2d, pairs_planes_compact)              \
  HELIUM(planar_conv2d, quads_16)                          \
  HELIUM(planar_conv2d, quads_24)                          \
  HELIUM(planar_conv2d, quads_32)                          \
  HELIUM(planar_conv2d, quads_16_8)                        \
  HELIUM(planar_conv2d, quads_24_8)                        \
  HELIUM(planar_conv2d, quads_32_8)                        \
  EVERYWHERE(planar_conv2d, planar_columns_at_limit)       \
  EVERYWHERE(planar_conv2d, planar_columns_rounded)        \
  EVERYWHERE(planar_conv2d, planar_columns_general)        \
  HELIUM(planar_depthwise, depthwise_two_inner_rows)       \
  HELIUM(planar_depthwise, depthwise_two_narrow_rows)      \
  HELIUM(planar_depthwise, depthwise_row_stride_1)         \
  HELIUM(planar_depthwise, depthwise_row_stride_2)         \
  PORTABLE(planar_depthwise, planar_depthwise_at_limit)    \
  EVERYWHERE(planar_depthwise, planar_depthwise_rounded)   \
  EVERYWHERE(planar_depthwise, planar_depthwise_general)   \
  HELIUM(planar_depthwise8, depthwise_row_8_stride_1)      \
  HELIUM(planar_depthwise8, depthwise_row_8_stride_2)      \
  PORTABLE(planar_depthwise8, planar_depthwise8_at_limit)  \
  EVERYWHERE(planar_depthwise8, planar_depthwise8_rounded) \
  EVERYWHERE(planar_depthwise8, planar_depthwise8_general) \
  EVERYWHERE(packed_depthwise, packed_depthwise_at_limit)  \
  EVERYWHERE(packed_depthwise, packed_depthwise_rounded)   \
  EVERYWHERE(packed_depthwise, packed_depthwise_general)   \
  HELIUM(direct_conv2d, direct_stride_1)                   \
  HELIUM(direct_conv2d, direct_stride_2)                   \
  HELIUM(direct_conv2d, direct_stride_1_rounded)           \
  HELIUM(direct_conv2d, direct_stride_2_rounded)

namespace cortado::ops {

using Loop = void (*)(const void* arguments);

#define CORTADO_LOOP_ID(stage, name) name,
enum class LoopId : std::uint8_t { CORTADO_LOOPS(CORTADO_LOOP_ID, CORTADO_LOOP_ID, CORTADO_LOOP_ID) count };
#undef CORTADO_LOOP_ID

// By LoopId; null: it is not there. LoopId::count never is.
struct LoopTable {
  Loop loops[static_cast<int>(LoopId::count) + 1];
};

// Generated: in a firmware those that it was built for.
extern const LoopTable all_loops;

#if defined(__ARM_FEATURE_MVE)
constexpr bool has_helium = true;
#else
constexpr bool has_helium = false;
#endif

constexpr bool is_between(LoopId id, LoopId first, LoopId last) { return id >= first && id <= last; }

// The loop that stands in for another: itself where there is none.
constexpr LoopId stand_in(LoopId id) {
  if (is_between(id, LoopId::pairs_rows_1, LoopId::pairs_rows_at_limit_4)) return LoopId::pairs_rows_compact;
  if (is_between(id, LoopId::pairs_planes_3, LoopId::pairs_planes_8_more)) return LoopId::pairs_planes_compact;
  if (id == LoopId::packed_groups_at_limit) return LoopId::packed_groups_rounded;
  if (id == LoopId::planar_columns_at_limit) return LoopId::planar_columns_rounded;
  if (id == LoopId::packed_depthwise_at_limit) return LoopId::packed_depthwise_rounded;
  return id;
}

constexpr LoopId operator+(LoopId first, std::int32_t index) {
  return static_cast<LoopId>(static_cast<std::int32_t>(first) + index);
}

constexpr LoopTable with_stand_ins(LoopTable table) {
  for (int i = 0; i < static_cast<int>(LoopId::count); ++i)
    if (table.loops[i] == nullptr) table.loops[i] = table.loops[static_cast<int>(stand_in(static_cast<LoopId>(i)))];
  return table;
}

// Null: it is not there.
inline Loop find_loop(LoopId id) { return all_loops.loops[static_cast<int>(id)]; }
inline Loop find_helium_loop(LoopId id) { return has_helium ? find_loop(id) : nullptr; }

// That a loop is there without which a stage cannot do.
inline void check_loop(StageCheck& check, Loop loop) {
  check.that(loop != nullptr, "an inner loop of it is not in this build: link it or recompile the model");
}

}  // namespace cortado::ops

#define CORTADO_DECLARE_LOOP(stage, name) void cortado_##name(const void* arguments);
extern "C" {
CORTADO_LOOPS(CORTADO_DECLARE_LOOP, CORTADO_DECLARE_LOOP, CORTADO_DECLARE_LOOP)
}
#undef CORTADO_DECLARE_LOOP

// Defines all_loops with those of which is_own(LoopId) holds, constant expressions, and with stand-ins in the places of
// others.
#define CORTADO_LOOP_PLACE(stage, name) is_own(LoopId::name) ? cortado_##name : nullptr,
#define CORTADO_HELIUM_LOOP_PLACE(stage, name) has_helium &&is_own(LoopId::name) ? cortado_##name : nullptr,
#define CORTADO_PORTABLE_LOOP_PLACE(stage, name) !has_helium &&is_own(LoopId::name) ? cortado_##name : nullptr,
#define CORTADO_DEFINE_LOOPS                  \
  const LoopTable all_loops = with_stand_ins( \
      {{CORTADO_LOOPS(CORTADO_HELIUM_LOOP_PLACE, CORTADO_PORTABLE_LOOP_PLACE, CORTADO_LOOP_PLACE) nullptr}});
