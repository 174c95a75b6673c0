// Reference and random cases of running sums: every sum by itself.
#include "ops/case_row.h"
#include "ops/element.h"
#include "ops/index_map.h"
#include "ops/running_sums/contract.h"

namespace cortado::ops {
namespace {

void cumsum_reference(const CumsumArgs& args) {
  const std::size_t dim = args.self.rank == 0 ? 0 : wrapped(args.dim, args.self.rank);
  for_each_logical_index(args.out, [&](const Index& at) {
    Number total;
    total.is_integer = !is_float(args.out.dtype);
    Index from = at;
    for (from.at[dim] = 0; from.at[dim] <= at.at[dim]; ++from.at[dim]) {
      const Number x = load_number(args.self.dtype, args.self.data, offset_of(args.self, from));
      total.real += x.as_real();
      total.integer =
          static_cast<std::int64_t>(static_cast<std::uint64_t>(total.integer) + static_cast<std::uint64_t>(x.integer));
    }
    store_number(args.out.dtype, args.out.data, offset_of(args.out, at), total);
  });
}

bool cumsum_case(CaseBuilder& builder, CumsumArgs& args) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {};
  const std::size_t rank = random_rank(random, 0, 4);
  random_sizes(random, rank, sizes);
  const DType dtype = random_dtype(random);
  args.dim = random_dim(random, rank);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.out = ordered_tensor(builder, is_float(dtype) || random.chance(4) ? DType::f32 : DType::i64, sizes, rank, true);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__cumsum_out_cases;
const CaseRow aten__cumsum_out_cases = case_row<CumsumArgs, cumsum_reference, cumsum_case>();

}  // namespace cortado::ops
