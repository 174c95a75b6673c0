// References and random cases of pools: for every output, all inputs that its window names.
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/float_pools/contract.h"
#include "ops/index_map.h"
#include "ops/window.h"

namespace cortado::ops {
namespace {

// Calls visit(row, column) for the inputs inside the window of output `at`, by rows.
template <class Args, class Visit>
void for_each_input(const Args& args, const Index& at, Visit visit) {
  const std::size_t r = args.self.rank;
  const auto covers = [&](std::size_t axis, std::int64_t position) {
    const std::int64_t o = at.at[r - 2 + axis], in = args.self.size(r - 2 + axis), out = args.out.size(r - 2 + axis);
    if constexpr (std::is_same_v<Args, AdaptiveMaxPool2dArgs> || std::is_same_v<Args, AdaptiveAvgPool2dArgs>) {
      return position >= o * in / out && position < ((o + 1) * in + out - 1) / out;
    } else {
      const std::int64_t kernel = entry(args.kernel_size, axis, 0);
      std::int64_t dilation = 1;
      if constexpr (std::is_same_v<Args, MaxPool2dArgs>) dilation = entry(args.dilation, axis, 1);
      const std::int64_t tap = position - o * entry(args.stride, axis, kernel) + entry(args.padding, axis, 0);
      return tap >= 0 && tap % dilation == 0 && tap / dilation < kernel;
    }
  };
  for (std::int32_t y = 0; y < args.self.size(r - 2); ++y)
    for (std::int32_t x = 0; x < args.self.size(r - 1); ++x)
      if (covers(0, y) && covers(1, x)) visit(y, x);
}

Number element_at(const Tensor& tensor, Index at, std::int32_t y, std::int32_t x) {
  at.at[tensor.rank - 2] = y;
  at.at[tensor.rank - 1] = x;
  return load_number(tensor.dtype, tensor.data, offset_of(tensor, at));
}

template <class Args>
void max_reference(const Args& args) {
  for_each_logical_index(args.out, [&](const Index& at) {
    Number best;
    std::int64_t place = -1;
    for_each_input(args, at, [&](std::int32_t y, std::int32_t x) {
      const Number value = element_at(args.self, at, y, x);
      const bool is_larger = value.is_integer ? value.integer > best.integer : value.real > best.real;
      if (place >= 0 && !is_larger) return;
      best = value;
      place = std::int64_t{y} * args.self.size(args.self.rank - 1) + x;
    });
    if (place < 0) {
      best = load_number(args.self.dtype, args.self.data, 0);
      best.real = -static_cast<double>(__builtin_inff());
      best.integer = args.self.dtype == DType::u8 || args.self.dtype == DType::boolean
                         ? 0
                         : INT64_MIN >> (64 - 8 * size_bytes(args.self.dtype));
      place = 0;
    }
    store_number(args.out.dtype, args.out.data, offset_of(args.out, at), best);
    args.indices.template as<std::int64_t>()[offset_of(args.indices, at)] = place;
  });
}

// The size of a window with its padding.
std::int64_t padded_size(const AvgPool2dArgs& args, std::size_t axis, std::int64_t o) {
  const std::int64_t kernel = entry(args.kernel_size, axis, 0), padding = entry(args.padding, axis, 0);
  const std::int64_t begin = o * entry(args.stride, axis, kernel) - padding;
  const std::int64_t limit = args.self.size(args.self.rank - 2 + axis) + padding;
  return (begin + kernel < limit ? begin + kernel : limit) - begin;
}

template <class Args>
void average_reference(const Args& args) {
  const std::size_t r = args.self.rank;
  for_each_logical_index(args.out, [&](const Index& at) {
    float sum = 0;
    std::int64_t count = 0;
    for_each_input(args, at, [&](std::int32_t y, std::int32_t x) {
      sum += static_cast<float>(element_at(args.self, at, y, x).real);
      ++count;
    });
    const bool is_empty = count == 0;
    if constexpr (std::is_same_v<Args, AvgPool2dArgs>) {
      if (args.divisor_override.present)
        count = args.divisor_override.value;
      else if (args.count_include_pad)
        count = padded_size(args, 0, at.at[r - 2]) * padded_size(args, 1, at.at[r - 1]);
    }
    args.out.template as<float>()[offset_of(args.out, at)] = is_empty ? 0.0f : sum / static_cast<float>(count);
  });
}

// --- cases

struct Sizes {
  std::size_t rank;
  std::int32_t in[4], out[4];
};

Sizes random_planes(Random& random) {
  Sizes sizes{random_rank(random, 3, 4), {}, {}};
  for (std::size_t i = 0; i < sizes.rank; ++i)
    sizes.in[i] = sizes.out[i] = random.between(1, i + 2 >= sizes.rank ? 9 : 3);
  return sizes;
}

bool make_windows(CaseBuilder& builder, Sizes& sizes, bool ceil_mode, bool dilates, IntList (&lists)[4]) {
  Random& random = builder.random;
  std::int64_t numbers[4][2];
  for (std::size_t d = 0; d < 2; ++d) {
    Window window;
    window.input = sizes.in[sizes.rank - 2 + d];
    window.kernel = random.between(1, 4);
    window.stride = random.between(1, 4);
    window.dilation = dilates ? random.between(1, 3) : 1;
    window.padding = random.between(0, ((window.kernel - 1) * window.dilation + 1) / 2);
    sizes.out[sizes.rank - 2 + d] = window_output(window, ceil_mode);
    if (sizes.out[sizes.rank - 2 + d] < 1) return false;
    numbers[0][d] = window.kernel, numbers[1][d] = window.stride, numbers[2][d] = window.padding,
    numbers[3][d] = window.dilation;
  }
  for (std::size_t i = 0; i < 4; ++i) lists[i] = builder.list(numbers[i], 2);
  return true;
}

DType random_type(Random& random) {
  constexpr DType dtypes[] = {DType::f32, DType::f32, DType::i8,  DType::i8,
                              DType::u8,  DType::i16, DType::i32, DType::i64};
  return dtypes[random.between(0, 7)];
}

template <class Args>
void make_tensors(CaseBuilder& builder, const Sizes& sizes, DType dtype, Args& args) {
  args.self = ordered_tensor(builder, dtype, sizes.in, sizes.rank);
  args.out = ordered_tensor(builder, dtype, sizes.out, sizes.rank, true);
}

bool max_case(CaseBuilder& builder, MaxPool2dArgs& args) {
  Sizes sizes = random_planes(builder.random);
  IntList lists[4];
  args.ceil_mode = builder.random.chance(2);
  if (!make_windows(builder, sizes, args.ceil_mode, builder.random.chance(2), lists)) return false;
  args.kernel_size = lists[0], args.stride = lists[1], args.padding = lists[2], args.dilation = lists[3];
  make_tensors(builder, sizes, random_type(builder.random), args);
  args.indices = ordered_tensor(builder, DType::i64, sizes.out, sizes.rank, true);
  return builder.fits();
}

bool average_case(CaseBuilder& builder, AvgPool2dArgs& args) {
  Sizes sizes = random_planes(builder.random);
  IntList lists[4];
  args.ceil_mode = builder.random.chance(2);
  args.count_include_pad = builder.random.chance(2);
  args.divisor_override.present = builder.random.chance(4);
  args.divisor_override.value = builder.random.between(1, 9);
  if (!make_windows(builder, sizes, args.ceil_mode, false, lists)) return false;
  args.kernel_size = lists[0], args.stride = lists[1], args.padding = lists[2];
  make_tensors(builder, sizes, DType::f32, args);
  return builder.fits();
}

IntList random_output_size(CaseBuilder& builder, Sizes& sizes) {
  std::int64_t wanted[2];
  for (std::size_t d = 0; d < 2; ++d) wanted[d] = sizes.out[sizes.rank - 2 + d] = builder.random.between(1, 9);
  return builder.list(wanted, 2);
}

bool adaptive_max_case(CaseBuilder& builder, AdaptiveMaxPool2dArgs& args) {
  Sizes sizes = random_planes(builder.random);
  args.output_size = random_output_size(builder, sizes);
  make_tensors(builder, sizes, random_type(builder.random), args);
  args.indices = ordered_tensor(builder, DType::i64, sizes.out, sizes.rank, true);
  return builder.fits();
}

bool adaptive_average_case(CaseBuilder& builder, AdaptiveAvgPool2dArgs& args) {
  Sizes sizes = random_planes(builder.random);
  args.output_size = random_output_size(builder, sizes);
  make_tensors(builder, sizes, DType::f32, args);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__max_pool2d_with_indices_out_cases, aten__adaptive_max_pool2d_out_cases,
    aten__avg_pool2d_out_cases, aten___adaptive_avg_pool2d_out_cases;
const CaseRow aten__max_pool2d_with_indices_out_cases =
    case_row<MaxPool2dArgs, max_reference<MaxPool2dArgs>, max_case>();
const CaseRow aten__adaptive_max_pool2d_out_cases =
    case_row<AdaptiveMaxPool2dArgs, max_reference<AdaptiveMaxPool2dArgs>, adaptive_max_case>();
const CaseRow aten__avg_pool2d_out_cases = case_row<AvgPool2dArgs, average_reference<AvgPool2dArgs>, average_case>();
const CaseRow aten___adaptive_avg_pool2d_out_cases =
    case_row<AdaptiveAvgPool2dArgs, average_reference<AdaptiveAvgPool2dArgs>, adaptive_average_case>();

}  // namespace cortado::ops
