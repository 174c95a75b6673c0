// The only file that sees stb_image.
#include <algorithm>
#include <memory>

#include "formats/file.h"
#include "formats/images/image.h"
#include "formats/images/jpeg_tables.h"
#include "formats/images/png_chunks.h"

#define STB_IMAGE_IMPLEMENTATION
#define STB_IMAGE_STATIC
#define STBI_ONLY_PNG
#define STBI_ONLY_JPEG
#define STBI_NO_STDIO
#define STBI_NO_HDR
#define STBI_NO_LINEAR
#define STBI_MAX_DIMENSIONS (1 << 15)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wunused-function"
#include <stb/stb_image.h>
#pragma GCC diagnostic pop

namespace cortado::formats {
namespace {

constexpr int rgb = 3;

Diagnostic damaged() {
  const char* reason = stbi_failure_reason();
  return input_error(std::string("is no PNG or JPEG, or is damaged") + (reason != nullptr ? std::string(": ") + reason : ""));
}

}  // namespace

Result<ir::Tensor> decode_image(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t most_bytes = std::size_t{1} << 28;
  constexpr std::int64_t most_pixels = std::int64_t{1} << 26;
  if (bytes.size() > most_bytes) return input_error("is larger than 256 MiB");
  CORTADO_CHECK(check_jpeg_tables(bytes));
  CORTADO_CHECK(check_png_chunks(bytes));
  const auto size = static_cast<int>(bytes.size());
  int width = 0, height = 0, channels = 0;
  if (stbi_info_from_memory(bytes.data(), size, &width, &height, &channels) == 0) return damaged();
  if (width <= 0 || height <= 0 || static_cast<std::int64_t>(width) * height > most_pixels)
    return input_error("has " + std::to_string(width) + " x " + std::to_string(height) + " pixels, which is too many");
  // No compression of PNG or JPEG comes near: deflate makes at most 1032 bytes of one, of 8 pixels each.
  constexpr std::size_t most_pixels_a_byte = 1032 * 8;
  if (static_cast<std::size_t>(width) * static_cast<std::size_t>(height) > bytes.size() * most_pixels_a_byte)
    return input_error("has " + std::to_string(bytes.size()) + " bytes, which cannot hold " + std::to_string(width) + " x " +
                       std::to_string(height) + " pixels");
  const std::unique_ptr<stbi_uc, void (*)(void*)> pixels(
      stbi_load_from_memory(bytes.data(), size, &width, &height, &channels, rgb), stbi_image_free);
  if (pixels == nullptr) return damaged();
  ir::Tensor image(DType::u8, {height, width, rgb});
  std::copy_n(pixels.get(), image.size_bytes(), image.mutable_bytes().data());
  return image;
}

Result<ir::Tensor> read_image(const std::filesystem::path& path) {
  CORTADO_TRY(const auto bytes, read_file(path));
  auto image = decode_image(bytes);
  if (!image) return std::move(image).error().in(path.string());
  return image;
}

}  // namespace cortado::formats
