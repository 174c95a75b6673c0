#include "stream/blob.h"

namespace cortado::stream {
namespace {

ErrorCode damaged(ErrorReport& report, Wording what) {
  return report.fail(ErrorCode::invalid_program, "the native program is damaged: ").add(what);
}

bool is_inside(std::uint32_t offset, std::uint32_t bytes, std::uint32_t size) {
  return offset <= size && bytes <= size - offset;
}

bool is_in(std::int32_t value, std::int32_t limit) { return value >= 1 && value <= limit; }

bool is_element(std::int32_t bytes) { return bytes == 1 || bytes == 2 || bytes == 4; }

// That all columns of the image lie inside their plane.
bool are_sound_planes(const ops::RowLayout& layout) {
  return is_in(layout.planes.bytes, max_row_bytes) && layout.planes.lead >= 0 && layout.planes.lead <= max_rows &&
         (layout.slots == 4 || layout.slots == 8) && layout.element_bytes == 1 &&
         (layout.width + layout.planes.lead) * layout.slots <= layout.planes.bytes;
}

// One buffer seen twice has the same rows in the same places.
bool is_view(const BufferRecord& view, const BufferRecord& owner) {
  const ops::RowLayout &seen = view.layout, &owned = owner.layout;
  return owner.same_as == view.same_as && owner.argument == view.argument && owner.offset == view.offset &&
         owned.rows == seen.rows && owned.slots == seen.slots && owned.stride == seen.stride &&
         owned.planes.bytes == 0 && seen.planes.bytes == 0;
}

ErrorCode check_buffer(const BufferRecord* buffers, std::uint32_t count, std::uint32_t index, ErrorReport& report) {
  const BufferRecord& buffer = buffers[index];
  const ops::RowLayout& layout = buffer.layout;
  const bool are_planes = layout.planes.bytes != 0;
  if (!is_in(layout.rows, max_rows) || !is_in(layout.slots, are_planes ? max_rows : layout.rows) ||
      !is_in(layout.width, max_rows) || !is_in(layout.channels, max_row_bytes) ||
      !is_in(layout.stride, max_row_bytes) || !is_element(layout.element_bytes) ||
      layout.stride % layout.element_bytes != 0 || buffer.offset % 16 != 0)
    return damaged(report, "a buffer's sizes are out of range");
  if (!is_in(buffer.rows_at_once, max_rows_at_once) || !is_in(buffer.first_rows, buffer.rows_at_once))
    return damaged(report, "a step's rows are out of range");
  if (row_bytes(layout) > static_cast<std::uint32_t>(layout.stride))
    return damaged(report, "a row does not fit its slot");
  if (are_planes && !are_sound_planes(layout)) return damaged(report, "planes' sizes are out of range");
  if (buffer.same_as >= count) return damaged(report, "a buffer is nowhere");
  if (buffer.same_as != index && !is_view(buffer, buffers[buffer.same_as]))
    return damaged(report, "a buffer is seen in two places");
  return ErrorCode::ok;
}

ErrorCode check_parts(const std::uint8_t* data, std::uint32_t size, const ops::StageParts& stage, ErrorReport& report) {
  if (stage.number_count > ops::max_stage_numbers || stage.constant_count > ops::max_stage_constants)
    return damaged(report, "a stage has too many parts");
  if (stage.numbers % 4 != 0 || stage.constants % 4 != 0 || !is_inside(stage.numbers, stage.number_count * 4u, size) ||
      !is_inside(stage.constants, stage.constant_count * sizeof(ops::StageConstant), size))
    return damaged(report, "a reference leads outside");
  const auto* constants = reinterpret_cast<const ops::StageConstant*>(data + stage.constants);
  for (std::uint32_t i = 0; i < stage.constant_count; ++i)
    if (constants[i].offset % 16 != 0 || !is_inside(constants[i].offset, constants[i].bytes, size))
      return damaged(report, "a constant leads outside");
  return ErrorCode::ok;
}

}  // namespace

ErrorCode Blob::open(const void* data, std::size_t size_bytes, ErrorReport& report) {
  data_ = static_cast<const std::uint8_t*>(data);
  size_ = size_bytes;
  if (data == nullptr || reinterpret_cast<std::uintptr_t>(data) % 16 != 0)
    return damaged(report, "it is not 16-aligned");
  if (size_bytes < sizeof(Header)) return damaged(report, "it is cut short");
  header_ = at<Header>(0);
  if (header_->magic != magic) return damaged(report, "it does not begin with its mark");
  if (header_->version != version)
    return report.fail(ErrorCode::unsupported, "the native program has version ")
        .add(header_->version)
        .add(", this build reads ")
        .add(version);
  if (header_->bytes != size_bytes) return damaged(report, "it is cut short");
  if (header_->arguments > max_arguments || header_->buffers > max_buffers || header_->stages > max_stages ||
      header_->buffers == 0 || header_->stages == 0)
    return damaged(report, "it has too many parts");
  const std::size_t stages_at = sizeof(Header) + header_->buffers * sizeof(BufferRecord);
  if (!is_inside(static_cast<std::uint32_t>(stages_at), header_->stages * sizeof(StageRecord), header_->bytes))
    return damaged(report, "it is cut short");
  buffers_ = at<BufferRecord>(sizeof(Header));
  stages_ = at<StageRecord>(static_cast<std::uint32_t>(stages_at));
  for (std::uint32_t i = 0; i < header_->buffers; ++i)
    if (check_buffer(buffers_, header_->buffers, i, report) != ErrorCode::ok) return report.code();
  for (std::uint32_t i = 0; i < header_->stages; ++i)
    if (check_parts(data_, header_->bytes, stages_[i].parts, report) != ErrorCode::ok) return report.code();
  return ErrorCode::ok;
}

}  // namespace cortado::stream
