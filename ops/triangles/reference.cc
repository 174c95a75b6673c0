// Reference and random cases of triangles: every element by its index.
#include "ops/case_row.h"
#include "ops/index_map.h"
#include "ops/triangles/contract.h"

namespace cortado::ops {
namespace {

void tril_reference(const TrilArgs& args) {
  memset(args.out.data, 0, args.out.bytes());
  for_each_logical_index(args.out, [&](const Index& at) {
    if (at.at[args.out.rank - 1] - at.at[args.out.rank - 2] <= args.diagonal)
      copy_element(args.out, offset_of(args.out, at), args.self, offset_of(args.self, at));
  });
}

bool tril_case(CaseBuilder& builder, TrilArgs& args) {
  Random& random = builder.random;
  std::int32_t sizes[max_rank] = {};
  const std::size_t rank = random_rank(random, 2, 4);
  random_sizes(random, rank, sizes);
  const DType dtype = random_dtype(random);
  args.diagonal = random.between(-4, 6);
  args.self = ordered_tensor(builder, dtype, sizes, rank);
  args.out = ordered_tensor(builder, dtype, sizes, rank, true);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__tril_out_cases;
const CaseRow aten__tril_out_cases = case_row<TrilArgs, tril_reference, tril_case>();

}  // namespace cortado::ops
