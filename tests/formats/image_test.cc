#include "formats/images/image.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "tests/formats/image_bytes.h"
#include "tests/formats/scratch_folder.h"
#include "tests/shared.h"

namespace cortado::formats {
namespace {

ir::Tensor pattern(int height, int width) {
  ir::Tensor image(DType::u8, {height, width, 3});
  std::uint8_t* to = image.mutable_data<std::uint8_t>();
  for (int y = 0; y < height; ++y)
    for (int x = 0; x < width; ++x)
      for (int c = 0; c < 3; ++c) *to++ = static_cast<std::uint8_t>(y * 37 + x * 91 + c * 53 + x * y * 7);
  return image;
}

TEST(Image, PngPixels) {
  const testing::ScratchFolder folder;
  const auto image = read_image(folder.write("x.png", testing::png_file));
  ASSERT_TRUE(image) << image.error().text();
  EXPECT_EQ(image.value().shape(), (ir::Shape{2, 3, 3}));
  const std::vector<std::uint8_t> expected = {0,  53, 106, 91,  144, 197, 182, 235, 32,
                                              37, 90, 143, 135, 188, 241, 233, 30,  83};
  EXPECT_TRUE(std::ranges::equal(image.value().bytes(), expected));
}

TEST(Image, JpegPixels) {
  const testing::ScratchFolder folder;
  const auto image = read_image(folder.write("x.JPG", testing::jpeg_file));
  ASSERT_TRUE(image) << image.error().text();
  EXPECT_EQ(image.value().shape(), (ir::Shape{8, 8, 3}));
  EXPECT_NEAR(image.value().bytes()[0], 200, 2);
  EXPECT_NEAR(image.value().bytes()[1], 100, 2);
  EXPECT_NEAR(image.value().bytes()[2], 50, 2);
}

// A hash of what Pillow 13 gives for Image.resize(size, BILINEAR) of the same pattern.
TEST(Image, ResizingEqualsPillow) {
  struct Case {
    int height, width;
    std::uint32_t hash;
  };
  for (const Case& c :
       {Case{5, 7, 43183319u}, Case{30, 20, 3725792415u}, Case{13, 4, 250615124u}, Case{3, 17, 2293507098u}}) {
    const ir::Tensor image = resize_image(pattern(13, 17), c.height, c.width);
    std::uint32_t hash = 0;
    for (const std::uint8_t byte : image.bytes()) hash = hash * 31 + byte;
    EXPECT_EQ(hash, c.hash) << c.height << " x " << c.width;
  }
}

TEST(Image, PreparationCropsTheMiddleAndNormalises) {
  ImageOptions options;
  options.crop = 2;
  const auto prepared = prepare_image(pattern(4, 7), options);
  ASSERT_TRUE(prepared) << prepared.error().text();
  EXPECT_EQ(prepared.value().shape(), (ir::Shape{1, 3, 2, 2}));
  // Pixel y 1, x 2 (halves to even), channel 2 at [0, 2, 0, 0].
  const float pixel = (1 * 37 + 2 * 91 + 2 * 53 + 2 * 7) % 256;
  EXPECT_EQ(prepared.value().data<float>()[8], (pixel / 255.0f - 0.406f) / 0.225f);
}

TEST(Image, TheShorterSideIsResized) {
  ImageOptions options;
  options.resize = 6;
  EXPECT_EQ(prepare_image(pattern(13, 17), options).value().shape(), (ir::Shape{1, 3, 6, 7}));
  EXPECT_EQ(prepare_image(pattern(17, 13), options).value().shape(), (ir::Shape{1, 3, 7, 6}));
  options.crop = 7;
  const auto too_small = prepare_image(pattern(13, 17), options);
  ASSERT_FALSE(too_small);
  EXPECT_EQ(too_small.error().fault, Fault::input);
  EXPECT_EQ(too_small.error().message, "the image has 7 x 6 pixels, fewer than the crop of 7");
  EXPECT_EQ(too_small.error().hint, "resize it first: --image-resize 7");
  options = {};
  options.resize = 30000;
  const auto too_large = prepare_image(pattern(1, 20000), options);
  ASSERT_FALSE(too_large);
  EXPECT_EQ(too_large.error().message, "the image would be resized to 30000 x 600000000 pixels, which is too many");
}

TEST(Image, OptionsThatContradictEachOtherAreRefused) {
  ImageOptions channels, numbers, deviation;
  channels.channels = 2;
  numbers.mean = {0.5};
  deviation.std = {1, 0, 1};
  EXPECT_EQ(prepare_image(pattern(4, 4), channels).error().message,
            "an image has 3 channels, or 1 as luminance, not 2");
  EXPECT_EQ(prepare_image(pattern(4, 4), numbers).error().message, "the image mean and deviation need 3 numbers each");
  EXPECT_EQ(prepare_image(pattern(4, 4), deviation).error().message, "the image deviation must not be 0");
}

TEST(Image, OneChannelIsLuminance) {
  const testing::ScratchFolder folder;
  ImageOptions options;
  options.channels = 1;
  options.mean = {0};
  options.std = {1};
  const auto prepared = read_prepared_image(folder.write("x.png", testing::png_file), options);
  ASSERT_TRUE(prepared) << prepared.error().text();
  const std::vector<int> expected = {43, 134, 196, 80, 178, 97};  // Pillow's convert("L")
  for (std::size_t i = 0; i < expected.size(); ++i)
    EXPECT_EQ(prepared.value().data<float>()[i], static_cast<float>(expected[i]) / 255.0f);
  options.std = {0};
  EXPECT_EQ(prepare_image(pattern(2, 2), options).error().fault, Fault::usage);
}

TEST(Image, SharedPhotographsAreRead) {
  const auto folder = testing::shared_folder() / "images" / "calibration";
  CORTADO_SKIP_WITHOUT(folder);
  const auto files = testing::files_below(folder, ".png");
  ASSERT_GE(files.size(), 10u);
  for (std::size_t i = 0; i < 10; ++i) {
    const auto image = read_prepared_image(files[i], {});
    ASSERT_TRUE(image) << image.error().text();
    EXPECT_EQ(image.value().shape(), (ir::Shape{1, 3, 224, 224}));
  }
}

}  // namespace
}  // namespace cortado::formats
