// A tensor of the file, checked. Host and target, C++17, no heap.
#pragma once

#include "formats/pte/read/file.h"
#include "ops/contract.h"

namespace cortado::pte {

enum class TensorPlace : std::uint8_t {
  constant,   // data is set
  planned,    // in region `memory_id`
  unplanned,  // an input or output whose memory the runtime finds
};

struct TensorRecord {
  ops::Tensor tensor;     // sizes and dim_order point into the file; data only for constants
  std::size_t bytes = 0;  // at most 2^31 − 1
  TensorPlace place = TensorPlace::unplanned;
  std::uint32_t memory_id = 0;
  std::size_t offset_bytes = 0;
  const void* initial = nullptr;  // planned: the first content of a mutable buffer
};

// Reads the table at `position` and checks everything that it alone decides: known element type, rank ≤ ops::max_rank,
// sizes not negative, their product within bounds, dim_order a permutation, constant and first content inside the file,
// offsets 16-aligned. The caller checks the region. A shape with upper bounds counts as having them; one without is
// refused.
ErrorCode read_tensor(File& file, std::uint32_t position, TensorRecord& record, ErrorReport& report);

// The tensor's name in the user's module; empty when the file has none.
Text tensor_name(const Table& table);

}  // namespace cortado::pte
