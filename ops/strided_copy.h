// Copies between strided tensors of equal element size: the whole arithmetic of permuting, slicing, joining,
// expanding and flipping. Host and target, C++17.
#pragma once

#include <string.h>

#include "ops/strided.h"

namespace cortado::ops {

struct StridedCopy {
  Nest<2> nest;  // 0: to, 1: from
  void* to = nullptr;
  const void* from = nullptr;
  std::uint8_t element_bytes = 1;  // 1, 2, 4 or 8
};

template <class T>
void run_strided_copy_of(const StridedCopy& copy) {
  const std::int32_t count = copy.nest.row_size(), to_step = copy.nest.row_stride(0),
                     from_step = copy.nest.row_stride(1);
  for_each_row(copy.nest, [&](const std::int32_t* offset) {
    T* to = static_cast<T*>(copy.to) + offset[0];
    const T* from = static_cast<const T*>(copy.from) + offset[1];
    if (to_step == 1 && from_step == 1)
      memcpy(to, from, static_cast<std::size_t>(count) * sizeof(T));
    else
      for (std::int32_t i = 0; i < count; ++i) to[i * to_step] = from[i * from_step];
  });
}

inline void run_strided_copy(const StridedCopy& copy) {
  switch (copy.element_bytes) {
    case 1: return run_strided_copy_of<std::uint8_t>(copy);
    case 2: return run_strided_copy_of<std::uint16_t>(copy);
    case 4: return run_strided_copy_of<std::uint32_t>(copy);
    default: return run_strided_copy_of<std::uint64_t>(copy);
  }
}

}  // namespace cortado::ops
