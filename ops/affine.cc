#include "ops/affine.h"

#include <cmath>

namespace cortado::ops {
namespace {

// Calls f(begin, end, channel) for every run of elements that shares its parameters.
template <class F>
void for_each_run(const ir::Shape& shape, int axis, F f) {
  const std::int64_t total = ir::element_count(shape);
  if (axis == ir::Quantization::per_tensor) return f(std::int64_t{0}, total, std::size_t{0});
  std::int64_t inner = 1;
  for (std::size_t d = static_cast<std::size_t>(axis) + 1; d < shape.size(); ++d) inner *= shape[d];
  const std::int64_t channels = shape[static_cast<std::size_t>(axis)];
  for (std::int64_t begin = 0, channel = 0; begin < total; begin += inner, channel = (channel + 1) % channels)
    f(begin, begin + inner, static_cast<std::size_t>(channel));
}

template <class T>
void dequantize(const ir::Tensor& tensor, const ir::Quantization& q, ir::Tensor& result) {
  const T* from = tensor.data<T>();
  float* to = result.mutable_data<float>();
  for_each_run(tensor.shape(), q.axis, [&](std::int64_t begin, std::int64_t end, std::size_t channel) {
    const auto scale = static_cast<float>(q.scale[channel]);
    const auto zero_point = static_cast<float>(q.zero_point[channel]);
    for (std::int64_t i = begin; i < end; ++i) to[i] = (static_cast<float>(from[i]) - zero_point) * scale;
  });
}

template <class T>
void quantize(const float* from, const ir::Quantization& q, ir::Tensor& result) {
  T* to = result.mutable_data<T>();
  const auto low = static_cast<float>(q.quant_min);
  const auto high = static_cast<float>(q.quant_max);
  for_each_run(result.shape(), q.axis, [&](std::int64_t begin, std::int64_t end, std::size_t channel) {
    const auto inverse = static_cast<float>(1.0 / q.scale[channel]);
    const auto zero_point = static_cast<float>(q.zero_point[channel]);
    for (std::int64_t i = begin; i < end; ++i) {
      const float rounded = std::nearbyint(from[i] * inverse) + zero_point;
      // Written so that NaN becomes the lower limit. f32 rounds large limits up, hence the test with ≥.
      if (!(rounded > low))
        to[i] = static_cast<T>(q.quant_min);
      else if (rounded >= high)
        to[i] = static_cast<T>(q.quant_max);
      else
        to[i] = static_cast<T>(rounded);
    }
  });
}

}  // namespace

ir::Tensor dequantized(const ir::Tensor& tensor, const ir::Quantization& q) {
  ir::Tensor result(DType::f32, tensor.shape());
  switch (tensor.dtype()) {
    case DType::i8: dequantize<std::int8_t>(tensor, q, result); break;
    case DType::u8: dequantize<std::uint8_t>(tensor, q, result); break;
    case DType::i16: dequantize<std::int16_t>(tensor, q, result); break;
    case DType::i32: dequantize<std::int32_t>(tensor, q, result); break;
    case DType::i64: dequantize<std::int64_t>(tensor, q, result); break;
    default: return tensor;
  }
  return result;
}

ir::Tensor quantized(const ir::Tensor& tensor, const ir::Quantization& q, DType dtype) {
  ir::Tensor real = tensor;
  if (tensor.dtype() != DType::f32) {
    real = ir::Tensor(DType::f32, tensor.shape());
    for (std::int64_t i = 0; i < tensor.elements(); ++i)
      real.mutable_data<float>()[i] = static_cast<float>(tensor.as_double(i));
  }
  ir::Tensor result(dtype, tensor.shape());
  switch (dtype) {
    case DType::i8: quantize<std::int8_t>(real.data<float>(), q, result); break;
    case DType::u8: quantize<std::uint8_t>(real.data<float>(), q, result); break;
    case DType::i16: quantize<std::int16_t>(real.data<float>(), q, result); break;
    case DType::i32: quantize<std::int32_t>(real.data<float>(), q, result); break;
    case DType::i64: quantize<std::int64_t>(real.data<float>(), q, result); break;
    default: break;
  }
  return result;
}

}  // namespace cortado::ops
