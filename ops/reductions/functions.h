// What a reduction accumulates, on reals and on integers. Host and target, C++17.
#pragma once

#include <cstdint>

#include "ops/contract.h"

namespace cortado::ops::reductions {

// Of an output by its input: `real` for sums of reals and all means, `same` for extremes, `truth` for any.
enum class Result : std::uint8_t { number, real, same, truth };

// `start` is the value over nothing; with needs_elements there is none.
struct Sum {
  static constexpr Result result = Result::number;
  static constexpr bool needs_elements = false;
  static constexpr std::int64_t start = 0;
  static void add(double& total, double x) { total += x; }
  static void add(std::int64_t& total, std::int64_t x) {
    total = static_cast<std::int64_t>(static_cast<std::uint64_t>(total) + static_cast<std::uint64_t>(x));
  }
};
struct Mean : Sum {
  static constexpr Result result = Result::real;
};
struct Product {
  static constexpr Result result = Result::number;
  static constexpr bool needs_elements = false;
  static constexpr std::int64_t start = 1;
  static void add(double& total, double x) { total *= x; }
  static void add(std::int64_t& total, std::int64_t x) {
    total = static_cast<std::int64_t>(static_cast<std::uint64_t>(total) * static_cast<std::uint64_t>(x));
  }
};
// A NaN is above and below everything and stays.
struct Highest {
  static constexpr Result result = Result::same;
  static constexpr bool needs_elements = true;
  template <class T>
  static void add(T& best, T x) {
    if (x > best || x != x) best = x;
  }
};
struct Lowest {
  static constexpr Result result = Result::same;
  static constexpr bool needs_elements = true;
  template <class T>
  static void add(T& best, T x) {
    if (x < best || x != x) best = x;
  }
};
struct Any {
  static constexpr Result result = Result::truth;
  static constexpr bool needs_elements = false;
  static constexpr std::int64_t start = 0;
  template <class T>
  static void add(T& found, T x) {
    if (x != 0) found = 1;
  }
};

#define CORTADO_REDUCTION(Type, function, wire) \
  struct Type {                                 \
    using Function = function;                  \
    static constexpr const char* name = wire;   \
  };
CORTADO_REDUCTION(SumOver, Sum, "aten::sum.IntList_out")
CORTADO_REDUCTION(MeanOver, Mean, "aten::mean.out")
CORTADO_REDUCTION(MeanAll, Mean, "aten::mean.dtype_out")
CORTADO_REDUCTION(ProductAll, Product, "aten::prod.out")
CORTADO_REDUCTION(ProductOver, Product, "aten::prod.int_out")
CORTADO_REDUCTION(HighestOver, Highest, "aten::amax.out")
CORTADO_REDUCTION(LowestOver, Lowest, "aten::amin.out")
CORTADO_REDUCTION(HighestAll, Highest, "aten::max.unary_out")
CORTADO_REDUCTION(LowestAll, Lowest, "aten::min.unary_out")
CORTADO_REDUCTION(AnyAll, Any, "aten::any.all_out")
CORTADO_REDUCTION(AnyOver, Any, "aten::any.out")
CORTADO_REDUCTION(AnyOverSome, Any, "aten::any.dims_out")
#undef CORTADO_REDUCTION

// The reduced dimensions, one bit each.
struct Dims {
  std::uint32_t mask = 0;
  bool operator[](std::size_t dim) const { return (mask >> dim & 1) != 0; }
};
inline Dims all_dims(const Tensor& self) { return {(std::uint32_t{1} << self.rank) - 1}; }

}  // namespace cortado::ops::reductions
