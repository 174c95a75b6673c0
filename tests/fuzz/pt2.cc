// A whole .pt2 archive.
#include "tests/fuzz/import.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cortado::fuzz::import({data, size});
  return 0;
}
