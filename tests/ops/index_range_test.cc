// Indices that a program computes or is given are checked before they are used: out of range is an error of the run.
#include <gtest/gtest.h>

#include <vector>

#include "ops/case_row.h"
#include "ops/definition.h"
#include "ops/lookups/contract.h"
#include "ops/puts/contract.h"

namespace cortado::ops {
namespace {

// A contiguous tensor of a vector's numbers.
template <class T>
struct Owned {
  std::vector<T> numbers;
  std::vector<std::int32_t> sizes;
  std::vector<std::uint8_t> order;
  Tensor tensor(DType dtype) {
    Tensor tensor;
    for (std::size_t i = 0; i < sizes.size(); ++i) order.push_back(static_cast<std::uint8_t>(i));
    tensor.data = numbers.data();
    tensor.sizes = sizes.data();
    tensor.dim_order = order.data();
    tensor.rank = static_cast<std::uint8_t>(sizes.size());
    tensor.dtype = dtype;
    return tensor;
  }
};

template <class Args>
bool run(const Args& args) {
  const Kernel& kernel = *registry().find_wire(Args::name)->kernel;
  std::vector<std::uint64_t> plan(kernel.plan_bytes / 8 + 1);
  ErrorReport report;
  StructReader reader(args, report);
  EXPECT_EQ(kernel.prepare(reader, plan.data()), ErrorCode::ok) << report.text();
  return report.code() == ErrorCode::ok && kernel.run(plan.data());
}

class IndexRange : public testing::TestWithParam<std::int64_t> {
 protected:
  Owned<float> table{std::vector<float>(6, 1.0f), {3, 2}, {}};
  Owned<float> one_row{std::vector<float>(2, 2.0f), {1, 2}, {}};
  Owned<float> result{std::vector<float>(6), {3, 2}, {}};
  Owned<std::int64_t> index{{GetParam()}, {1}, {}};
  Owned<std::int64_t> wide_index{{0, GetParam()}, {1, 2}, {}};
  bool from_start() const { return GetParam() >= 0 && GetParam() < 3; }
  bool from_either_end() const { return GetParam() >= -3 && GetParam() < 3; }
};

TEST_P(IndexRange, Lookups) {
  EmbeddingArgs embedding;
  embedding.weight = table.tensor(DType::f32);
  embedding.indices = index.tensor(DType::i64);
  embedding.out = one_row.tensor(DType::f32);
  EXPECT_EQ(run(embedding), from_start());

  IndexSelectArgs select;
  select.self = embedding.weight;
  select.index = embedding.indices;
  select.out = embedding.out;
  EXPECT_EQ(run(select), from_start());

  GatherArgs gather;
  gather.self = embedding.weight;
  gather.index = wide_index.tensor(DType::i64);
  gather.out = embedding.out;
  EXPECT_EQ(run(gather), from_start());

  IndexArgs advanced;
  advanced.self = embedding.weight;
  advanced.indices = {&embedding.indices, 1};
  advanced.out = embedding.out;
  EXPECT_EQ(run(advanced), from_either_end());
}

TEST_P(IndexRange, Puts) {
  ScatterArgs<Scatter> scatter;
  scatter.self = table.tensor(DType::f32);
  scatter.index = wide_index.tensor(DType::i64);
  scatter.src = one_row.tensor(DType::f32);
  scatter.out = result.tensor(DType::f32);
  EXPECT_EQ(run(scatter), from_start());

  const Tensor indices = index.tensor(DType::i64);
  IndexPutArgs put;
  put.self = scatter.self;
  put.indices = {&indices, 1};
  put.values = scatter.src;
  put.out = scatter.out;
  EXPECT_EQ(run(put), from_either_end());
  put.accumulate = true;
  EXPECT_EQ(run(put), from_either_end());
}

INSTANTIATE_TEST_SUITE_P(Indices, IndexRange,
                         testing::Values(0, 2, 3, -1, -3, -4, INT64_MAX, INT64_MIN, std::int64_t{1} << 32));

TEST(MaskedScatter, NeedsEnoughElements) {
  Owned<float> self{std::vector<float>(3), {3}, {}}, source{{7, 8}, {2}, {}}, out{std::vector<float>(3), {3}, {}};
  Owned<std::uint8_t> mask{{1, 1, 0}, {3}, {}};
  MaskedScatterArgs args;
  args.self = self.tensor(DType::f32);
  args.mask = mask.tensor(DType::boolean);
  args.source = source.tensor(DType::f32);
  args.out = out.tensor(DType::f32);
  EXPECT_TRUE(run(args));
  EXPECT_EQ(out.numbers, (std::vector<float>{7, 8, 0}));
  mask.numbers[2] = 1;
  EXPECT_FALSE(run(args));
}

}  // namespace
}  // namespace cortado::ops
