#include "formats/fit.h"

#include <algorithm>
#include <limits>

#include "support/checked.h"

namespace cortado::formats {
namespace {

Diagnostic does_not_fit(const ir::Tensor& tensor, const ir::Type& type, const char* why) {
  const ir::Type has{tensor.dtype(), tensor.shape(), {}, {}};
  const ir::Type wants{type.dtype, type.shape, {}, {}};
  return input_error("is " + ir::to_string(has) + " but the model takes " + ir::to_string(wants) + why);
}

template <class T>
bool convert_integers(const ir::Tensor& from, ir::Tensor& to) {
  T* values = to.mutable_data<T>();
  for (std::int64_t i = 0, n = from.elements(); i < n; ++i)
    if (!checked_cast(from.as_int(i), values[i])) return false;
  return true;
}

// False when a value does not fit.
bool convert(const ir::Tensor& from, ir::Tensor& to) {
  switch (to.dtype()) {
    case DType::u8: return convert_integers<std::uint8_t>(from, to);
    case DType::i8: return convert_integers<std::int8_t>(from, to);
    case DType::i16: return convert_integers<std::int16_t>(from, to);
    case DType::i32: return convert_integers<std::int32_t>(from, to);
    case DType::i64: return convert_integers<std::int64_t>(from, to);
    default: break;
  }
  if (to.dtype() != DType::f32 && to.dtype() != DType::f64) return false;
  for (std::int64_t i = 0, n = from.elements(); i < n; ++i) {
    if (to.dtype() == DType::f32)
      to.mutable_data<float>()[i] = static_cast<float>(from.as_double(i));
    else
      to.mutable_data<double>()[i] = from.as_double(i);
  }
  return true;
}

bool is_integer(DType dtype) { return !is_float(dtype) && dtype != DType::boolean; }

}  // namespace

std::int64_t stacked_samples(const ir::Shape& shape, const ir::Type& type) {
  if (shape == type.shape) return 1;
  const auto ends_with = [&](std::size_t skip, std::size_t skip_type) {
    return shape.size() >= skip && type.shape.size() >= skip_type &&
           std::equal(shape.begin() + static_cast<std::ptrdiff_t>(skip), shape.end(),
                      type.shape.begin() + static_cast<std::ptrdiff_t>(skip_type), type.shape.end());
  };
  if (!type.shape.empty() && type.shape[0] == 1 && ends_with(0, 1)) return 1;
  if (!type.shape.empty() && type.shape[0] > 0 && ends_with(1, 1) && shape[0] % type.shape[0] == 0)
    return shape[0] / type.shape[0];
  if (shape.size() == type.shape.size() + 1 && ends_with(1, 0)) return shape[0];
  return 0;
}

Result<ir::Tensor> fit(const ir::Tensor& tensor, const ir::Type& type, std::int64_t index) {
  const std::int64_t count = stacked_samples(tensor.shape(), type);
  if (count == 0 || index < 0 || index >= count) return does_not_fit(tensor, type, "");
  ir::Tensor part(tensor.dtype(), type.shape);
  const std::size_t size = part.size_bytes();
  if (count == 1) {
    part = tensor.reshaped(type.shape);
  } else {
    std::copy_n(tensor.bytes().data() + static_cast<std::size_t>(index) * size, size, part.mutable_bytes().data());
  }
  if (part.dtype() == type.dtype) return part;
  const bool same_kind =
      (is_float(part.dtype()) && is_float(type.dtype)) || (is_integer(part.dtype()) && is_integer(type.dtype));
  if (!same_kind) {
    Diagnostic error = does_not_fit(tensor, type, "");
    if (type.dtype == DType::i8 && is_float(part.dtype()))
      error.hint =
          "a program compiled with --io int8 takes x / scale + zero point, rounded, which --emit-header tells; "
          "without --io int8 it takes floats and images";
    return error;
  }
  ir::Tensor converted(type.dtype, type.shape);
  if (!convert(part, converted)) return does_not_fit(tensor, type, ": a number does not fit");
  return converted;
}

}  // namespace cortado::formats
