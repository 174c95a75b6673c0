#include <string>

#include "formats/file.h"
#include "formats/images/image.h"
#include "formats/images/jpeg.h"
#include "formats/images/png.h"
#include "formats/images/size.h"

namespace cortado::formats {

Status check_image_size(std::uint64_t width, std::uint64_t height, std::size_t bytes) {
  constexpr std::uint64_t longest = 1 << 15, most_pixels = std::uint64_t{1} << 26;
  const std::string size = std::to_string(width) + " x " + std::to_string(height) + " pixels";
  if (width > longest || height > longest || width * height > most_pixels)
    return input_error("has " + size + ", which is too many");
  // No compression of PNG or JPEG comes near: deflate makes at most 1032 bytes of one, of 8 pixels each.
  constexpr std::uint64_t most_pixels_a_byte = 1032 * 8;
  if (width * height > bytes * most_pixels_a_byte)
    return input_error("has " + std::to_string(bytes) + " bytes, which cannot hold " + size);
  return {};
}

Result<ir::Tensor> decode_image(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t most_bytes = std::size_t{1} << 28;
  if (bytes.size() > most_bytes) return input_error("is larger than 256 MiB");
  if (is_png(bytes)) return decode_png(bytes);
  if (is_jpeg(bytes)) return decode_jpeg(bytes);
  return input_error("is no PNG or JPEG, or is damaged");
}

Result<ir::Tensor> read_image(const std::filesystem::path& path) {
  CORTADO_TRY(const auto bytes, read_file(path));
  auto image = decode_image(bytes);
  if (!image) return std::move(image).error().in(path.string());
  return image;
}

}  // namespace cortado::formats
