#include "stream/schedule.h"

#include <new>

namespace cortado::stream {
namespace {

ErrorCode damaged(ErrorReport& report, Wording what) {
  return report.fail(ErrorCode::invalid_program, "the native program is damaged: ").add(what);
}

}  // namespace

ErrorCode make_schedule(const Blob& blob, ScheduledStage* stages, ErrorReport& report) {
  const std::uint32_t buffers = blob.header().buffers, count = blob.header().stages;
  std::int8_t producers[max_buffers];  // by the buffers that own rows: the stage before that makes them; −1: none
  for (std::uint32_t i = 0; i < buffers; ++i) producers[i] = -1;
  const BufferRecord* const rows = &blob.buffer(0);
  for (std::uint32_t i = 0; i < count; ++i) {
    const StageRecord& record = blob.stage(i);
    if (record.output >= buffers || record.input[0] >= buffers) return damaged(report, "a buffer does not exist");
    if (!is_sound(record.parts.y) || !is_sound(record.parts.x)) return damaged(report, "a window is out of range");
    const BufferRecord& output = rows[record.output];
    ScheduledStage& stage = *new (&stages[i]) ScheduledStage{0,
                                                             static_cast<std::uint16_t>(output.layout.rows),
                                                             static_cast<std::uint16_t>(output.layout.slots),
                                                             record.parts.pace,
                                                             static_cast<std::uint8_t>(output.rows_at_once & 15),
                                                             static_cast<std::uint8_t>(output.first_rows & 15),
                                                             0,
                                                             {-1, -1},
                                                             static_cast<std::uint8_t>(i),
                                                             0};
    for (std::uint32_t k = 0; k < ops::max_stage_inputs && record.input[k] != no_buffer; ++k, ++stage.inputs) {
      if (record.input[k] >= buffers) return damaged(report, "a buffer does not exist");
      const std::uint32_t read = rows[record.input[k]].same_as;
      if (read == output.same_as) return damaged(report, "a stage reads what it makes");
      stage.producer[k] = producers[read];
      if (stage.producer[k] >= 0) stages[stage.producer[k]].last_reader = static_cast<std::uint8_t>(i);
    }
    if (producers[output.same_as] >= 0) return damaged(report, "a buffer is made twice");
    producers[output.same_as] = static_cast<std::int8_t>(i);
  }
  return ErrorCode::ok;
}

}  // namespace cortado::stream
