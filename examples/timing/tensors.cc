#include "tensors.h"

#include <string.h>

namespace timing {
namespace {

constexpr uint32_t most_dimensions = 8;  // of the tensors of a program

size_t element_bytes(const cortado_tensor& tensor) {
  size_t elements = 1;
  for (uint32_t i = 0; i < tensor.rank; ++i) elements *= static_cast<size_t>(tensor.sizes[i]);
  return elements != 0 ? tensor.bytes / elements : 0;
}

// use(the element's place) for each; the last dimension runs fastest.
template <class Use>
void for_each_element(const cortado_tensor& tensor, const size_t* strides, uint32_t dim, uint8_t* at, Use& use) {
  if (dim == tensor.rank) return use(at);
  for (int32_t i = 0; i < tensor.sizes[dim]; ++i, at += strides[dim])
    for_each_element(tensor, strides, dim + 1, at, use);
}

template <class Use>
void for_each_element(const cortado_tensor& tensor, Use use) {
  if (tensor.data == nullptr) return;
  size_t strides[most_dimensions];  // in bytes, of the logical dimensions
  size_t stride = element_bytes(tensor);
  for (uint32_t i = tensor.rank; i-- > 0;) {
    strides[tensor.dim_order[i]] = stride;
    stride *= static_cast<size_t>(tensor.sizes[tensor.dim_order[i]]);
  }
  for_each_element(tensor, strides, 0, static_cast<uint8_t*>(tensor.data), use);
}

}  // namespace

void make_up(const cortado_tensor& tensor) {
  if (tensor.data != nullptr) memset(tensor.data, 0, tensor.bytes);
  uint32_t state = 1;
  const auto next = [&state] { return (state = state * 1664525u + 1013904223u) >> 8; };
  if (tensor.dtype == CORTADO_I8) for_each_element(tensor, [&](uint8_t* at) { *at = static_cast<uint8_t>(next()); });
  if (tensor.dtype == CORTADO_F32)
    for_each_element(tensor, [&](uint8_t* at) {
      const float value = static_cast<float>(next()) / 8388608.0f - 1.0f;
      memcpy(at, &value, sizeof value);
    });
}

uint32_t checksum(const cortado_tensor& tensor, uint32_t sum) {
  sum = ~sum;
  for_each_element(tensor, [&, bytes = element_bytes(tensor)](const uint8_t* at) {
    for (size_t i = 0; i < bytes; ++i) {
      sum ^= at[i];
      for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (0xEDB88320u & (0u - (sum & 1)));
    }
  });
  return ~sum;
}

}  // namespace timing
