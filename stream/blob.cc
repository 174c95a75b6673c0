#include "stream/blob.h"

namespace cortado::stream {
namespace {

ErrorCode damaged(ErrorReport& report, const char* what) {
  return report.fail(ErrorCode::invalid_program, "the native program is damaged: ").add(what);
}

bool is_inside(std::uint64_t offset, std::uint64_t bytes, std::uint64_t size) { return offset <= size && bytes <= size - offset; }

}  // namespace

ErrorCode Blob::open(const void* data, std::size_t size_bytes, ErrorReport& report) {
  data_ = static_cast<const std::uint8_t*>(data);
  size_ = size_bytes;
  if (data == nullptr || reinterpret_cast<std::uintptr_t>(data) % 16 != 0) return damaged(report, "it is not 16-aligned");
  if (size_bytes < sizeof(Header)) return damaged(report, "it is cut short");
  header_ = at<Header>(0);
  if (header_->magic != magic) return damaged(report, "it does not begin with its mark");
  if (header_->version != version)
    return report.fail(ErrorCode::unsupported, "the native program has version ").add(header_->version)
        .add(", this build reads ").add(version);
  if (header_->bytes != size_bytes) return damaged(report, "it is cut short");
  if (header_->arguments > max_arguments || header_->buffers > max_buffers || header_->stages > max_stages ||
      header_->buffers == 0 || header_->stages == 0)
    return damaged(report, "it has too many parts");
  const std::size_t stages_at = sizeof(Header) + header_->buffers * sizeof(BufferRecord);
  if (!is_inside(stages_at, header_->stages * sizeof(StageRecord), size_bytes)) return damaged(report, "it is cut short");
  buffers_ = at<BufferRecord>(sizeof(Header));
  stages_ = at<StageRecord>(static_cast<std::uint32_t>(stages_at));
  for (std::uint32_t i = 0; i < header_->stages; ++i)
    if (check_data(i, report) != ErrorCode::ok) return report.code();
  return ErrorCode::ok;
}

ErrorCode Blob::check_data(std::uint32_t index, ErrorReport& report) const {
  const StageRecord& stage = stages_[index];
  if (stage.number_count > ops::max_stage_numbers || stage.constant_count > ops::max_stage_constants)
    return damaged(report, "a stage has too many parts");
  if (stage.numbers % 4 != 0 || stage.constants % 4 != 0 || !is_inside(stage.numbers, stage.number_count * 4u, size_) ||
      !is_inside(stage.constants, stage.constant_count * sizeof(ConstantRecord), size_))
    return damaged(report, "a reference leads outside");
  const auto* constants = at<ConstantRecord>(stage.constants);
  for (std::uint32_t i = 0; i < stage.constant_count; ++i)
    if (constants[i].offset % 16 != 0 || !is_inside(constants[i].offset, constants[i].bytes, size_))
      return damaged(report, "a constant leads outside");
  return ErrorCode::ok;
}

void Blob::take_data(const StageRecord& stage, ops::StageArguments& arguments) const {
  arguments.number_count = stage.number_count;
  for (std::uint32_t i = 0; i < stage.number_count; ++i) arguments.numbers[i] = at<std::int32_t>(stage.numbers)[i];
  arguments.constant_count = stage.constant_count;
  const auto* constants = at<ConstantRecord>(stage.constants);
  for (std::uint32_t i = 0; i < stage.constant_count; ++i)
    arguments.constants[i] = {at<std::uint8_t>(constants[i].offset), constants[i].bytes};
}

}  // namespace cortado::stream
