#include "ops/checks.h"
#include "ops/element.h"
#include "ops/extremes/contract.h"
#include "ops/strided.h"

namespace cortado::ops {
namespace {

struct Plan {
  Nest<3> nest;
  const void *self, *other;
  void* out;
  DType dtype;
};

template <class Kind>
ErrorCode make_plan(const ExtremeArgs<Kind>& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", args.self, Kind::only_i8 ? DType::i8 : args.self.dtype)
      .that(has_type(args.self.dtype), "this element type has no order")
      .dtype("other", args.other, args.self.dtype)
      .dtype("out", args.out, args.self.dtype)
      .that(broadcasts_to(args.self, args.out), "self does not broadcast to out")
      .that(broadcasts_to(args.other, args.out), "other does not broadcast to out");
  if (!check.ok()) return check.code();
  plan = {binary_nest(args.out, args.self, args.other), args.self.data, args.other.data, args.out.data,
          args.self.dtype};
  return check.code();
}

// A comparison with NaN is false: so that it wins, it is asked for by x != x.
template <bool larger, class T>
void run_typed(const Plan& plan) {
  map_binary(plan.nest, static_cast<T*>(plan.out), static_cast<const T*>(plan.self), static_cast<const T*>(plan.other),
             [](T a, T b) -> T {
               const bool takes_a = larger ? a > b : a < b;
               if constexpr (!std::is_integral_v<T>) return takes_a || a != a ? a : b;
               return takes_a ? a : b;
             });
}

template <class Kind>
void run_plan(const Plan& plan) {
  if constexpr (Kind::only_i8)
    run_typed<Kind::larger, std::int8_t>(plan);
  else
    with_type(plan.dtype, [&](auto type) { run_typed<Kind::larger, decltype(type)>(plan); });
}

template <class Kind>
constexpr Kernel row() {
  return kernel_row<ExtremeArgs<Kind>, Plan, make_plan<Kind>, run_plan<Kind>>();
}

}  // namespace

extern const Kernel cortex_m__minimum_out, cortex_m__maximum_out, aten__minimum_out, aten__maximum_out;
const Kernel cortex_m__minimum_out = row<CortexMMinimum>();
const Kernel cortex_m__maximum_out = row<CortexMMaximum>();
const Kernel aten__minimum_out = row<AtenMinimum>();
const Kernel aten__maximum_out = row<AtenMaximum>();

}  // namespace cortado::ops
