// What the loader relies on when it looks a kernel up.
#include "ops/kernel_table.h"

#include <gtest/gtest.h>

#include <cstring>

namespace cortado::ops {
namespace {

TEST(KernelTable, IsInNameOrder) {
  ASSERT_GT(all_kernels.count, 1u);
  for (std::uint32_t i = 1; i < all_kernels.count; ++i)
    EXPECT_LT(std::strcmp(all_kernels.rows[i - 1]->name, all_kernels.rows[i]->name), 0) << all_kernels.rows[i]->name;
}

}  // namespace
}  // namespace cortado::ops
