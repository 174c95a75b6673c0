// What a method needs, in bytes: the one account that measure() reports and load() follows. Host and target, C++17.
#pragma once

#include "runtime/arena.h"
#include "runtime/method.h"

namespace cortado::runtime {

struct Layout {
  std::size_t working_bytes = 0;     // regions without state and unplanned ports, each rounded up to 16
  std::size_t persistent_bytes = 0;  // regions with state, likewise
  std::size_t table_bytes = 0;       // the decoded program, rounded up to 16
  std::size_t borrowed_bytes = 0;    // the most that preparing one call borrows
  std::size_t region_bytes = 0;      // of the regions alone, wherever they go
  std::size_t largest_region_bytes = 0;
  std::uint32_t state_count = 0;

  std::size_t shared_arena_bytes() const {
    return round_up(working_bytes > borrowed_bytes ? working_bytes : borrowed_bytes, 16);
  }
  std::size_t state_bytes() const { return persistent_bytes + table_bytes; }
  std::size_t arena_bytes() const { return shared_arena_bytes() + state_bytes(); }
};

// Whether a region has memory elsewhere than in the arena; null if not.
const Placement* find_placement(const Options& options, std::uint32_t memory_id);

// Whether an input comes by rows and therefore needs no memory.
inline bool comes_by_rows(const Options& options, bool is_output, std::uint32_t port) {
  return !is_output && options.rows.source.read != nullptr && options.rows.input == port;
}

// The parts that need no look at the instructions: working and persistent bytes, state_count.
ErrorCode lay_memory(Method& method, const Options& options, Layout& layout, ErrorReport& report);
// Table and borrowed bytes as well.
ErrorCode lay_tables(Method& method, const Options& options, Layout& layout, ErrorReport& report);

// Bytes of an unplanned port that is the first to name its value; 0 for all others.
ErrorCode unplanned_bytes(Method& method, bool is_output, std::uint32_t port, std::size_t& bytes, ErrorReport& report);

// Plans of the instructions that are no kernels.
struct MovePlan {
  const void* from;
  void* to;
  std::size_t bytes;
};
struct StreamPlan {
  stream::Stream* stream;
};
struct JumpPlan {
  const std::uint8_t* condition;  // a boolean; 0: jump
  std::uint32_t destination;
};

// The row of instructions that are row streams; their plan is a StreamPlan.
extern const ops::Kernel stream_row;

}  // namespace cortado::runtime
