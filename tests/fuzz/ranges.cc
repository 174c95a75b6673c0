#include "compiler/calibrate/ranges_file.h"
#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cortado;
  const auto ranges = compiler::ranges_from_json({reinterpret_cast<const char*>(data), size});
  if (!ranges) return fuzz::require_input_error(ranges.error()), 0;
  const auto again = compiler::ranges_from_json(compiler::to_json(ranges.value()));
  fuzz::require(again && again.value() == ranges.value(), "what was read is not read again");
  return 0;
}
