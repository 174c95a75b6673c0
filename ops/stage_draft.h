// A stage as the compiler writes it: what a wire operator's node becomes in a row stream. Host.
#pragma once

#include <cstring>
#include <optional>
#include <vector>

#include "ir/graph.h"
#include "ops/stage.h"

namespace cortado::ops {

// How a value lies as rows. Images (N, H, W, C in memory, N = 1) have H rows of W pixels; of height 1 they stream
// along their width, one pixel a row. Other tensors have rows of their last dimension in memory.
struct RowShape {
  std::int32_t rows = 0, width = 0, channels = 0, element_bytes = 0;
  bool is_image = false;
  bool along_width = false;  // an image of height 1

  std::int64_t row_bytes() const { return std::int64_t{width} * channels * element_bytes; }
  friend bool operator==(const RowShape&, const RowShape&) = default;
};

// nullopt: the value is no tensor that can be streamed (no elements, types wider than 4 bytes, too large).
std::optional<RowShape> row_shape(const ir::Type& type);

struct StageForm {
  std::uint32_t stage = 0;  // Stage::id
  std::vector<std::int32_t> numbers;
  std::vector<std::vector<std::uint8_t>> constants;
  std::uint32_t cycles_per_16_macs = 32;  // about, on a Cortex-M55; that of kernels that nothing is packed for
  std::int32_t rows_at_once = 1;          // that it makes faster than one by one
};

// A form that reads planes (ops/stage.h) and what it needs of them.
struct PlanesReader {
  StageForm form;
  std::int32_t slots = 0;
  std::int32_t lead = 0, columns = 0;  // columns before the image's first, and from there on
  std::int32_t outside = 0;            // value of those that are none of the image's
};

// Its own form works on rows. A border (stage no_stage) is no stage by itself: y.padding rows and x.padding columns of
// `outside` in front, and others behind, that the only readers take over as their padding.
struct StageDraft : StageForm {
  static constexpr std::uint32_t no_stage = 0;
  bool is_border() const { return stage == no_stage; }

  // A node that takes several stages: those in front of its last one. Each reads in place of an input that is null what
  // the one before it has made, which has no value, but `made`.
  std::vector<StageDraft> before;
  RowShape made;

  std::vector<ir::Value*> inputs;
  ir::Value* output = nullptr;             // null: of `before`
  Window y, x;                             // kernel, stride, padding, dilation: the sizes come from the rows
  std::optional<RowPace> pace;             // where it is not that of y
  std::optional<std::int32_t> outside;     // what taps outside the image read: a border of this value can be taken over
  std::uint64_t macs = 0;                  // multiplications of the whole output, for the planner
  std::optional<StageForm> planes_writer;  // its last number, the value outside, is the reader's to say
  std::optional<PlanesReader> planes_reader;

  // The bytes of a constant value in memory order.
  void add_constant(const ir::Value& value);
  void add_constant(const std::vector<std::int32_t>& values);
};

// Reads arguments of a lowered node, which has them all.
std::int32_t number_of(const ir::Node& node, std::string_view argument);
ir::Value* value_of(const ir::Node& node, std::string_view argument);  // null: None
std::vector<std::int64_t> integers_of(const ir::Node& node, std::string_view argument);

// A node of the wire operator `op` as a stage; nullopt: this node cannot be one.
struct StageMaker {
  std::string_view op;
  std::optional<StageDraft> (*make)(const ir::Node& node);
};

struct StageMakerTable {
  const StageMaker* const* rows;
  std::uint32_t count;
};

// Generated: FOLDER_stage_maker of every folder of operators.cmake with a make_stage.cc.
extern const StageMakerTable all_stage_makers;

// nullopt also when no stage computes the node's operator.
std::optional<StageDraft> make_stage(const ir::Node& node);

}  // namespace cortado::ops
