#include "stream/stream.h"

namespace cortado::stream {
namespace {

constexpr std::size_t unit = 8;

std::size_t round_up(std::size_t bytes) { return (bytes + unit - 1) & ~(unit - 1); }

ErrorCode damaged(ErrorReport& report, const char* what) {
  return report.fail(ErrorCode::invalid_program, "the native program is damaged: ").add(what);
}

const ops::Stage* find_stage(const ops::StageTable& table, std::uint32_t id, ErrorReport& report) {
  for (std::uint32_t i = 0; i < table.count; ++i)
    if (table.rows[i]->id == id) return table.rows[i];
  report.fail(ErrorCode::missing_operator, "stage ").add(id).add(" is not in this build: link it or recompile the model");
  return nullptr;
}

// That all columns of the image lie inside their plane.
bool are_sound_planes(const BufferRecord& record) {
  return record.plane_bytes >= 1 && record.plane_bytes <= max_row_bytes && record.plane_lead >= 0 &&
         record.plane_lead <= max_rows && (record.slots == 4 || record.slots == 8) && record.element_bytes == 1 &&
         std::int64_t{record.width + record.plane_lead} * record.slots <= record.plane_bytes;
}

std::uint64_t planes_end(const BufferRecord& record) {
  return record.offset + std::uint64_t(record.channels) * std::uint64_t(record.plane_bytes) + ops::plane_slack_bytes;
}

// The rows of a buffer, with proof that all slots lie in its argument.
ErrorCode make_rows(const Blob& blob, std::uint32_t index, const Argument* arguments, std::uint32_t count, ops::Rows& rows,
                    ErrorReport& report) {
  const BufferRecord& record = blob.buffer(index);
  if (record.argument >= count || record.same_as >= blob.header().buffers) return damaged(report, "a buffer is nowhere");
  const auto in = [](std::int32_t value, std::int32_t limit) { return value >= 1 && value <= limit; };
  if (!in(record.rows, max_rows) || !in(record.slots, record.plane_bytes != 0 ? max_rows : record.rows) || !in(record.width, max_rows) ||
      !in(record.channels, max_row_bytes) || !in(record.stride, max_row_bytes) ||
      (record.element_bytes != 1 && record.element_bytes != 2 && record.element_bytes != 4) ||
      record.stride % record.element_bytes != 0)
    return damaged(report, "a buffer's sizes are out of range");
  if (std::int64_t{record.width} * record.channels > record.stride / record.element_bytes)
    return damaged(report, "a row does not fit its slot");
  const Argument& argument = arguments[record.argument];
  rows.planes = {record.plane_bytes, record.plane_lead};
  if (rows.planes.bytes != 0 && !are_sound_planes(record)) return damaged(report, "planes' sizes are out of range");
  const std::uint64_t end = rows.planes.bytes != 0 ? planes_end(record) : record.offset + std::uint64_t(record.slots - 1) * std::uint64_t(record.stride) +
                            std::uint64_t(record.width) * std::uint64_t(record.channels) * std::uint64_t(record.element_bytes);
  if (record.offset % 16 != 0 || end > argument.bytes) return damaged(report, "a buffer leads outside its tensor");
  rows.base = static_cast<std::uint8_t*>(argument.data) + record.offset;
  rows.rows = record.rows;
  rows.slots = record.slots;
  rows.stride = record.stride;
  rows.width = record.width;
  rows.channels = record.channels;
  rows.element_bytes = record.element_bytes;
  return ErrorCode::ok;
}

// One buffer seen twice has the same rows in the same places.
ErrorCode check_views(const Blob& blob, ErrorReport& report) {
  for (std::uint32_t i = 0; i < blob.header().buffers; ++i) {
    const BufferRecord& view = blob.buffer(i);
    if (view.same_as >= blob.header().buffers) return damaged(report, "a buffer is nowhere");
    const BufferRecord& owner = blob.buffer(view.same_as);
    if (owner.same_as != view.same_as || owner.argument != view.argument || owner.offset != view.offset ||
        owner.rows != view.rows || owner.slots != view.slots || owner.stride != view.stride ||
        ((owner.plane_bytes != 0 || view.plane_bytes != 0) && i != view.same_as))
      return damaged(report, "a buffer is seen in two places");
  }
  return ErrorCode::ok;
}

ops::Window window_of(const WindowRecord& record, std::int32_t input, std::int32_t output) {
  return {input, output, record.kernel, record.stride, record.padding, record.dilation};
}

ErrorCode make_arguments(const Blob& blob, const ops::Stage& made, const StageRecord& record, const Argument* arguments,
                         std::uint32_t count, ops::StageArguments& stage, ErrorReport& report) {
  for (; stage.inputs < ops::max_stage_inputs && record.input[stage.inputs] != no_buffer; ++stage.inputs)
    if (make_rows(blob, record.input[stage.inputs], arguments, count, stage.input[stage.inputs], report) != ErrorCode::ok)
      return report.code();
  if (make_rows(blob, record.output, arguments, count, stage.output, report) != ErrorCode::ok) return report.code();
  const Argument& written = arguments[blob.buffer(record.output).argument];
  if (written.is_constant || written.source != nullptr) return damaged(report, "a stage writes to a constant");
  for (std::uint32_t k = 0; k < stage.inputs; ++k) {
    const ops::RowSource* source = arguments[blob.buffer(record.input[k]).argument].source;
    if (source == nullptr) continue;
    if (k != 0 || !made.takes_source) return report.fail(ErrorCode::unsupported, "the program reads an input that comes by rows as a whole");
    stage.source = source;
  }
  for (std::uint32_t k = 0; k < stage.inputs; ++k)
    if ((stage.input[k].planes.bytes != 0) != (made.reads_planes && k == 0)) return damaged(report, "rows lie as no stage reads them");
  if ((stage.output.planes.bytes != 0) != made.writes_planes) return damaged(report, "rows lie as no stage makes them");
  stage.y = window_of(record.y, stage.input[0].rows, stage.output.rows);
  stage.x = window_of(record.x, stage.input[0].width, stage.output.width);
  blob.take_data(record, stage);
  return ErrorCode::ok;
}

}  // namespace

std::size_t Stream::table_bytes(const Blob& blob, const ops::StageTable& table, ErrorReport& report) {
  const std::uint32_t count = blob.header().stages;
  std::size_t bytes = round_up(sizeof(Stream)) + round_up(count * sizeof(ScheduledStage)) + round_up(count * sizeof(Part));
  for (std::uint32_t i = 0; i < count; ++i) {
    const ops::Stage* stage = find_stage(table, blob.stage(i).stage, report);
    if (stage == nullptr) return 0;
    bytes += round_up(stage->plan_bytes);
  }
  return bytes;
}

Stream* Stream::prepare(const Blob& blob, const ops::StageTable& table, const Argument* arguments, std::uint32_t count,
                        void* memory, ErrorReport& report) {
  if (count != blob.header().arguments) {
    report.fail(ErrorCode::invalid_program, "the native program takes ").add(blob.header().arguments)
        .add(" tensors, the call gives ").add(count);
    return nullptr;
  }
  auto* next = static_cast<std::uint8_t*>(memory);
  auto* stream = new (next) Stream;
  stream->count_ = blob.header().stages;
  stream->from_ = stream->count_ - 1;
  next += round_up(sizeof(Stream));
  stream->schedule_ = reinterpret_cast<ScheduledStage*>(next);
  next += round_up(stream->count_ * sizeof(ScheduledStage));
  stream->parts_ = reinterpret_cast<Part*>(next);
  next += round_up(stream->count_ * sizeof(Part));
  return stream->fill(blob, table, arguments, count, next, report) == ErrorCode::ok ? stream : nullptr;
}

ErrorCode Stream::fill(const Blob& blob, const ops::StageTable& table, const Argument* arguments, std::uint32_t count,
                       std::uint8_t* plans, ErrorReport& report) {
  if (check_views(blob, report) != ErrorCode::ok) return report.code();
  if (make_schedule(blob, schedule_, report) != ErrorCode::ok) return report.code();
  for (std::uint32_t i = 0; i < count_; ++i) {
    const StageRecord& record = blob.stage(i);
    const ops::Stage* stage = find_stage(table, record.stage, report);
    if (stage == nullptr) return report.code();
    ops::StageArguments stage_arguments;
    if (make_arguments(blob, *stage, record, arguments, count, stage_arguments, report) != ErrorCode::ok ||
        stage->prepare(stage_arguments, plans, report) != ErrorCode::ok) {
      report.add(" (stage ").add(i).add(", ").add(stage->name).add(")");
      return report.code();
    }
    parts_[i] = {stage, plans};
    plans += round_up(stage->plan_bytes);
  }
  return ErrorCode::ok;
}

void Stream::begin() {
  for (std::uint32_t i = 0; i < count_; ++i) schedule_[i].next = 0;
  from_ = count_ - 1;
}

bool Stream::step() {
  const Step step = next_step(schedule_, from_, count_);
  if (step.stage == count_) return false;
  ScheduledStage& stage = schedule_[step.stage];
  parts_[step.stage].stage->run(parts_[step.stage].plan, stage.next, step.rows);
  stage.next += step.rows;
  from_ = stage.last_reader;
  return true;
}

}  // namespace cortado::stream
