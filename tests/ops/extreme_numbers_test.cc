// Numbers at the ends of 64 bits are refused before anything is computed of them: signed overflow is undefined, and a
// build with sanitizers ends there.
#include <gtest/gtest.h>

#include <vector>

#include "ops/definition.h"
#include "ops/strided_views/contract.h"
#include "ops/struct_reader.h"

namespace cortado::ops {
namespace {

class ExtremeNumbers : public testing::TestWithParam<std::int64_t> {
 protected:
  template <class Args>
  static void expect_refusal(const Args& args) {
    const Kernel& kernel = *registry().find_wire(Args::name)->kernel;
    std::vector<std::uint64_t> plan(kernel.plan_bytes / 8 + 1);
    ErrorReport report;
    StructReader reader(args, report);
    EXPECT_NE(kernel.prepare(reader, plan.data()), ErrorCode::ok) << Args::name;
  }
  Tensor tensor(std::uint8_t rank) {
    Tensor result;
    result.data = numbers_;
    result.sizes = sizes_;
    result.dim_order = order_;
    result.rank = rank;
    result.dtype = DType::f32;
    return result;
  }

 private:
  float numbers_[9] = {};
  std::int32_t sizes_[2] = {3, 3};
  std::uint8_t order_[2] = {0, 1};
};

TEST_P(ExtremeNumbers, AreRefused) {
  SelectCopyArgs select;
  select.self = tensor(2);
  select.index = GetParam();
  select.out = tensor(1);
  expect_refusal(select);

  NarrowCopyArgs narrow;
  narrow.self = narrow.out = tensor(2);
  narrow.start = GetParam();
  narrow.length = 3;
  expect_refusal(narrow);

  const std::int64_t repeats[] = {1, GetParam()};
  RepeatArgs repeat;
  repeat.self = repeat.out = tensor(2);
  repeat.repeats = {repeats, 2};
  expect_refusal(repeat);
}

INSTANTIATE_TEST_SUITE_P(Numbers, ExtremeNumbers,
                         ::testing::Values(INT64_MIN, INT64_MIN + 1, INT64_MIN / 2, INT64_MAX / 2, INT64_MAX - 1,
                                           INT64_MAX));

}  // namespace
}  // namespace cortado::ops
