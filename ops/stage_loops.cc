#include "ops/stage_loops.h"

#include <algorithm>

#include "ops/direct_conv2d/direct_kernels.h"
#include "ops/direct_conv2d/stage.h"
#include "ops/packed_conv2d/gather.h"
#include "ops/packed_conv2d/pair_kernels.h"
#include "ops/packed_conv2d/row_quad_kernels.h"
#include "ops/packed_conv2d/stage.h"
#include "ops/packed_depthwise/stage.h"
#include "ops/planar_conv2d/quad_kernels.h"
#include "ops/planar_conv2d/stage.h"
#include "ops/planar_depthwise/one_row_kernel.h"
#include "ops/planar_depthwise/stage.h"
#include "ops/planar_depthwise/two_row_kernel.h"
#include "ops/planar_depthwise8/stage.h"

namespace cortado::ops {
namespace {

using Loops = std::vector<LoopId>;

template <class Number>
PackedForm form_of(const StageArguments& args) {
  return packed_output(args.numbers() + Number::form).form;
}

template <class Number>
LoopId of_form(LoopId first, const StageArguments& args) {
  return first + static_cast<std::int32_t>(form_of<Number>(args));
}

template <class Number>
Patches patches(const StageArguments& args, std::int32_t small) {
  return patches_of(args, args.numbers()[Number::input_zero_point], small);
}

LoopId gather_loop_of(const Patches& patches) {
  return patches.are_rows ? LoopId::count : gather_loop(are_row_patches(patches));
}

Loops of_packed_conv2d(const StageArguments& args) {
  using Number = PackedConv2dStage;
  const Patches its = patches<Number>(args, 0);
  const PackedForm form = form_of<Number>(args);
  const LoopId quads = row_quads_loop(form, its.step, args.output);
  const LoopId fast = quads != LoopId::count ? quads : pair_rows_loop(form, its.step);
  return {of_form<Number>(LoopId::packed_groups_at_limit, args), gather_loop_of(its), fast};
}

Loops of_planar_conv2d(const StageArguments& args) {
  using Number = PlanarConv2dStage;
  const Patches its = patches<Number>(args, Number::max_resident_depth);
  const bool is_resident = its.step <= Number::max_resident_depth;
  Loops loops = {of_form<Number>(LoopId::planar_columns_at_limit, args), gather_loop_of(its)};
  if (Number::has_two_rows(form_of<Number>(args), its.step, its.are_rows))
    loops.push_back(is_resident ? quads_loop(its.step, args.output.slots()) : pair_planes_loop(its.step));
  return loops;
}

Loops of_planar_depthwise(const StageArguments& args) {
  Loops loops = {of_form<PlanarNumber>(LoopId::planar_depthwise_at_limit, args)};
  if (form_of<PlanarNumber>(args) != PackedForm::at_limit) return loops;
  loops.push_back(one_row_loop<4>(args.parts->x.stride));
  if (makes_two_rows(args)) loops.push_back(two_row_loop(args.output));
  return loops;
}

Loops of_planar_depthwise8(const StageArguments& args) {
  return {of_form<PlanarNumber>(LoopId::planar_depthwise8_at_limit, args),
          form_of<PlanarNumber>(args) == PackedForm::at_limit ? one_row_loop<8>(args.parts->x.stride) : LoopId::count};
}

Loops of_packed_depthwise(const StageArguments& args) {
  return {of_form<PackedDepthwiseStage>(LoopId::packed_depthwise_at_limit, args)};
}

Loops of_direct_conv2d(const StageArguments& args) {
  return {direct_loop(form_of<DirectConv2dStage>(args), args.parts->x.stride)};
}

// What serves in the loop's place in little flash. Fours of pixels have no stand-in, but a stage without them takes
// pairs.
LoopId compact_loop(LoopId id) {
  return is_between(id, LoopId::quads_rows_16, LoopId::quads_rows_32_rounded) ? LoopId::pairs_rows_compact
                                                                              : stand_in(id);
}

struct Row {
  std::uint32_t stage;
  Loops (*loops)(const StageArguments&);
};
constexpr Row rows[] = {
    {PackedConv2dStage::id, of_packed_conv2d},       {PlanarConv2dStage::id, of_planar_conv2d},
    {PlanarDepthwiseStage::id, of_planar_depthwise}, {PlanarDepthwise8Stage::id, of_planar_depthwise8},
    {PackedDepthwiseStage::id, of_packed_depthwise}, {DirectConv2dStage::id, of_direct_conv2d}};

}  // namespace

#define CORTADO_LOOP_NAME(stage, name) {#stage, #name},
const LoopName loop_names[static_cast<int>(LoopId::count)] = {
    CORTADO_LOOPS(CORTADO_LOOP_NAME, CORTADO_LOOP_NAME, CORTADO_LOOP_NAME)};

std::vector<LoopId> loops_of(std::uint32_t stage, const StageArguments& args, bool is_compact) {
  Loops loops;
  for (const Row& row : rows)
    if (row.stage == stage) loops = row.loops(args);
  std::erase(loops, LoopId::count);
  if (is_compact) std::transform(loops.begin(), loops.end(), loops.begin(), compact_loop);
  return loops;
}

}  // namespace cortado::ops
