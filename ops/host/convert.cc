#include "ops/host/convert.h"

#include <cmath>
#include <cstring>
#include <limits>

namespace cortado::ops {
namespace {

// f32 → f16, halves to even.
std::uint16_t to_half(float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  const auto sign = static_cast<std::uint16_t>((bits >> 16) & 0x8000u);
  const float magnitude = std::fabs(value);
  if (std::isnan(value)) return static_cast<std::uint16_t>(sign | 0x7e00u);
  if (magnitude >= 65520.0f) return static_cast<std::uint16_t>(sign | 0x7c00u);
  if (magnitude < 0x1p-14f)  // subnormal: multiples of 2^-24
    return static_cast<std::uint16_t>(sign | static_cast<std::uint16_t>(std::nearbyint(magnitude * 0x1p24f)));
  std::memcpy(&bits, &magnitude, sizeof bits);
  bits += 0xfffu + ((bits >> 13) & 1u);
  return static_cast<std::uint16_t>(sign | ((bits >> 13) - (112u << 10)));
}

std::uint16_t to_bfloat(float value) {
  std::uint32_t bits;
  std::memcpy(&bits, &value, sizeof bits);
  if (std::isnan(value)) return 0x7fc0u;
  return static_cast<std::uint16_t>((bits + 0x7fffu + ((bits >> 16) & 1u)) >> 16);
}

// Conversions that C++ leaves undefined (NaN, out of range) give the least value, as x86 does.
std::int64_t to_integer(double value) {
  if (!(value > -9.3e18 && value < 9.3e18)) return std::numeric_limits<std::int64_t>::min();
  if (value >= 0x1p63 || value < -0x1p63) return std::numeric_limits<std::int64_t>::min();
  return static_cast<std::int64_t>(value);
}

template <class To, class Get>
void fill(ir::Tensor& result, Get get) {
  To* to = result.mutable_data<To>();
  for (std::int64_t i = 0, n = result.elements(); i < n; ++i) to[i] = static_cast<To>(get(i));
}

int kind(DType dtype) { return is_float(dtype) ? 2 : dtype == DType::boolean ? 0 : 1; }

int integer_bits(DType dtype) { return static_cast<int>(size_bytes(dtype)) * 8; }

}  // namespace

ir::Tensor cast(const ir::Tensor& tensor, DType dtype) {
  if (tensor.dtype() == dtype) return tensor;
  ir::Tensor result(dtype, tensor.shape());
  const bool from_float = is_float(tensor.dtype());
  const auto real = [&](std::int64_t i) { return tensor.as_double(i); };
  const auto whole = [&](std::int64_t i) { return from_float ? to_integer(tensor.as_double(i)) : tensor.as_int(i); };
  switch (dtype) {
    case DType::f32: fill<float>(result, real); break;
    case DType::f64: fill<double>(result, real); break;
    case DType::f16:
      fill<std::uint16_t>(result, [&](std::int64_t i) { return to_half(static_cast<float>(real(i))); });
      break;
    case DType::bf16:
      fill<std::uint16_t>(result, [&](std::int64_t i) { return to_bfloat(static_cast<float>(real(i))); });
      break;
    case DType::i64: fill<std::int64_t>(result, whole); break;
    case DType::i32: fill<std::int32_t>(result, whole); break;
    case DType::i16: fill<std::int16_t>(result, whole); break;
    case DType::i8: fill<std::int8_t>(result, whole); break;
    case DType::u8: fill<std::uint8_t>(result, whole); break;
    case DType::boolean: fill<std::uint8_t>(result, [&](std::int64_t i) { return tensor.as_double(i) != 0; }); break;
    case DType::i4: break;
  }
  return result;
}

DType compute_dtype(DType dtype) {
  if (dtype == DType::f64) return DType::f64;
  return is_float(dtype) ? DType::f32 : DType::i64;
}

DType promote(DType a, DType b) {
  if (a == b) return a;
  if (kind(a) != kind(b)) return kind(a) > kind(b) ? a : b;
  if (kind(a) == 2) {
    if (a == DType::f64 || b == DType::f64) return DType::f64;
    return DType::f32;  // f32 with a short float, or f16 with bf16
  }
  if (a == DType::u8 || b == DType::u8) {
    const DType other = a == DType::u8 ? b : a;
    return other == DType::i8 ? DType::i16 : other;
  }
  return integer_bits(a) > integer_bits(b) ? a : b;
}

DType result_dtype(const Operands& operands, std::initializer_list<std::string_view> names) {
  std::optional<DType> ranked[3];  // with dimensions, without, numbers
  for (std::string_view name : names) {
    const ir::Argument& argument = operands.argument(name);
    std::size_t rank = 2;
    DType dtype = DType::f32;
    if (const ir::Value* value = operands.value(name)) {
      rank = value->type.shape.empty() ? 1 : 0;
      dtype = Operands::real_dtype(*value);
    } else if (std::holds_alternative<std::int64_t>(argument)) {
      dtype = DType::i64;
    } else if (std::holds_alternative<bool>(argument)) {
      dtype = DType::boolean;
    } else if (!std::holds_alternative<double>(argument)) {
      continue;
    }
    ranked[rank] = ranked[rank] ? promote(*ranked[rank], dtype) : dtype;
  }
  std::optional<DType> result;
  for (const auto& lower : ranked) {
    if (!lower) continue;
    if (!result || kind(*lower) > kind(*result)) result = lower;
  }
  return result.value_or(DType::f32);
}

DType evaluated_dtype(const Operands& operands, const Environment& environment,
                      std::initializer_list<std::string_view> names) {
  const DType declared = result_dtype(operands, names);
  for (std::string_view name : names)
    if (const ir::Value* value = operands.value(name); value != nullptr && environment.at(*value).dtype() == DType::f64)
      return DType::f64;
  return declared;
}

DType float_dtype(DType dtype) { return is_float(dtype) ? dtype : DType::f32; }

ir::Tensor operand(const Operands& operands, const Environment& environment, std::string_view name, DType dtype) {
  if (const ir::Value* value = operands.value(name)) return cast(environment.at(*value), dtype);
  const ir::Argument& argument = operands.argument(name);
  if (const auto* integer = std::get_if<std::int64_t>(&argument); integer != nullptr && !is_float(dtype)) {
    return cast(ir::Tensor::of<std::int64_t>(DType::i64, {}, {*integer}), dtype);
  }
  return scalar(operands.number(name), dtype);
}

ir::Shape operand_shape(const Operands& operands, std::string_view name) {
  const ir::Value* value = operands.value(name);
  return value != nullptr ? value->type.shape : ir::Shape{};
}

ir::Tensor scalar(double value, DType dtype) { return cast(ir::Tensor::of<double>(DType::f64, {}, {value}), dtype); }

}  // namespace cortado::ops
