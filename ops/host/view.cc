#include "ops/host/view.h"

#include <cstring>

namespace cortado::ops {
namespace {

template <class T>
void copy(const ir::Tensor& tensor, const View& view, ir::Tensor& result) {
  const T* from = tensor.data<T>();
  T* to = result.mutable_data<T>();
  const std::int64_t total = ir::element_count(view.shape);
  const std::size_t rank = view.shape.size();
  const std::int64_t count = rank == 0 ? 1 : view.shape.back();
  const std::int64_t step = rank == 0 ? 0 : view.strides.back();
  std::vector<std::int64_t> index(rank, 0);
  std::int64_t offset = view.offset;
  for (std::int64_t at = 0; at < total; at += count) {
    if (step == 1)
      std::memcpy(to + at, from + offset, static_cast<std::size_t>(count) * sizeof(T));
    else
      for (std::int64_t i = 0; i < count; ++i) to[at + i] = from[offset + i * step];
    for (std::size_t d = rank < 2 ? 0 : rank - 1; d-- > 0;) {
      offset += view.strides[d];
      if (++index[d] < view.shape[d]) break;
      offset -= view.strides[d] * view.shape[d];
      index[d] = 0;
    }
  }
}

}  // namespace

View whole(const ir::Shape& shape) { return {shape, ir::contiguous_strides(shape)}; }

View reshape(View view, ir::Shape shape) {
  view.result_shape = std::move(shape);
  return view;
}

ir::Tensor read(const ir::Tensor& tensor, const View& view) {
  const std::int64_t total = ir::element_count(view.shape);
  if (view.offset == 0 && total == tensor.elements() && view.strides == ir::contiguous_strides(view.shape))
    return tensor.reshaped(view.result());
  ir::Tensor result(tensor.dtype(), view.result());
  switch (size_bytes(tensor.dtype())) {
    case 1: copy<std::uint8_t>(tensor, view, result); break;
    case 2: copy<std::uint16_t>(tensor, view, result); break;
    case 4: copy<std::uint32_t>(tensor, view, result); break;
    default: copy<std::uint64_t>(tensor, view, result); break;
  }
  return result;
}

}  // namespace cortado::ops
