// Batches of images in N, H, W, C memory order, whether the program writes their sizes as N, C, H, W (channels-last
// tensors) or as N, H, W, C (the explicit-layout forms). Host and target, C++17.
#pragma once

#include "ops/cases.h"
#include "ops/checks.h"

namespace cortado::ops {

struct Image {
  std::int8_t* data = nullptr;
  std::int32_t batch = 0, height = 0, width = 0, channels = 0;

  std::int32_t pixels() const { return height * width; }
};

enum class Layout : std::uint8_t {
  channels_last,  // sizes N, C, H, W; dim order 0, 2, 3, 1
  nhwc,           // sizes N, H, W, C; contiguous
};

inline Image image_of(const Tensor& tensor, Layout layout) {
  const std::int32_t* s = tensor.sizes;
  if (layout == Layout::nhwc) return {tensor.as<std::int8_t>(), s[0], s[1], s[2], s[3]};
  return {tensor.as<std::int8_t>(), s[0], s[2], s[3], s[1]};
}

inline Image checked_image(Check& check, Wording name, const Tensor& tensor, Layout layout) {
  check.dtype(name, tensor, DType::i8).rank(name, tensor, 4);
  if (!check.ok()) return {};
  if (layout == Layout::nhwc)
    check.contiguous(name, tensor);
  else
    check.channels_last(name, tensor);
  for (std::size_t i = 0; i < 4; ++i) check.range("an image's size", tensor.sizes[i], 1, INT32_MAX);
  return image_of(tensor, layout);
}

// A random image of a case.
inline Tensor image_case(CaseBuilder& builder, Layout layout, std::int32_t n, std::int32_t h, std::int32_t w,
                         std::int32_t c, bool is_output = false) {
  constexpr std::uint8_t last[4] = {0, 2, 3, 1};
  const std::int32_t nchw[4] = {n, c, h, w};
  const std::int32_t nhwc[4] = {n, h, w, c};
  const std::int32_t* sizes = layout == Layout::nhwc ? nhwc : nchw;
  const std::uint8_t* order = layout == Layout::nhwc ? nullptr : last;
  return is_output ? builder.output(DType::i8, sizes, 4, order) : builder.tensor(DType::i8, sizes, 4, order);
}

}  // namespace cortado::ops
