#include "formats/pte/read/file.h"

#include "formats/pte/read/fields.h"
#include "support/checked.h"

namespace cortado::pte {
namespace {

constexpr std::size_t header_begin = 8;
constexpr std::size_t alignment = 16;

bool is_aligned(const void* address) { return reinterpret_cast<std::uintptr_t>(address) % alignment == 0; }

std::uint64_t load64(const std::uint8_t* from) {
  std::uint64_t value;
  memcpy(&value, from, sizeof value);
  return value;
}

std::uint32_t load32(const std::uint8_t* from) {
  std::uint32_t value;
  memcpy(&value, from, sizeof value);
  return value;
}

bool equals(const Text& text, const char* name) {
  for (std::uint32_t i = 0; i < text.length; ++i)
    if (name[i] == '\0' || name[i] != text.text[i]) return false;
  return name[text.length] == '\0';
}

}  // namespace

ErrorCode File::open(const void* data, std::size_t size_bytes, ErrorReport& report) {
  data_ = static_cast<const std::uint8_t*>(data);
  size_ = size_bytes;
  if (data == nullptr) return report.fail(ErrorCode::invalid_argument, "no program is given");
  if (!is_aligned(data)) return report.fail(ErrorCode::invalid_argument, "the program's address is not 16-aligned");
  if (const ErrorCode code = read_header(report); code != ErrorCode::ok) return code;

  program_ = Table(buffer_, buffer_.follow(0));
  methods_ = program_.tables(field::program::execution_plan);
  segments_ = program_.tables(field::program::segments);
  inline_constants_ = program_.tables(field::program::constant_buffer);
  initial_states_ = program_.tables(field::program::mutable_data_segments);
  constant_segment_ = program_.table(field::program::constant_segment);
  constant_offsets_ = constant_segment_.vector<std::uint64_t>(field::subsegment_offsets::offsets);
  if (const ErrorCode code = check_damage(report); code != ErrorCode::ok) return code;
  if (methods_.count() == 0) return report.fail(ErrorCode::invalid_program, "the program has no methods");
  if (constant_offsets_.count > 1)
    return segment(constant_segment_.scalar<std::uint32_t>(field::subsegment_offsets::segment_index), constants_,
                   constants_bytes_, report);
  return ErrorCode::ok;
}

ErrorCode File::read_header(ErrorReport& report) {
  constexpr std::size_t without_data_size = 24;
  constexpr std::size_t with_data_size = 32;
  if (size_ < header_begin || memcmp(data_ + 4, "ET", 2) != 0)
    return report.fail(ErrorCode::invalid_program, "not an ExecuTorch program: \"ET12\" is missing at byte 4");
  if (memcmp(data_ + 6, "12", 2) != 0)
    return report.fail(ErrorCode::unsupported, "the program's format is not ET12, the one that this build reads");
  if (size_ < header_begin + without_data_size || memcmp(data_ + header_begin, "eh00", 4) != 0) {
    buffer_ = Buffer(data_, size_);
    return ErrorCode::ok;
  }
  const std::uint32_t header_bytes = load32(data_ + header_begin + 4);
  const std::uint64_t program_bytes = load64(data_ + header_begin + 8);
  const std::uint64_t segments_begin = load64(data_ + header_begin + 16);
  if (header_bytes < without_data_size || program_bytes < Buffer::least_bytes || program_bytes > size_ ||
      segments_begin > size_)
    return report.fail(ErrorCode::invalid_program, "the program is cut short or its header is damaged: ")
        .add(static_cast<std::int64_t>(size_))
        .add(" bytes are there");
  std::uint64_t segments_bytes = segments_begin == 0 ? 0 : size_ - segments_begin;
  if (header_bytes >= with_data_size && size_ >= header_begin + with_data_size) {
    const std::uint64_t stated = load64(data_ + header_begin + 24);
    if (stated > size_ - segments_begin)
      return report.fail(ErrorCode::invalid_program, "the program is cut short: its data ends behind the file's ")
          .add(static_cast<std::int64_t>(size_))
          .add(" bytes");
    if (segments_begin != 0) segments_bytes = stated;
  }
  segments_begin_ = static_cast<std::size_t>(segments_begin);
  segments_bytes_ = static_cast<std::size_t>(segments_bytes);
  buffer_ = Buffer(data_, static_cast<std::size_t>(program_bytes));
  return ErrorCode::ok;
}

ErrorCode File::check_damage(ErrorReport& report) const {
  if (!buffer_.damaged()) return ErrorCode::ok;
  return report.fail(ErrorCode::invalid_program, "the program is damaged: a reference leads outside the file");
}

ErrorCode File::find_method(const char* name, Table& method, ErrorReport& report) {
  const char* wanted = name != nullptr ? name : "forward";
  for (std::uint32_t i = 0; i < methods_.count() && !buffer_.damaged(); ++i) {
    method = methods_[i];
    if (equals(method.text(field::execution_plan::name), wanted)) return check_damage(report);
  }
  if (buffer_.damaged()) return check_damage(report);
  if (name == nullptr && methods_.count() == 1) return ErrorCode::ok;
  return report.fail(ErrorCode::invalid_argument, "the program has no method \"").add(wanted).add("\"");
}

ErrorCode File::segment(std::uint32_t index, const std::uint8_t*& data, std::size_t& size_bytes, ErrorReport& report) {
  if (index >= segments_.count())
    return report.fail(ErrorCode::invalid_program, "segment ").add(index).add(" does not exist");
  const Table entry = segments_[index];
  const auto offset = entry.scalar<std::uint64_t>(field::data_segment::offset);
  const auto size = entry.scalar<std::uint64_t>(field::data_segment::size);
  if (buffer_.damaged()) return check_damage(report);
  if (offset > segments_bytes_ || size > segments_bytes_ - offset)
    return report.fail(ErrorCode::invalid_program, "segment ").add(index).add(" leads outside the file");
  data = data_ + segments_begin_ + static_cast<std::size_t>(offset);
  size_bytes = static_cast<std::size_t>(size);
  return ErrorCode::ok;
}

ErrorCode File::constant(std::uint32_t index, std::size_t size_bytes, const void*& address, ErrorReport& report) {
  bool inside = false;
  if (constant_offsets_.count > 1) {
    if (index < constant_offsets_.count) {
      const std::uint64_t offset = constant_offsets_[index];
      inside = offset <= constants_bytes_ && size_bytes <= constants_bytes_ - offset;
      if (inside) address = constants_ + static_cast<std::size_t>(offset);
    }
  } else if (index < inline_constants_.count()) {
    const auto storage = inline_constants_[index].vector<std::uint8_t>(field::buffer::storage);
    if (buffer_.damaged()) return check_damage(report);
    inside = size_bytes <= storage.count;
    if (inside) address = storage.values;
  }
  if (!inside)
    return report.fail(ErrorCode::invalid_program, "constant ")
        .add(index)
        .add(" of ")
        .add(static_cast<std::int64_t>(size_bytes))
        .add(" bytes leads outside the file");
  if (size_bytes == 0) address = data_;  // an empty inline constant has no address
  if (!is_aligned(address))
    return report.fail(ErrorCode::unsupported, "constant ").add(index).add(" is not 16-aligned in the file");
  return ErrorCode::ok;
}

ErrorCode File::delegate_data(const Table& delegate, const std::uint8_t*& data, std::size_t& size_bytes,
                              ErrorReport& report) {
  const Table reference = delegate.table(field::delegate::processed);
  const auto location = reference.scalar<std::uint8_t>(field::delegate_data_reference::location);
  const auto index = reference.scalar<std::uint32_t>(field::delegate_data_reference::index);
  if (buffer_.damaged()) return check_damage(report);
  if (location != 0) return segment(index, data, size_bytes, report);
  const Tables blobs = program_.tables(field::program::backend_delegate_data);
  if (index >= blobs.count())
    return report.fail(ErrorCode::invalid_program, "delegate data ").add(index).add(" does not exist");
  const auto bytes = blobs[index].vector<std::uint8_t>(field::delegate_inline_data::data);
  data = bytes.values;
  size_bytes = bytes.count;
  return check_damage(report);
}

ErrorCode File::initial_state(std::uint64_t list, std::uint32_t index, std::size_t size_bytes, const void*& address,
                              ErrorReport& report) {
  if (list >= initial_states_.count())
    return report.fail(ErrorCode::invalid_program, "the first content of a mutable buffer is missing");
  const Table entry = initial_states_[static_cast<std::uint32_t>(list)];
  const auto offsets = entry.vector<std::uint64_t>(field::subsegment_offsets::offsets);
  const std::uint8_t* data = nullptr;
  std::size_t bytes = 0;
  if (segment(entry.scalar<std::uint32_t>(field::subsegment_offsets::segment_index), data, bytes, report) !=
      ErrorCode::ok)
    return report.code();
  if (index >= offsets.count || offsets[index] > bytes || size_bytes > bytes - offsets[index])
    return report.fail(ErrorCode::invalid_program, "the first content of a mutable buffer leads outside the file");
  address = data + static_cast<std::size_t>(offsets[index]);
  return ErrorCode::ok;
}

}  // namespace cortado::pte
