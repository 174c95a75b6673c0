// A .pte file: its header, its flatbuffer and the data segments behind it. Host and target, C++17, no heap.
//
//   byte 0   distance to the root table        byte 4   "ET12"
//   byte 8   optional "eh00", its length, the flatbuffer's size, the position and the size of all segments together
#pragma once

#include "formats/pte/read/known_tables.h"
#include "support/error_report.h"

namespace cortado::pte {

class File {
 public:
  // Checks the header; `data` must be 16-aligned and outlive the File.
  ErrorCode open(const void* data, std::size_t size_bytes, ErrorReport& report);

  Buffer& buffer() { return buffer_; }
  const Table& program() const { return program_; }
  Tables methods() const { return methods_; }
  // The table of a method. Null: "forward", or the only method there is.
  ErrorCode find_method(const char* name, Table& method, ErrorReport& report);

  // Address of constant `index` (1, 2, …), with proof that `size_bytes` bytes are there and that it is 16-aligned.
  ErrorCode constant(std::uint32_t index, std::size_t size_bytes, const void*& address, ErrorReport& report);
  // The same for entry `index` of mutable_data_segments[list]: the first content of a mutable buffer.
  ErrorCode initial_state(std::uint64_t list, std::uint32_t index, std::size_t size_bytes, const void*& address,
                          ErrorReport& report);
  bool has_initial_states() const { return initial_states_.count() != 0; }
  // The bytes of segment `index`.
  ErrorCode segment(std::uint32_t index, const std::uint8_t*& data, std::size_t& size_bytes, ErrorReport& report);

  // The bytes that a BackendDelegate's `processed` refers to.
  ErrorCode delegate_data(const Table& delegate, const std::uint8_t*& data, std::size_t& size_bytes,
                          ErrorReport& report);

  // An error when an access has left the buffer; ok otherwise.
  ErrorCode check_damage(ErrorReport& report) const;

  static constexpr unsigned tensor_field_count = 8;
  static constexpr unsigned allocation_field_count = 3;
  KnownTables<tensor_field_count> known_tensors;  // for read_tensor
  KnownTables<allocation_field_count> known_allocations;

 private:
  ErrorCode read_header(ErrorReport& report);

  const std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  std::size_t segments_begin_ = 0;
  std::size_t segments_bytes_ = 0;
  Buffer buffer_;
  Table program_;
  Tables methods_, segments_, inline_constants_, initial_states_;
  Table constant_segment_;
  Vector<std::uint64_t> constant_offsets_;
  const std::uint8_t* constants_ = nullptr;
  std::size_t constants_bytes_ = 0;
};

}  // namespace cortado::pte
