#include "formats/tensors/npy.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cortado;
  const auto tensor = formats::parse_npy({data, size});
  if (tensor)
    fuzz::read_all(tensor.value());
  else
    fuzz::require_input_error(tensor.error());
  return 0;
}
