// Runs a row stream. Host and target, C++17, no heap.
//
//   ErrorReport report;
//   Blob blob;
//   blob.open(data, size, report);                                                   // not ok: report says why
//   const std::size_t bytes = Stream::table_bytes(blob);
//   Stream* stream = Stream::prepare(blob, table, arguments, count, memory, report); // null: likewise
//   stream->begin();
//   while (stream->step()) {}
//
// prepare() proves the blob once: whatever its content, running touches only the arguments' memory and the blob, and
// ends. That rows are what they should be is the compiler's promise.
#pragma once

#include "stream/schedule.h"

namespace cortado::stream {

// A tensor of the call, or the workspace.
struct Argument {
  void* data = nullptr;  // 16-aligned
  std::size_t bytes = 0;
  bool is_constant = false;
  const ops::RowSource* source = nullptr;  // not null: its rows come from there, and `data` is null; an input's
};

class Stream {
 public:
  // What prepare() needs; a multiple of 8.
  static std::size_t table_bytes(const Blob& blob);
  // Whether the table has all stages; prepare() asks, too.
  static ErrorCode find_stages(const Blob& blob, const ops::StageTable& table, ErrorReport& report);
  // `memory`: table_bytes(), 8-aligned. The blob's bytes and the table's rows stay in use.
  static Stream* prepare(const Blob& blob, const ops::StageTable& table, const Argument* arguments, std::uint32_t count,
                         void* memory, ErrorReport& report);

  void begin();
  // Makes a row, or the few that its stage makes at once. True while more remain.
  bool step();

  std::uint32_t stage_count() const { return count_; }
  bool wants_compact_loops() const { return blob_.header().loops == LoopChoice::compact; }
  // i < stage_count()
  const char* stage_name(std::uint32_t i) const { return stage(i).name; }
  std::uint32_t stage_id(std::uint32_t i) const { return stage(i).id; }
  ops::StageArguments stage_arguments(std::uint32_t i) const;
  // The stage that step() runs next; stage_count() at the end.
  std::uint32_t next() const { return next_step(schedule_, from_, count_).stage; }

 private:
  Stream(const Blob& blob, const ops::StageTable& table)
      : blob_(blob), table_(table.rows), count_(blob.header().stages) {}

  ErrorCode check(const ops::StageTable& table, const Argument* arguments, std::uint32_t count, ErrorReport& report);
  ErrorCode check_stage(std::uint32_t index, const Argument* arguments, ErrorReport& report) const;

  const ops::Stage& stage(std::uint32_t i) const { return *table_[schedule_[i].kind]; }
  ops::Rows rows(std::uint32_t buffer) const;
  ops::StageArguments arguments(std::uint32_t index) const;

  Blob blob_;
  const ops::Stage* const* table_;
  std::uint32_t count_;
  std::uint32_t from_ = 0;            // stages behind it are not ready
  std::uintptr_t* places_ = nullptr;  // where the call's tensors lie; 0: by rows
  ScheduledStage* schedule_ = nullptr;
  ops::RowSource source_;
};

}  // namespace cortado::stream
