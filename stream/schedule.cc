#include "stream/schedule.h"

namespace cortado::stream {
namespace {

ErrorCode damaged(ErrorReport& report, const char* what) {
  return report.fail(ErrorCode::invalid_program, "the native program is damaged: ").add(what);
}

bool is_sound(const WindowRecord& window) {
  constexpr std::int32_t limit = 1 << 14;
  return window.kernel >= 1 && window.kernel < limit && window.stride >= 1 && window.stride < limit && window.padding >= 0 &&
         window.padding < limit && window.dilation >= 1 && window.dilation < limit;
}

// The stage before `end` that makes the rows; −1: none.
std::int8_t producer_of(const Blob& blob, std::uint32_t buffer, std::uint32_t end) {
  for (std::uint32_t i = end; i-- > 0;)
    if (blob.buffer(blob.stage(i).output).same_as == blob.buffer(buffer).same_as) return static_cast<std::int8_t>(i);
  return -1;
}

}  // namespace

ErrorCode make_schedule(const Blob& blob, ScheduledStage* stages, ErrorReport& report) {
  const std::uint32_t buffers = blob.header().buffers, count = blob.header().stages;
  for (std::uint32_t i = 0; i < count; ++i) {
    const StageRecord& record = blob.stage(i);
    ScheduledStage& stage = stages[i] = ScheduledStage{};
    stage.last_reader = i;
    if (record.output >= buffers || record.input[0] >= buffers) return damaged(report, "a buffer does not exist");
    if (!is_sound(record.y) || !is_sound(record.x)) return damaged(report, "a window is out of range");
    if (producer_of(blob, record.output, i) >= 0) return damaged(report, "a buffer is made twice");
    stage.rows = blob.buffer(record.output).rows;
    stage.slots = blob.buffer(record.output).slots;
    stage.rows_at_once = blob.buffer(record.output).rows_at_once;
    if (stage.rows_at_once < 1 || stage.rows_at_once > max_rows_at_once) return damaged(report, "a step's rows are out of range");
    for (std::uint32_t k = 0; k < ops::max_stage_inputs && record.input[k] != no_buffer; ++k, ++stage.inputs) {
      if (record.input[k] >= buffers) return damaged(report, "a buffer does not exist");
      if (blob.buffer(record.input[k]).same_as == blob.buffer(record.output).same_as)
        return damaged(report, "a stage reads what it makes");
      ScheduledInput& input = stage.input[k];
      input.producer = producer_of(blob, record.input[k], i);
      if (input.producer >= 0) stages[input.producer].last_reader = i;
      input.rows = blob.buffer(record.input[k]).rows;
      if (k > 0) continue;
      input.stride = record.y.stride;
      input.padding = record.y.padding;
      input.reach = (record.y.kernel - 1) * record.y.dilation;
    }
  }
  return ErrorCode::ok;
}

}  // namespace cortado::stream
