// References and random cases of softmax in float: every element from its whole row.
#include "ops/case_row.h"
#include "ops/float_softmax/contract.h"
#include "ops/index_map.h"
#include "support/real_math.h"

namespace cortado::ops {
namespace {

template <class Kind>
void reference(const FloatSoftmaxArgs<Kind>& args) {
  const std::size_t dim = wrapped(args.dim, args.self.rank == 0 ? 1 : args.self.rank);
  const std::int32_t length = args.self.rank == 0 ? 1 : args.self.size(dim);
  for_each_logical_index(args.out, [&](const Index& index) {
    const auto at = [&](std::int32_t i) {
      Index other = index;
      other.at[dim] = i;
      return args.self.template as<float>()[args.self.rank == 0 ? 0 : offset_of(args.self, other)];
    };
    float highest = at(0), sum = 0;
    for (std::int32_t i = 1; i < length; ++i) highest = at(i) > highest ? at(i) : highest;
    for (std::int32_t i = 0; i < length; ++i)
      sum += static_cast<float>(real::exp(static_cast<double>(at(i) - highest)));
    const float own = at(index.at[dim]) - highest;
    args.out.template as<float>()[offset_of(args.out, index)] =
        Kind::is_logarithm ? own - static_cast<float>(real::log(static_cast<double>(sum)))
                           : static_cast<float>(real::exp(static_cast<double>(own))) / sum;
  });
}

template <class Kind>
bool make_case(CaseBuilder& builder, FloatSoftmaxArgs<Kind>& args) {
  const std::size_t rank = random_rank(builder.random, 0, 4);
  std::int32_t sizes[max_rank] = {};
  random_sizes(builder.random, rank, sizes);
  args.self = ordered_tensor(builder, DType::f32, sizes, rank);
  args.dim = random_dim(builder.random, rank);
  args.out = ordered_tensor(builder, DType::f32, sizes, rank, true);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten___softmax_out_cases, aten___log_softmax_out_cases;
const CaseRow aten___softmax_out_cases = case_row<FloatSoftmaxArgs<Softmax>, reference<Softmax>, make_case<Softmax>>();
const CaseRow aten___log_softmax_out_cases =
    case_row<FloatSoftmaxArgs<LogSoftmax>, reference<LogSoftmax>, make_case<LogSoftmax>>();

}  // namespace cortado::ops
