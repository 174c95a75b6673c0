#include "formats/images/image.h"

#include "tests/fuzz/fuzz.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace cortado;
  const auto image = formats::decode_image({data, size});
  if (!image) return fuzz::require_input_error(image.error()), 0;
  fuzz::read_all(image.value());
  formats::ImageOptions options;
  options.resize = 8;
  options.crop = 8;
  if (image.value().elements() > 1 << 20) return 0;  // right, but slow
  const auto prepared = formats::prepare_image(image.value(), options);
  if (prepared)
    fuzz::read_all(prepared.value());
  else
    fuzz::require_input_error(prepared.error());
  return 0;
}
