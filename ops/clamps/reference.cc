// References and random cases of limiting values.
#include "ops/case_row.h"
#include "ops/clamps/contract.h"
#include "ops/element.h"
#include "ops/index_map.h"

namespace cortado::ops {
namespace {

void limit(const Tensor& self, const Tensor& out, const Scalar* low, const Scalar* high) {
  for_each_logical_index(out, [&](const Index& index) {
    const std::int64_t at = offset_of(self, index);
    Number value = load_number(self.dtype, self.data, at);
    if (low != nullptr && value.as_real() < low->as_double()) value = number_of(*low);
    if (high != nullptr && value.as_real() > high->as_double()) value = number_of(*high);
    store_number(out.dtype, out.data, at, value);
  });
}

void clamp_reference(const ClampArgs& args) {
  limit(args.self, args.out, args.min.present ? &args.min : nullptr, args.max.present ? &args.max : nullptr);
}
void relu_reference(const ReluArgs& args) {
  Scalar zero;
  zero.is_integer = true;
  limit(args.self, args.out, &zero, nullptr);
}
void hardtanh_reference(const HardtanhArgs& args) { limit(args.self, args.out, &args.min_val, &args.max_val); }

bool make_tensors(CaseBuilder& builder, Tensor& self, Tensor& out) {
  Random& random = builder.random;
  constexpr DType dtypes[] = {DType::i8, DType::i8, DType::f32, DType::i16, DType::i32, DType::u8};
  const DType dtype = dtypes[random.between(0, 5)];
  const std::size_t rank = random_rank(random, 0, 4);
  std::int32_t sizes[max_rank] = {};
  std::uint8_t order[max_rank] = {};
  random_sizes(random, rank, sizes);
  random_order(random, rank, order);
  self = builder.tensor(dtype, sizes, rank, order);
  out = builder.output(dtype, sizes, rank, order);
  if (!builder.fits()) return false;
  if (dtype == DType::f32 && self.elements() > 0 && random.chance(4)) self.as<float>()[0] = __builtin_nanf("");
  return true;
}

// An integer, or on floats half of the time a multiple of 1/4.
Scalar random_limit(Random& random, DType dtype, std::int32_t low, std::int32_t high) {
  Scalar scalar;
  scalar.is_integer = dtype != DType::f32 || random.chance(2);
  scalar.integer = random.between(low, high);
  scalar.number = scalar.is_integer ? static_cast<double>(scalar.integer) : random.between(4 * low, 4 * high) * 0.25;
  return scalar;
}

bool clamp_case(CaseBuilder& builder, ClampArgs& args) {
  if (!make_tensors(builder, args.self, args.out)) return false;
  Random& random = builder.random;
  const std::int32_t low = args.self.dtype == DType::u8 ? 0 : -100;
  static_cast<Scalar&>(args.min) = random_limit(random, args.self.dtype, low, 20);
  static_cast<Scalar&>(args.max) = random_limit(random, args.self.dtype, 0, 100);
  args.min.present = !random.chance(3);
  args.max.present = !random.chance(3);
  return true;
}
bool relu_case(CaseBuilder& builder, ReluArgs& args) { return make_tensors(builder, args.self, args.out); }
bool hardtanh_case(CaseBuilder& builder, HardtanhArgs& args) {
  if (!make_tensors(builder, args.self, args.out)) return false;
  args.min_val = random_limit(builder.random, args.self.dtype, args.self.dtype == DType::u8 ? 0 : -5, 0);
  args.max_val = random_limit(builder.random, args.self.dtype, 1, 6);
  return true;
}

}  // namespace

extern const CaseRow aten__clamp_out_cases, aten__relu_out_cases, aten__hardtanh_out_cases;
const CaseRow aten__clamp_out_cases = case_row<ClampArgs, clamp_reference, clamp_case>();
const CaseRow aten__relu_out_cases = case_row<ReluArgs, relu_reference, relu_case>();
const CaseRow aten__hardtanh_out_cases = case_row<HardtanhArgs, hardtanh_reference, hardtanh_case>();

}  // namespace cortado::ops
