// Photographs as network inputs.
#pragma once

#include <cstdint>
#include <filesystem>
#include <span>
#include <vector>

#include "ir/tensor.h"

namespace cortado::formats {

struct ImageOptions {
  // (pixel/255 − mean) / std per channel. torchvision's ImageNet values.
  std::vector<double> mean = {0.485, 0.456, 0.406};
  std::vector<double> std = {0.229, 0.224, 0.225};
  int resize = 0;    // the shorter side gets this length first, in pixels; 0: no resizing
  int crop = 0;      // then the square in the middle; 0: no cropping
  int channels = 3;  // 3: RGB, 1: luminance
};

// .png .jpg .jpeg
bool is_image_file(const std::filesystem::path& path);

// u8 [height, width, 3], RGB; transparency is dropped, as PIL's convert("RGB") does. Errors: unreadable, damaged, more
// than 2^26 pixels.
Result<ir::Tensor> read_image(const std::filesystem::path& path);
Result<ir::Tensor> decode_image(std::span<const std::uint8_t> bytes);

// u8 [h, w, 3] with bilinear interpolation, antialiased when shrinking, as PIL does it. Sizes at least 1.
ir::Tensor resize_image(const ir::Tensor& image, int height, int width);

// The whole preparation: resize, crop, normalise, to f32 [1, channels, height, width].
// Errors: the crop is larger than the image; mean or std not of `channels` entries, or a std of 0.
Result<ir::Tensor> prepare_image(const ir::Tensor& image, const ImageOptions& options);
Result<ir::Tensor> read_prepared_image(const std::filesystem::path& path, const ImageOptions& options);

}  // namespace cortado::formats
