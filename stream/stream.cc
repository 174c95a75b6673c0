#include "stream/stream.h"

#include <new>

namespace cortado::stream {
namespace {

constexpr std::size_t unit = 8;

std::size_t round_up(std::size_t bytes) { return (bytes + unit - 1) & ~(unit - 1); }

ErrorCode damaged(ErrorReport& report, Wording what) {
  return report.fail(ErrorCode::invalid_program, "the native program is damaged: ").add(what);
}

constexpr std::uint32_t max_kinds = 256;  // ScheduledStage::kind

// The stage's place in the table; its count when it is not there. A part of its callers: it is a few instructions.
__attribute__((always_inline)) inline std::uint32_t find_stage(const ops::StageTable& table, std::uint32_t id,
                                                               ErrorReport& report) {
  for (std::uint32_t i = 0; i < table.count; ++i)
    if (table.rows[i]->id == id) return i;
  report.fail(ErrorCode::missing_operator, "stage ")
      .add(id)
      .add(" is not in this build: link it or recompile the model");
  return table.count;
}

}  // namespace

std::size_t Stream::table_bytes(const Blob& blob) {
  const Header& header = blob.header();
  return round_up(sizeof(Stream) + header.arguments * sizeof(std::uintptr_t) + header.stages * sizeof(ScheduledStage));
}

ErrorCode Stream::find_stages(const Blob& blob, const ops::StageTable& table, ErrorReport& report) {
  for (std::uint32_t i = 0; i < blob.header().stages; ++i) find_stage(table, blob.stage(i).stage, report);
  return report.code();
}

Stream* Stream::prepare(const Blob& blob, const ops::StageTable& table, const Argument* arguments, std::uint32_t count,
                        void* memory, ErrorReport& report) {
  if (count != blob.header().arguments) {
    report.fail(ErrorCode::invalid_program, "the native program takes ")
        .add(blob.header().arguments)
        .add(" tensors, the call gives ")
        .add(count);
    return nullptr;
  }
  auto* stream = new (memory) Stream(blob, table);
  stream->places_ = reinterpret_cast<std::uintptr_t*>(stream + 1);
  stream->schedule_ = reinterpret_cast<ScheduledStage*>(stream->places_ + count);
  stream->from_ = stream->count_ - 1;
  return stream->check(table, arguments, count, report) == ErrorCode::ok ? stream : nullptr;
}

ErrorCode Stream::check(const ops::StageTable& table, const Argument* arguments, std::uint32_t count,
                        ErrorReport& report) {
  for (std::uint32_t i = 0; i < count; ++i) {
    places_[i] = reinterpret_cast<std::uintptr_t>(arguments[i].data);
    if (arguments[i].source != nullptr) source_ = *arguments[i].source;
  }
  const BufferRecord* const buffers = &blob_.buffer(0);
  for (std::uint32_t i = 0, all = blob_.header().buffers; i < all; ++i) {
    const BufferRecord& buffer = buffers[i];
    if (buffer.argument >= count) return damaged(report, "a buffer is nowhere");
    const Argument& argument = arguments[buffer.argument];
    if (rows_end(buffer) > argument.bytes || (argument.data == nullptr && argument.source == nullptr))
      return damaged(report, "a buffer leads outside its tensor");
  }
  if (make_schedule(blob_, schedule_, report) != ErrorCode::ok) return report.code();
  const StageRecord* const stages = &blob_.stage(0);
  const ops::StageTable known = {table.rows, table.count < max_kinds ? table.count : max_kinds};
  for (std::uint32_t i = 0; i < count_; ++i) {
    const std::uint32_t kind = find_stage(known, stages[i].stage, report);
    if (kind == known.count) return report.code();
    schedule_[i].kind = static_cast<std::uint8_t>(kind);
    if (check_stage(i, arguments, report) != ErrorCode::ok)
      return report.add(" (stage ").add(i).add(", ").add(stage_name(i)).add(")");
  }
  return ErrorCode::ok;
}

ErrorCode Stream::check_stage(std::uint32_t index, const Argument* arguments, ErrorReport& report) const {
  const StageRecord& record = blob_.stage(index);
  const ops::Stage& made = stage(index);
  const Argument& written = arguments[blob_.buffer(record.output).argument];
  if (written.is_constant || written.source != nullptr) return damaged(report, "a stage writes to a constant");
  for (std::uint32_t k = 0; k < schedule_[index].inputs; ++k) {
    const BufferRecord& read = blob_.buffer(record.input[k]);
    if (arguments[read.argument].source != nullptr && (k != 0 || !made.takes_source))
      return report.fail(ErrorCode::unsupported, "the program reads an input that comes by rows as a whole");
    const bool are_planes = read.layout.planes.bytes != 0;
    if (are_planes != (made.reads_planes && k == 0)) return damaged(report, "rows lie as no stage reads them");
    if (are_planes && arguments[read.argument].is_constant) return damaged(report, "a stage writes to a constant");
  }
  if ((blob_.buffer(record.output).layout.planes.bytes != 0) != made.writes_planes)
    return damaged(report, "rows lie as no stage makes them");
  ops::StageCheck check(report);
  made.check(this->arguments(index), check);
  return report.code();
}

inline ops::Rows Stream::rows(std::uint32_t buffer) const {
  const BufferRecord& record = blob_.buffer(buffer);
  return {reinterpret_cast<std::uint8_t*>(places_[record.argument] + record.offset), &record.layout};
}

inline ops::StageArguments Stream::arguments(std::uint32_t index) const {
  const StageRecord& record = blob_.stage(index);
  const std::uint32_t inputs = schedule_[index].inputs;
  const bool by_rows = places_[blob_.buffer(record.input[0]).argument] == 0;
  return {{rows(record.input[0]), inputs > 1 ? rows(record.input[1]) : ops::Rows{}},
          rows(record.output),
          &record.parts,
          blob_.data(),
          by_rows ? &source_ : nullptr,
          inputs};
}

ops::StageArguments Stream::stage_arguments(std::uint32_t i) const { return arguments(i); }

void Stream::begin() {
  for (std::uint32_t i = 0; i < count_; ++i) schedule_[i].next = 0;
  from_ = count_ - 1;
}

bool Stream::step() {
  const Step step = next_step(schedule_, from_, count_);
  if (step.stage == count_) return false;
  ScheduledStage& scheduled = schedule_[step.stage];
  stage(step.stage).run(arguments(step.stage), scheduled.next, step.rows);
  scheduled.next = static_cast<std::uint16_t>(scheduled.next + step.rows);
  from_ = scheduled.last_reader;
  return true;
}

}  // namespace cortado::stream
