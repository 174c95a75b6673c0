// An operator as a stage of a row stream: it makes rows of its output from rows of its input, wherever these lie.
// Host and target, C++17, no heap. stream/stream.h runs stages.
//
// check() proves everything that run() relies on, as a kernel's prepare() does: whatever the numbers and constants
// hold, run() stays inside the rows and the constants. Nothing is kept between the two: what a stage works on lies in
// the blob and is looked at where it lies, so that a stage takes no memory.
#pragma once

#include "ops/stage_check.h"
#include "ops/window.h"

namespace cortado::ops {

// Another way for a ring of int8 to lie: [channel][column][slot], so that one vector of 16 bytes is a patch of 16 /
// slots columns and `slots` rows, 4 or 8 of them. `lead` columns lie before column 0. What is no column of the image
// holds its zero point, as the stage that makes row 0 sees to; so do rows that are none of its, by the stage that reads
// them. Behind the last plane there are 16 bytes more.
struct Planes {
  std::int32_t bytes = 0;  // from channel to channel; 0: rows lie as others do
  std::int32_t lead = 0;
};
constexpr std::int32_t plane_slack_bytes = 16;

// How rows lie in memory: all of them (a tensor), or the last `slots` of them (a ring, in which row r lies in slot
// r mod slots). An image in N, H, W, C order with N = 1 has H rows of W pixels of C channels. A part of blobs as it is.
struct RowLayout {
  std::int32_t rows, slots;
  std::int32_t stride;  // bytes from slot to slot, at least row_bytes()
  std::int32_t width, channels, element_bytes;
  Planes planes;
};

// Rows in memory.
struct Rows {
  std::uint8_t* base = nullptr;
  const RowLayout* layout = nullptr;

  std::int32_t rows() const { return layout->rows; }
  std::int32_t slots() const { return layout->slots; }
  std::int32_t stride() const { return layout->stride; }
  std::int32_t width() const { return layout->width; }
  std::int32_t channels() const { return layout->channels; }
  std::int32_t element_bytes() const { return layout->element_bytes; }
  const Planes& planes() const { return layout->planes; }
  std::int32_t row_bytes() const { return row_elements() * element_bytes(); }
  std::int32_t row_elements() const { return width() * channels(); }
  template <class T = std::int8_t>
  T* row(std::int32_t i) const {
    const std::int32_t count = slots();
    return reinterpret_cast<T*>(base + static_cast<std::size_t>(i < count ? i : i % count) *
                                           static_cast<std::size_t>(stride()));
  }
  // Of planes: column `x` of channel 0, slot 0.
  std::int8_t* column(std::int32_t x) const {
    return reinterpret_cast<std::int8_t*>(base) + (x + planes().lead) * slots();
  }
};

// Where the rows of a program's input come from when it is no tensor in memory: the caller's function. It writes row
// `row` to `to`; rows are asked for from the first to the last, each once in a run.
struct RowSource {
  void (*read)(void* context, std::uint32_t row, void* to, std::size_t bytes) = nullptr;
  void* context = nullptr;
};

constexpr std::uint32_t max_stage_inputs = 2;
constexpr std::uint32_t max_stage_constants = 4;
constexpr std::uint32_t max_stage_numbers = 16;

struct WindowShape {
  std::int32_t kernel, stride, padding, dilation;
};

// When the rows of input[0] are there: output row y asks for (y · step − lead) / 16 … (y · step + end) / 16, rounded
// down, as far as there are such. Only the order of work follows from it: a stage reads what its own numbers say.
struct RowPace {
  std::uint16_t step, lead;
  std::int16_t end;
};
constexpr std::int32_t pace_bits = 4;

struct StageConstant {
  std::uint32_t offset;  // in the blob, a multiple of 16
  std::uint32_t bytes;
};

// What a blob says of a stage beside its rows.
struct StageParts {
  WindowShape y, x;                  // rows and columns of input[0] that an output row and column read
  std::uint32_t numbers, constants;  // offsets of int32 values and of StageConstants
  std::uint8_t number_count, constant_count;
  RowPace pace;
};

// What a stage works on. The executor has proved that the rows lie in memory, that the parts lie in the blob, and that
// the windows have sizes, strides and dilations of 1 … 2^14 and paddings of 0 … 2^14 − 1. Nothing says that they fit
// each other: an output may ask for rows that do not exist.
struct StageArguments {
  Rows input[max_stage_inputs];
  Rows output;
  const StageParts* parts = nullptr;
  const std::uint8_t* blob = nullptr;
  const RowSource* source = nullptr;  // of input[0]'s rows, which are in no memory then; null: they are where they lie
  std::uint32_t inputs = 0;

  Window y() const { return window(parts->y, input[0].rows(), output.rows()); }
  Window x() const { return window(parts->x, input[0].width(), output.width()); }
  const std::int32_t* numbers() const { return reinterpret_cast<const std::int32_t*>(blob + parts->numbers); }
  // Constant `i`, 16-aligned.
  template <class T = std::int8_t>
  const T* constant(std::uint32_t i) const {
    return reinterpret_cast<const T*>(blob + constants()[i].offset);
  }
  const StageConstant* constants() const { return reinterpret_cast<const StageConstant*>(blob + parts->constants); }

 private:
  static Window window(const WindowShape& shape, std::int32_t input, std::int32_t output) {
    return {input, output, shape.kernel, shape.stride, shape.padding, shape.dilation};
  }
};

struct Stage {
  std::uint32_t id;                  // in blobs; never reused
  const char* name;                  // "conv2d": the operator's folder
  bool reads_planes, writes_planes;  // what input[0] and the output must be, too: others are rows
  bool takes_source;                 // can do without input[0]'s memory
  void (*check)(const StageArguments& arguments, StageCheck& check);
  void (*run)(const StageArguments& arguments, std::int32_t row,
              std::int32_t rows);  // makes `rows` ≥ 1 rows of the output from `row` on
};

struct StageTable {
  const Stage* const* rows;
  std::uint32_t count;
};

// Generated: on the host every stage; in a firmware the ones it was built for.
extern const StageTable all_stages;

// What a stage can do.
struct StageKind {
  bool reads_planes = false, writes_planes = false, takes_source = false;
};

template <void (*check_arguments)(const StageArguments&, StageCheck&),
          void (*run_rows)(const StageArguments&, std::int32_t, std::int32_t)>
constexpr Stage stage_rows(std::uint32_t id, const char* name, StageKind kind = {}) {
  return {id,
          name,
          kind.reads_planes,
          kind.writes_planes,
          kind.takes_source,
          [](const StageArguments& arguments, StageCheck& check)
              CORTADO_RARELY_RUN { check_arguments(arguments, check); },
          run_rows};
}

// Of a stage that makes row by row.
template <void (*run_row)(const StageArguments&, std::int32_t)>
void each_row(const StageArguments& arguments, std::int32_t row, std::int32_t rows) {
  for (; rows > 0; --rows, ++row) run_row(arguments, row);
}
template <void (*check_arguments)(const StageArguments&, StageCheck&),
          void (*run_row)(const StageArguments&, std::int32_t)>
constexpr Stage stage_row(std::uint32_t id, const char* name, StageKind kind = {}) {
  return stage_rows<check_arguments, each_row<run_row>>(id, name, kind);
}

// --- checks that stages share

inline StageCheck& check_counts(StageCheck& check, const StageArguments& arguments, std::uint32_t inputs,
                                std::uint32_t numbers, std::uint32_t constants) {
  return check.count("inputs", arguments.inputs, inputs)
      .count("numbers", arguments.parts->number_count, numbers)
      .count("constants", arguments.parts->constant_count, constants);
}

// All rows hold int8.
inline StageCheck& check_int8(StageCheck& check, const StageArguments& arguments) {
  check.equal("output's element bytes", arguments.output.element_bytes(), 1);
  for (std::uint32_t i = 0; i < arguments.inputs; ++i)
    check.equal("input's element bytes", arguments.input[i].element_bytes(), 1);
  return check;
}

// Every input has the rows, the width and the channels of the output, and is read row by row.
inline StageCheck& check_same_rows(StageCheck& check, const StageArguments& arguments) {
  for (std::uint32_t i = 0; i < arguments.inputs; ++i)
    check.equal("input's rows", arguments.input[i].rows(), arguments.output.rows())
        .equal("input's width", arguments.input[i].width(), arguments.output.width())
        .equal("input's channels", arguments.input[i].channels(), arguments.output.channels());
  const WindowShape& y = arguments.parts->y;
  return check.that(y.kernel == 1 && y.stride == 1 && y.padding == 0, "an elementwise stage has no window");
}

// Constant `i` holds `count` elements of T. After check_counts.
template <class T>
void check_constant(StageCheck& check, const StageArguments& arguments, std::uint32_t i, std::int64_t count,
                    Wording name) {
  if (check.ok()) check.bytes(name, arguments.constants()[i].bytes, count * static_cast<std::int64_t>(sizeof(T)));
}

}  // namespace cortado::ops
