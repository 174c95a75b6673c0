// The reference and the random cases of glu.
#include "ops/case_row.h"
#include "ops/glu/contract.h"
#include "ops/index_map.h"
#include "support/real_math.h"

namespace cortado::ops {
namespace {

void reference(const GluArgs& args) {
  const std::size_t dim = wrapped(args.dim, args.self.rank);
  for_each_logical_index(args.out, [&](const Index& index) {
    Index gate = index;
    gate.at[dim] += args.out.size(dim);
    const float a = args.self.as<float>()[offset_of(args.self, index)],
                b = args.self.as<float>()[offset_of(args.self, gate)];
    args.out.as<float>()[offset_of(args.out, index)] =
        a * (1.0f / (1.0f + static_cast<float>(real::exp(static_cast<double>(-b)))));
  });
}

bool make_case(CaseBuilder& builder, GluArgs& args) {
  const std::size_t rank = random_rank(builder.random, 1, 4);
  std::int32_t sizes[max_rank] = {};
  random_sizes(builder.random, rank, sizes);
  args.dim = random_dim(builder.random, rank);
  args.out = ordered_tensor(builder, DType::f32, sizes, rank, true);
  sizes[wrapped(args.dim, rank)] *= 2;
  args.self = ordered_tensor(builder, DType::f32, sizes, rank);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__glu_out_cases;
const CaseRow aten__glu_out_cases = case_row<GluArgs, reference, make_case>();

}  // namespace cortado::ops
