#include "stream/schedule.h"

namespace cortado::stream {
namespace {

ErrorCode damaged(ErrorReport& report, const char* what) {
  return report.fail(ErrorCode::invalid_program, "the native program is damaged: ").add(what);
}

}  // namespace

ErrorCode make_schedule(const Blob& blob, ScheduledStage* stages, ErrorReport& report) {
  const std::uint32_t buffers = blob.header().buffers, count = blob.header().stages;
  std::int8_t producers[max_buffers];  // by the buffers that own rows: the stage before that makes them; −1: none
  for (std::uint32_t i = 0; i < buffers; ++i) {
    if (blob.buffer(i).same_as >= buffers) return damaged(report, "a buffer is nowhere");
    producers[i] = -1;
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const StageRecord& record = blob.stage(i);
    ScheduledStage& stage = stages[i] = ScheduledStage{};
    if (record.output >= buffers || record.input[0] >= buffers) return damaged(report, "a buffer does not exist");
    if (!is_sound(record.y) || !is_sound(record.x)) return damaged(report, "a window is out of range");
    const BufferRecord& output = blob.buffer(record.output);
    stage.rows = output.rows;
    stage.slots = output.slots;
    stage.rows_at_once = output.rows_at_once;
    if (stage.rows_at_once < 1 || stage.rows_at_once > max_rows_at_once) return damaged(report, "a step's rows are out of range");
    for (std::uint32_t k = 0; k < ops::max_stage_inputs && record.input[k] != no_buffer; ++k, ++stage.inputs) {
      if (record.input[k] >= buffers) return damaged(report, "a buffer does not exist");
      const BufferRecord& read = blob.buffer(record.input[k]);
      if (read.same_as == output.same_as) return damaged(report, "a stage reads what it makes");
      stage.input[k].producer = producers[read.same_as];
      stage.input[k].last_row = static_cast<std::uint16_t>(read.rows - 1);
    }
    ScheduledInput& input = stage.input[0];
    input.stride = static_cast<std::uint16_t>(record.y.stride);
    input.padding = static_cast<std::uint16_t>(record.y.padding);
    input.reach = static_cast<std::uint16_t>((record.y.kernel - 1) * record.y.dilation);
    if (producers[output.same_as] >= 0) return damaged(report, "a buffer is made twice");
    producers[output.same_as] = static_cast<std::int8_t>(i);
  }
  find_last_readers(stages, count);
  return ErrorCode::ok;
}

}  // namespace cortado::stream
