#include "compiler/plan/check_stream.h"

#include <algorithm>
#include <cstring>
#include <map>
#include <memory>

#include "ops/row_pace.h"
#include "stream/schedule.h"

namespace cortado::compiler {
namespace {

// Which row of which buffer every byte holds.
class Memory {
 public:
  struct Tag {
    std::uint32_t buffer;  // owner of the rows
    std::int32_t row;
    friend bool operator==(const Tag&, const Tag&) = default;
  };

  void write(std::size_t begin, std::size_t end, Tag tag) {
    split(begin);
    split(end);
    spans_.erase(spans_.lower_bound(begin), spans_.lower_bound(end));
    spans_[begin] = {end, tag};
  }
  bool holds(std::size_t begin, std::size_t end, Tag tag) const {
    auto span = spans_.upper_bound(begin);
    if (span == spans_.begin()) return false;
    for (--span; span != spans_.end() && begin >= span->first && begin < span->second.end; ++span) {
      if (!(span->second.tag == tag)) return false;
      begin = span->second.end;
      if (begin >= end) return true;
    }
    return false;
  }

 private:
  struct Span {
    std::size_t end;
    Tag tag;
  };
  void split(std::size_t at) {
    auto span = spans_.upper_bound(at);
    if (span == spans_.begin()) return;
    --span;
    if (span->first >= at || span->second.end <= at) return;
    spans_[at] = span->second;
    span->second.end = at;
  }
  std::map<std::size_t, Span> spans_;  // by first byte, without overlaps
};

class StreamSimulation {
 public:
  StreamSimulation(const stream::Blob& blob, const std::vector<StreamArgument>& arguments)
      : blob_(blob), arguments_(arguments) {}

  Status run(std::size_t inputs, std::size_t outputs) {
    for (std::uint32_t b = 0; b < blob_.header().buffers; ++b) CORTADO_CHECK(check_place(b));
    std::vector<stream::ScheduledStage> stages(blob_.header().stages);
    ErrorReport report;
    if (stream::make_schedule(blob_, stages.data(), report) != ErrorCode::ok) return internal_error(report.text());
    for (std::uint32_t i = 0; i < blob_.header().stages; ++i) CORTADO_CHECK(check_pace(i, stages[i]));
    fill_inputs(inputs);
    for (;;) {
      const stream::Step step = stream::next_step(stages.data(), blob_.header().stages - 1, blob_.header().stages);
      if (step.stage == blob_.header().stages) break;
      CORTADO_CHECK(make_rows(step, stages[step.stage]));
      stages[step.stage].next = static_cast<std::uint16_t>(stages[step.stage].next + step.rows);
    }
    for (const auto& stage : stages)
      if (stage.next != stage.rows) return internal_error("a row stream stops before its end");
    return check_outputs(inputs, outputs);
  }

 private:
  struct Place {
    std::size_t begin, end;
  };

  // The schedule waits for, and keeps, every row that the stage reads.
  Status check_pace(std::uint32_t index, const stream::ScheduledStage& stage) const {
    const stream::StageRecord& record = blob_.stage(index);
    ops::StageArguments args;
    args.input[0].layout = &blob_.buffer(record.input[0]).layout;
    args.output.layout = &blob_.buffer(record.output).layout;
    args.parts = &record.parts;
    args.blob = blob_.data();
    for (std::int32_t y = 0; y < args.output.rows(); ++y) {
      const ops::RowRange read = ops::rows_read(record.stage, args, y);
      if (stage.first(0, y) > std::max(read.first, 0) ||
          stage.last(0, y) < std::min(read.last, args.input[0].rows() - 1))
        return internal_error("stage " + std::to_string(index) + " of a row stream reads rows that are not there");
    }
    return {};
  }

  Status check_place(std::uint32_t index) const {
    const stream::BufferRecord& buffer = blob_.buffer(index);
    if (buffer.argument >= arguments_.size()) return internal_error("a row stream's buffer is nowhere");
    const std::size_t end = buffer.offset + static_cast<std::size_t>(buffer.layout.slots) * slot_bytes(buffer);
    if (end > arguments_[buffer.argument].bytes)
      return internal_error("a row stream leaves '" + arguments_[buffer.argument].name + "'");
    return {};
  }

  // Planes hold the bytes of their slots in another order: here they count as if one slot followed the other, which is
  // the same for all others, whose bytes must be none of a ring's.
  static std::size_t slot_bytes(const stream::BufferRecord& buffer) {
    if (buffer.layout.planes.bytes == 0) return static_cast<std::size_t>(buffer.layout.stride);
    const std::size_t all =
        static_cast<std::size_t>(buffer.layout.channels) * static_cast<std::size_t>(buffer.layout.planes.bytes);
    return (all + ops::plane_slack_bytes) / static_cast<std::size_t>(buffer.layout.slots);
  }

  Place place(const stream::BufferRecord& buffer, std::int32_t row) const {
    const std::size_t begin = arguments_[buffer.argument].offset + buffer.offset +
                              static_cast<std::size_t>(row % buffer.layout.slots) * slot_bytes(buffer);
    if (buffer.layout.planes.bytes != 0) return {begin, begin + slot_bytes(buffer)};
    return {begin, begin + static_cast<std::size_t>(buffer.layout.width) *
                               static_cast<std::size_t>(buffer.layout.channels) *
                               static_cast<std::size_t>(buffer.layout.element_bytes)};
  }

  void fill_inputs(std::size_t inputs) {
    for (std::uint32_t b = 0; b < blob_.header().buffers; ++b) {
      const stream::BufferRecord& buffer = blob_.buffer(b);
      if (buffer.argument >= inputs || arguments_[buffer.argument].is_constant || buffer.same_as != b) continue;
      for (std::int32_t row = 0; row < buffer.layout.rows; ++row) {
        const Place at = place(buffer, row);
        memory_.write(at.begin, at.end, {b, row});
      }
    }
  }

  Status check_row(std::uint32_t index, std::int32_t row) const {
    const stream::BufferRecord& buffer = blob_.buffer(index);
    const Place at = place(buffer, row);
    if (arguments_[buffer.argument].is_constant || memory_.holds(at.begin, at.end, {buffer.same_as, row})) return {};
    return internal_error("a row stream overwrites row " + std::to_string(row) + " in '" +
                          arguments_[buffer.argument].name + "' before it is read");
  }

  std::int32_t last_read(std::uint32_t index, std::int32_t row) const {
    return std::min(row, blob_.buffer(index).layout.rows - 1);
  }

  // Slots of rows outside of the image, which a stage that reads planes fills with the zero point before it reads them.
  void fill_rows_outside(std::uint32_t index, const ops::WindowShape& y, std::int32_t first, std::int32_t last) {
    const stream::BufferRecord& planes = blob_.buffer(index);
    if (planes.layout.planes.bytes == 0) return;
    for (std::int32_t row = first * y.stride - y.padding; row < last * y.stride - y.padding + y.kernel; ++row) {
      if (row >= 0 && row < planes.layout.rows) continue;
      const Place at = place(planes, row & (planes.layout.slots - 1));
      memory_.write(at.begin, at.end, {planes.same_as, row});
    }
  }

  // Reads must be intact before and after the rows are written.
  Status make_rows(const stream::Step& step, const stream::ScheduledStage& stage) {
    const stream::StageRecord& record = blob_.stage(step.stage);
    const stream::BufferRecord& output = blob_.buffer(record.output);
    const std::int32_t last = stage.next + step.rows - 1;
    fill_rows_outside(record.input[0], record.parts.y, stage.next, last);
    for (const bool written : {false, true}) {
      for (std::int32_t row = stage.next; written && row <= last; ++row) {
        const Place at = place(output, row);
        memory_.write(at.begin, at.end, {output.same_as, row});
      }
      for (std::uint32_t k = 0; k < stage.inputs; ++k)
        for (std::int32_t row = stage.first(k, stage.next); row <= last_read(record.input[k], stage.last(k, last));
             ++row)
          CORTADO_CHECK(check_row(record.input[k], row));
    }
    return {};
  }

  Status check_outputs(std::size_t inputs, std::size_t outputs) const {
    for (std::uint32_t b = 0; b < blob_.header().buffers; ++b) {
      const stream::BufferRecord& buffer = blob_.buffer(b);
      if (buffer.argument < inputs || buffer.argument >= inputs + outputs) continue;
      for (std::int32_t row = 0; row < buffer.layout.rows; ++row) CORTADO_CHECK(check_row(b, row));
    }
    return {};
  }

  const stream::Blob& blob_;
  const std::vector<StreamArgument>& arguments_;
  Memory memory_;
};

}  // namespace

Status check_stream(std::span<const std::uint8_t> bytes, const std::vector<StreamArgument>& arguments,
                    std::size_t inputs, std::size_t outputs) {
  // The reader wants its blob aligned as in a program.
  struct Free {
    void operator()(void* block) const { std::free(block); }
  };
  const std::unique_ptr<void, Free> aligned(std::aligned_alloc(16, (bytes.size() + 15) / 16 * 16));
  if (aligned == nullptr) return internal_error("no memory");
  std::memcpy(aligned.get(), bytes.data(), bytes.size());
  stream::Blob blob;
  ErrorReport report;
  if (blob.open(aligned.get(), bytes.size(), report) != ErrorCode::ok) return internal_error(report.text());
  return StreamSimulation(blob, arguments).run(inputs, outputs);
}

}  // namespace cortado::compiler
