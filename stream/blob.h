// The blob of a row stream: what a DelegateCall to "CortadoBackend" carries. docs/native.md describes it.
// Host and target, C++17, no heap.
//
//   Header | buffers × BufferRecord | stages × StageRecord | numbers, constants
//
// All fields are little-endian 32-bit words; offsets count bytes from the blob's beginning, which is 16-aligned.
// Nothing in it is trusted: Blob::open proves that all parts lie inside and what numbers alone can say of buffers,
// stream/stream.h all that running relies on.
#pragma once

#include "ops/stage.h"
#include "support/error_report.h"

namespace cortado::stream {

constexpr const char* backend_name = "CortadoBackend";
constexpr std::uint32_t magic = 0x44545243;  // "CRTD"
constexpr std::uint32_t version = 4;

constexpr std::uint32_t max_arguments = 16;
constexpr std::uint32_t max_buffers = 96;
constexpr std::uint32_t max_stages = 64;
constexpr std::int32_t max_rows = (1 << 16) - 1;  // and columns: with strides below 2^14, positions fit 32 bits
constexpr std::int32_t max_row_bytes = 1 << 26;
constexpr std::int32_t max_rows_at_once = 8;

// What inner loops a firmware that links only its program's is to have (ops/loops.h): advice, which running does not
// need.
enum class LoopChoice : std::uint32_t { fast, compact };

struct Header {
  std::uint32_t magic, version;
  std::uint32_t bytes;      // of the whole blob
  std::uint32_t arguments;  // of the call: tensors, and at the end the workspace if there is one
  std::uint32_t buffers, stages;
  LoopChoice loops;
  std::uint32_t reserved;
};

// Rows in the memory of an argument.
struct BufferRecord {
  std::uint32_t argument;
  std::uint32_t offset;   // bytes from the argument's first; a multiple of 16
  std::uint32_t same_as;  // index of the buffer whose rows these are, seen with another width; itself if none
  ops::RowLayout layout;
  std::uint16_t rows_at_once;  // that its stage makes in a step
  std::uint16_t first_rows;    // in the first step, 1 … rows_at_once
};

constexpr std::uint32_t no_buffer = 0xffffffff;

struct StageRecord {
  std::uint32_t stage;                         // ops::Stage::id
  std::uint32_t input[ops::max_stage_inputs];  // buffers; no_buffer where there is none
  std::uint32_t output;
  ops::StageParts parts;  // windows and pace of input[0]; all others are read row by row
};

static_assert(sizeof(Header) == 32 && sizeof(BufferRecord) == 48 && sizeof(StageRecord) == 64 &&
                  sizeof(ops::StageConstant) == 8,
              "the layout that blobs have");

// Of sizes in their ranges.
inline std::uint64_t row_bytes(const ops::RowLayout& layout) {
  return std::uint64_t(layout.channels) * static_cast<std::uint32_t>(layout.width * layout.element_bytes);
}

// Bytes of the argument that the slots of a sound buffer need.
inline std::uint64_t rows_end(const BufferRecord& buffer) {
  const ops::RowLayout& layout = buffer.layout;
  if (layout.planes.bytes != 0)
    return buffer.offset + std::uint64_t(layout.channels) * std::uint64_t(layout.planes.bytes) + ops::plane_slack_bytes;
  return buffer.offset + std::uint64_t(layout.slots - 1) * std::uint64_t(layout.stride) + row_bytes(layout);
}

// A blob whose parts are known to lie inside it, and whose buffers have sizes that are possible.
class Blob {
 public:
  ErrorCode open(const void* data, std::size_t size_bytes, ErrorReport& report);

  const Header& header() const { return *header_; }
  const BufferRecord& buffer(std::uint32_t i) const { return buffers_[i]; }
  const StageRecord& stage(std::uint32_t i) const { return stages_[i]; }
  const std::uint8_t* data() const { return data_; }

 private:
  template <class T>
  const T* at(std::uint32_t offset) const {
    return reinterpret_cast<const T*>(data_ + offset);
  }

  const std::uint8_t* data_ = nullptr;
  std::size_t size_ = 0;
  const Header* header_ = nullptr;
  const BufferRecord* buffers_ = nullptr;
  const StageRecord* stages_ = nullptr;
};

}  // namespace cortado::stream
