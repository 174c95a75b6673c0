#include <algorithm>
#include <cctype>
#include <cmath>

#include "formats/images/image.h"

namespace cortado::formats {
namespace {

// The shorter side becomes `size`; the longer one keeps the proportion, rounded down as torchvision does.
Result<ir::Tensor> resize_shorter_side(const ir::Tensor& image, int size) {
  const std::int64_t height = image.shape()[0];
  const std::int64_t width = image.shape()[1];
  const std::int64_t longer = size * std::max(height, width) / std::min(height, width);
  constexpr std::int64_t most_pixels = std::int64_t{1} << 26;
  if (longer > most_pixels / size)
    return input_error("the image would be resized to " + std::to_string(size) + " x " + std::to_string(longer) +
                       " pixels, which is too many");
  return height <= width ? resize_image(image, size, static_cast<int>(longer))
                         : resize_image(image, static_cast<int>(longer), size);
}

// Where a window of `size` in the middle begins; halves go to the even number, as Python rounds.
std::int64_t centred(std::int64_t whole, std::int64_t size) {
  return std::lrint(static_cast<double>(whole - size) / 2);
}

// 8-bit luminance of ITU-R 601 in PIL's fixed point.
double luminance(const std::uint8_t* pixel) {
  return (pixel[0] * 19595 + pixel[1] * 38470 + pixel[2] * 7471 + 0x8000) >> 16;
}

Status check(const ImageOptions& options) {
  const auto channels = static_cast<std::size_t>(options.channels);
  if (options.channels != 1 && options.channels != 3)
    return input_error("an image has 3 channels, or 1 as luminance, not " + std::to_string(options.channels));
  if (options.mean.size() != channels || options.std.size() != channels)
    return usage_error("the image mean and deviation need " + std::to_string(channels) + " numbers each");
  for (const double deviation : options.std)
    if (!(deviation != 0)) return usage_error("the image deviation must not be 0");
  return {};
}

}  // namespace

bool is_image_file(const std::filesystem::path& path) {
  std::string extension = path.extension().string();
  for (char& c : extension) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return extension == ".png" || extension == ".jpg" || extension == ".jpeg";
}

Result<ir::Tensor> prepare_image(const ir::Tensor& original, const ImageOptions& options) {
  CORTADO_CHECK(check(options));
  ir::Tensor image = original;
  if (options.resize > 0) {
    CORTADO_TRY(image, resize_shorter_side(original, options.resize));
  }
  const std::int64_t width = image.shape()[1];
  const std::int64_t crop_height = options.crop > 0 ? options.crop : image.shape()[0];
  const std::int64_t crop_width = options.crop > 0 ? options.crop : width;
  if (crop_height > image.shape()[0] || crop_width > width)
    return input_error("the image has " + std::to_string(width) + " x " + std::to_string(image.shape()[0]) +
                           " pixels, fewer than the crop of " + std::to_string(options.crop),
                       "resize it first: --image-resize " + std::to_string(options.crop));
  const std::int64_t top = centred(image.shape()[0], crop_height);
  const std::int64_t left = centred(width, crop_width);
  ir::Tensor result(DType::f32, {1, options.channels, crop_height, crop_width});
  float* to = result.mutable_data<float>();
  for (std::size_t c = 0; c < static_cast<std::size_t>(options.channels); ++c) {
    const auto mean = static_cast<float>(options.mean[c]);
    const auto deviation = static_cast<float>(options.std[c]);
    for (std::int64_t y = 0; y < crop_height; ++y) {
      const std::uint8_t* pixel = image.data<std::uint8_t>() + ((top + y) * width + left) * 3;
      for (std::int64_t x = 0; x < crop_width; ++x, pixel += 3) {
        const auto value = static_cast<float>(options.channels == 1 ? luminance(pixel) : pixel[c]);
        *to++ = (value / 255.0f - mean) / deviation;  // in the order and precision of torchvision
      }
    }
  }
  return result;
}

Result<ir::Tensor> read_prepared_image(const std::filesystem::path& path, const ImageOptions& options) {
  CORTADO_TRY(const ir::Tensor image, read_image(path));
  auto prepared = prepare_image(image, options);
  if (!prepared && prepared.error().fault == Fault::input) return std::move(prepared).error().in(path.string());
  return prepared;
}

}  // namespace cortado::formats
