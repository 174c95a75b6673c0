// Element types, shared by compiler and runtime.
//
// The numeric values are ExecuTorch's ScalarType codes, so that a type read from a program needs no table.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cortado {

enum class DType : std::uint8_t {
  u8 = 0,
  i8 = 1,
  i16 = 2,
  i32 = 3,
  i64 = 4,
  f16 = 5,
  f32 = 6,
  f64 = 7,
  boolean = 11,
  bf16 = 15,
  i4 = 40,  // two per byte; has no ExecuTorch code and never leaves a native program
};

// Bytes of one element; 0 for codes that are not in DType, and for i4, whose elements are smaller than a byte.
constexpr std::size_t size_bytes(DType dtype) {
  switch (dtype) {
    case DType::u8:
    case DType::i8:
    case DType::boolean: return 1;
    case DType::i16:
    case DType::f16:
    case DType::bf16: return 2;
    case DType::i32:
    case DType::f32: return 4;
    case DType::i64:
    case DType::f64: return 8;
    case DType::i4: return 0;
  }
  return 0;
}

// Short name as printed in messages and in the text form ("f32"); "?" for unknown codes.
constexpr const char* name(DType dtype) {
  switch (dtype) {
    case DType::u8: return "u8";
    case DType::i8: return "i8";
    case DType::i16: return "i16";
    case DType::i32: return "i32";
    case DType::i64: return "i64";
    case DType::f16: return "f16";
    case DType::f32: return "f32";
    case DType::f64: return "f64";
    case DType::boolean: return "bool";
    case DType::bf16: return "bf16";
    case DType::i4: return "i4";
  }
  return "?";
}

constexpr bool is_float(DType dtype) {
  return dtype == DType::f16 || dtype == DType::f32 || dtype == DType::f64 || dtype == DType::bf16;
}

}  // namespace cortado
