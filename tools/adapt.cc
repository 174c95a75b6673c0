#include "tools/adapt.h"

#include <algorithm>
#include <limits>

namespace cortado::tools {
namespace {

// wanted = [1, …, 1] + given?
bool same_but_leading_ones(const ir::Shape& given, const ir::Shape& wanted) {
  if (given.size() > wanted.size()) return false;
  const std::size_t extra = wanted.size() - given.size();
  return std::all_of(wanted.begin(), wanted.begin() + static_cast<std::ptrdiff_t>(extra),
                     [](std::int64_t size) { return size == 1; }) &&
         std::equal(given.begin(), given.end(), wanted.begin() + static_cast<std::ptrdiff_t>(extra));
}

template <class T>
bool convert_integers(const ir::Tensor& from, ir::Tensor& to) {
  T* out = to.mutable_data<T>();
  for (std::int64_t i = 0; i < from.elements(); ++i) {
    const std::int64_t value = from.as_int(i);
    if (value < static_cast<std::int64_t>(std::numeric_limits<T>::min()) ||
        value > static_cast<std::int64_t>(std::numeric_limits<T>::max()))
      return false;
    out[i] = static_cast<T>(value);
  }
  return true;
}

bool convert(const ir::Tensor& from, ir::Tensor& to) {
  if (to.dtype() == DType::f32) {
    float* out = to.mutable_data<float>();
    for (std::int64_t i = 0; i < from.elements(); ++i) out[i] = static_cast<float>(from.as_double(i));
    return true;
  }
  if (to.dtype() == DType::f64) {
    double* out = to.mutable_data<double>();
    for (std::int64_t i = 0; i < from.elements(); ++i) out[i] = from.as_double(i);
    return true;
  }
  if (is_float(from.dtype())) return false;
  switch (to.dtype()) {
    case DType::i8: return convert_integers<std::int8_t>(from, to);
    case DType::u8: return convert_integers<std::uint8_t>(from, to);
    case DType::i16: return convert_integers<std::int16_t>(from, to);
    case DType::i32: return convert_integers<std::int32_t>(from, to);
    case DType::i64: return convert_integers<std::int64_t>(from, to);
    default: return false;
  }
}

}  // namespace

Result<ir::Tensor> adapt(const ir::Tensor& tensor, const ir::Type& wanted, const std::string& what) {
  const std::string given_text = to_string(ir::Type{tensor.dtype(), tensor.shape(), {}, {}});
  const std::string wanted_text = to_string(ir::Type{wanted.dtype, wanted.shape, {}, {}});
  const auto mismatch = [&] { return input_error(what + ": is " + given_text + ", the model takes " + wanted_text); };
  if (!same_but_leading_ones(tensor.shape(), wanted.shape)) return mismatch();
  const ir::Tensor shaped = tensor.reshaped(wanted.shape);
  if (tensor.dtype() == wanted.dtype) return shaped;
  ir::Tensor converted(wanted.dtype, wanted.shape);
  if (!convert(shaped, converted)) return mismatch();
  return converted;
}

}  // namespace cortado::tools
