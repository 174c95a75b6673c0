#include "support/parallel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <vector>

#include "support/progress.h"

namespace cortado {
namespace {

TEST(ParallelFor, RunsEveryIterationOnce) {
  for (const std::size_t threads : {1u, 2u, 7u}) {
    std::vector<std::atomic<int>> hits(100);
    ASSERT_TRUE(parallel_for(hits.size(), threads, [&](std::size_t i, std::size_t thread) -> Status {
      EXPECT_LT(thread, threads);
      ++hits[i];
      return {};
    }));
    for (const auto& hit : hits) EXPECT_EQ(hit, 1);
  }
}

TEST(ParallelFor, ReturnsTheFirstErrorWhateverTheThreads) {
  for (const std::size_t threads : {1u, 2u, 8u})
    for (int repeat = 0; repeat < 20; ++repeat) {
      const Status status = parallel_for(64, threads, [&](std::size_t i, std::size_t) -> Status {
        if (i % 10 == 7) return input_error(std::to_string(i));
        return {};
      });
      ASSERT_FALSE(status);
      EXPECT_EQ(status.error().message, "7");
    }
}

TEST(ParallelFor, NothingToDoIsDone) {
  EXPECT_TRUE(parallel_for(0, 0, [](std::size_t, std::size_t) -> Status { return internal_error("never"); }));
  EXPECT_EQ(thread_count(0, 1), 1u);
  EXPECT_EQ(thread_count(5, 3), 3u);
}

TEST(Progress, TheLineTellsElapsedAndRemaining) {
  EXPECT_EQ(progress_line("calibrating", 25, 100, 2.2),
            "calibrating [#####---------------]  25/100  0:02 elapsed, 0:07 remaining");
  EXPECT_EQ(progress_line("x", 2, 2, 3725), "x [####################] 2/2  1:02:05 elapsed");
}

}  // namespace
}  // namespace cortado
