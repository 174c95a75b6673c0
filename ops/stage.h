// An operator as a stage of a row stream: it makes rows of its output from rows of its input, wherever these lie.
// Host and target, C++17, no heap. stream/stream.h runs stages.
//
// prepare() proves everything that run() relies on, as a kernel's does: whatever the numbers and constants hold, run()
// stays inside the rows, the constants and its plan.
#pragma once

#include <new>

#include "ops/window.h"

namespace cortado::ops {

// Another way for a ring of int8 to lie: [channel][column][slot], so that one vector of 16 bytes is a patch of 16 / slots
// columns and `slots` rows, 4 or 8 of them, even where the image has fewer. `lead` columns lie before column 0; those that are no columns of the image hold its zero
// point, which the stage that makes row 0 fills in. Behind the last plane there are 16 bytes more.
struct Planes {
  std::int32_t bytes = 0;  // from channel to channel; 0: rows lie as others do
  std::int32_t lead = 0;
};
constexpr std::int32_t plane_slack_bytes = 16;

// Rows in memory: all of them (a tensor), or the last `slots` of them (a ring, in which row r lies in slot r mod slots).
// An image in N, H, W, C order with N = 1 has H rows of W pixels of C channels.
struct Rows {
  std::uint8_t* base = nullptr;
  std::int32_t rows = 0, slots = 0;
  std::int32_t stride = 0;  // bytes from slot to slot, at least row_bytes()
  std::int32_t width = 0, channels = 0, element_bytes = 1;
  Planes planes;

  std::int32_t row_bytes() const { return width * channels * element_bytes; }
  std::int32_t row_elements() const { return width * channels; }
  template <class T = std::int8_t>
  T* row(std::int32_t i) const {
    return reinterpret_cast<T*>(base + static_cast<std::size_t>(i < slots ? i : i % slots) * static_cast<std::size_t>(stride));
  }
  // Of planes: column `x` of channel 0, slot 0.
  std::int8_t* column(std::int32_t x) const { return reinterpret_cast<std::int8_t*>(base) + (x + planes.lead) * slots; }
};

// Where the rows of a program's input come from when it is no tensor in memory: the caller's function. It writes row `row`
// to `to`; rows are asked for from the first to the last, each once in a run.
struct RowSource {
  void (*read)(void* context, std::uint32_t row, void* to, std::size_t bytes) = nullptr;
  void* context = nullptr;
};

struct StageConstant {
  const std::uint8_t* data = nullptr;  // 16-aligned
  std::uint32_t bytes = 0;
};

constexpr std::uint32_t max_stage_inputs = 2;
constexpr std::uint32_t max_stage_constants = 4;
constexpr std::uint32_t max_stage_numbers = 16;

// What a stage is made of. The executor has proved that the rows lie in memory, that the windows have sizes, strides
// and dilations of at least 1 and paddings of at least 0 (all below 2^14), and that y's and x's input and output are
// those of input[0] and output. Nothing says that they fit each other: an output may ask for rows that do not exist.
struct StageArguments {
  Rows input[max_stage_inputs];
  const RowSource* source = nullptr;  // of input[0]'s rows, which are in no memory then; null: they are where they lie
  std::uint32_t inputs = 0;
  Rows output;
  Window y, x;  // rows and columns of input[0] that an output row and column read
  std::int32_t numbers[max_stage_numbers] = {};
  std::uint32_t number_count = 0;
  StageConstant constants[max_stage_constants];
  std::uint32_t constant_count = 0;
};

struct Stage {
  std::uint32_t id;    // in blobs; never reused
  const char* name;    // "conv2d": the operator's folder
  std::uint16_t plan_bytes;
  bool reads_planes, writes_planes;  // what input[0] and the output must be, too: others are rows
  bool takes_source;                 // can do without input[0]'s memory
  ErrorCode (*prepare)(const StageArguments& arguments, void* plan, ErrorReport& report);
  void (*run)(const void* plan, std::int32_t row, std::int32_t rows);  // makes `rows` ≥ 1 rows of the output from `row` on
};

struct StageTable {
  const Stage* const* rows;
  std::uint32_t count;
};

// Generated: on the host every stage; in a firmware the ones it was built for.
extern const StageTable all_stages;

template <class Plan, ErrorCode (*make_plan)(const StageArguments&, Plan&, ErrorReport&),
          void (*run_rows)(const Plan&, std::int32_t, std::int32_t), bool reads_planes = false, bool writes_planes = false,
          bool takes_source = false>
constexpr Stage stage_rows(std::uint32_t id, const char* name) {
  static_assert(alignof(Plan) <= 8, "plans are placed at multiples of 8");
  return {id, name, static_cast<std::uint16_t>(sizeof(Plan)), reads_planes, writes_planes, takes_source,
          [](const StageArguments& arguments, void* plan, ErrorReport& report) CORTADO_RARELY_RUN {
            return make_plan(arguments, *new (plan) Plan{}, report);
          },
          [](const void* plan, std::int32_t row, std::int32_t rows) { run_rows(*static_cast<const Plan*>(plan), row, rows); }};
}

// Of a stage that makes row by row.
template <class Plan, void (*run_row)(const Plan&, std::int32_t)>
void each_row(const Plan& plan, std::int32_t row, std::int32_t rows) {
  for (; rows > 0; --rows, ++row) run_row(plan, row);
}
template <class Plan, ErrorCode (*make_plan)(const StageArguments&, Plan&, ErrorReport&),
          void (*run_row)(const Plan&, std::int32_t), bool reads_planes = false, bool writes_planes = false,
          bool takes_source = false>
constexpr Stage stage_row(std::uint32_t id, const char* name) {
  return stage_rows<Plan, make_plan, each_row<Plan, run_row>, reads_planes, writes_planes, takes_source>(id, name);
}

// --- checks that stages share

inline Check& check_counts(Check& check, const StageArguments& arguments, std::uint32_t inputs, std::uint32_t numbers,
                           std::uint32_t constants) {
  return check.equal("a stage", "'s count of inputs", arguments.inputs, inputs)
      .equal("a stage", "'s count of numbers", arguments.number_count, numbers)
      .equal("a stage", "'s count of constants", arguments.constant_count, constants);
}

// All rows hold int8.
inline Check& check_int8(Check& check, const StageArguments& arguments) {
  check.equal("output", "'s element bytes", arguments.output.element_bytes, 1);
  for (std::uint32_t i = 0; i < arguments.inputs; ++i)
    check.equal("input", "'s element bytes", arguments.input[i].element_bytes, 1);
  return check;
}

// Every input has the rows, the width and the channels of the output, and is read row by row.
inline Check& check_same_rows(Check& check, const StageArguments& arguments) {
  for (std::uint32_t i = 0; i < arguments.inputs; ++i)
    check.equal("input", "'s rows", arguments.input[i].rows, arguments.output.rows)
        .equal("input", "'s width", arguments.input[i].width, arguments.output.width)
        .equal("input", "'s channels", arguments.input[i].channels, arguments.output.channels);
  return check.that(arguments.y.kernel == 1 && arguments.y.stride == 1 && arguments.y.padding == 0,
                    "an elementwise stage has no window");
}

// Constant `i` holds `count` elements of T.
template <class T>
const T* checked_constant(Check& check, const StageArguments& arguments, std::uint32_t i, std::int64_t count,
                          const char* name) {
  check.equal(name, "'s bytes", arguments.constants[i].bytes, count * static_cast<std::int64_t>(sizeof(T)));
  return reinterpret_cast<const T*>(arguments.constants[i].data);
}

}  // namespace cortado::ops
