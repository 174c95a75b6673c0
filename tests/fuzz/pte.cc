// The loader, and what loads is run by the real kernels, every memory of exactly its size.
#include "tests/fuzz/fuzz.h"
#include "tests/runtime/load_and_run.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cortado::ops::Random random(size);
  const auto result = cortado::testing::load_and_run({data, data + size}, random, 1 << 20);
  cortado::fuzz::require(result.problem.empty(), result.problem);
  return 0;
}
