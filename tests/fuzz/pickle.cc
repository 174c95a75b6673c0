// PyTorch's files in the older form, and the pickle of the zip form behind checksums that are right.
#include "formats/tensors/torch_file.h"
#include "tests/formats/torch_bytes.h"
#include "tests/fuzz/fuzz.h"

namespace {

void read(std::span<const std::uint8_t> bytes) {
  using namespace cortado;
  const auto tensors = formats::parse_torch_file(bytes);
  if (!tensors) return fuzz::require_input_error(tensors.error());
  for (const formats::NamedTensor& entry : tensors.value()) fuzz::read_all(entry.tensor);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  read({data, size});
  read(cortado::testing::zip_checkpoint({data, data + size}));
  return 0;
}
