// Runs a row stream. Host and target, C++17, no heap.
//
//   ErrorReport report;
//   Blob blob;
//   blob.open(data, size, report);                                                   // not ok: report says why
//   const std::size_t bytes = Stream::table_bytes(blob, table, report);              // 0: likewise
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
  static std::size_t table_bytes(const Blob& blob, const ops::StageTable& table, ErrorReport& report);
  // `memory`: table_bytes(), 8-aligned. The blob's bytes stay in use.
  static Stream* prepare(const Blob& blob, const ops::StageTable& table, const Argument* arguments, std::uint32_t count,
                         void* memory, ErrorReport& report);

  void begin();
  // Makes a row, or the few that its stage makes at once. True while more remain.
  bool step();

  std::uint32_t stage_count() const { return count_; }
  const char* stage_name(std::uint32_t i) const { return parts_[i].stage->name; }  // i < stage_count()
  // The stage that step() runs next; stage_count() at the end.
  std::uint32_t next() const { return next_step(schedule_, from_, count_).stage; }

 private:
  struct Part {
    const ops::Stage* stage;
    const void* plan;
  };

  ErrorCode fill(const Blob& blob, const ops::StageTable& table, const Argument* arguments, std::uint32_t count,
                 std::uint8_t* plans, ErrorReport& report);

  ScheduledStage* schedule_ = nullptr;
  Part* parts_ = nullptr;
  std::uint32_t count_ = 0;
  std::uint32_t from_ = 0;  // stages behind it are not ready
};

}  // namespace cortado::stream
