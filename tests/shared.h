// Where tests find the shared data, which is no part of the repository: ../shared beside the checkout.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <string>

namespace cortado::tests {

// The path of a shared file or folder, whether it is there or not: shared("models/mobilenet_v2.pt2").
inline std::filesystem::path shared(const std::string& relative) {
  return std::filesystem::path(CORTADO_SOURCE_DIR) / ".." / "shared" / relative;
}

}  // namespace cortado::tests

// Skips the test when the shared data is not there (`./dev test --require-shared` makes that a failure: it looks for
// "../shared" in the reason).
#define CORTADO_NEEDS_SHARED(relative)                                  \
  if (!std::filesystem::exists(::cortado::tests::shared(relative)))     \
  GTEST_SKIP() << "needs ../shared/" << (relative)
