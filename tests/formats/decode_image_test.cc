#include <gtest/gtest.h>

#include <algorithm>
#include <string_view>

#include "formats/images/image.h"
#include "formats/zip/writer.h"
#include "tests/formats/image_bytes.h"
#include "tests/formats/pillow_images.h"
#include "tests/formats/scratch_folder.h"

namespace cortado::formats {
namespace {

using Bytes = std::vector<std::uint8_t>;

void expect_error(const Bytes& file, const std::string& part) {
  const auto image = decode_image(file);
  ASSERT_FALSE(image) << part;
  EXPECT_NE(image.error().message.find(part), std::string::npos) << image.error().message;
}

TEST(DecodeImage, PixelsEqualPillows) {
  for (const testing::PillowImage& file : testing::pillow_images) {
    const auto image = decode_image(testing::bytes_of(file.hexadecimal));
    ASSERT_TRUE(image) << file.kind << ": " << image.error().text();
    EXPECT_EQ(image.value().shape(), (ir::Shape{file.height, file.width, 3})) << file.kind;
    std::uint32_t hash = 0;
    for (const std::uint8_t byte : image.value().bytes()) hash = hash * 31 + byte;
    EXPECT_EQ(hash, file.hash) << file.kind;
  }
}

// 4 x 3 pixels, 5000 more each.
TEST(DecodeImage, OfSixteenBitsTheUpperEightCount) {
  const auto image = decode_image(testing::bytes_of(
      "89504e470d0a1a0a0000000d4948445200000004000000031000000000c10f2d590000001c49444154789c63606010ee5017b09ac1e2a720"
      "ac20a220ac0067000036f903bd113ca73d0000000049454e44ae426082"));
  ASSERT_TRUE(image) << image.error().text();
  for (std::size_t i = 0; i < 36; ++i) EXPECT_EQ(image.value().bytes()[i], i / 3 * 5000 / 256) << i;
}

TEST(DecodeImage, DamagedFilesAreErrors) {
  const testing::ScratchFolder folder;
  for (std::size_t size = 0; size < 70; size += 3) {
    const auto image = read_image(folder.write("x.png", std::span(testing::png_file).first(size)));
    ASSERT_FALSE(image) << size;
    EXPECT_EQ(image.error().fault, Fault::input);
  }
  EXPECT_FALSE(read_image(folder / "missing.png"));
  const auto text = read_image(folder.write("x.png", Bytes{'t', 'e', 'x', 't'}));
  ASSERT_FALSE(text);
  EXPECT_NE(text.error().message.find("x.png: is no PNG or JPEG, or is damaged"), std::string::npos)
      << text.error().message;
}

TEST(DecodeImage, CutOffFilesAreErrors) {
  Bytes file = testing::png_file;
  file.resize(60);
  expect_error(file, "is a damaged PNG: it is cut off");
  for (const testing::PillowImage& whole : testing::pillow_images) {
    file = testing::bytes_of(whole.hexadecimal);
    constexpr std::size_t end_of_png = 12, end_of_jpeg = 2;  // what a reader of pixels does not miss
    const std::size_t end = file[0] == 0xFF ? end_of_jpeg : end_of_png;
    for (std::size_t size = 0; size + end < file.size(); ++size)
      EXPECT_FALSE(decode_image(std::span(file).first(size))) << whole.kind << ", " << size << " bytes";
  }
}

TEST(DecodeImage, TooLongHuffmanTablesAreErrors) {
  Bytes file = testing::jpeg_file;
  const std::uint8_t marker[] = {0xFF, 0xC4};
  const auto segment = std::search(file.begin(), file.end(), std::begin(marker), std::end(marker));
  ASSERT_NE(segment, file.end());
  std::fill_n(segment + 5, 16, std::uint8_t{0xFF});
  expect_error(file, "is a damaged JPEG: ");
}

// One block, of which every coefficient comes in two scans of its own: 127 scans.
TEST(DecodeImage, EndlessScansAreErrors) {
  Bytes file = {0xFF, 0xD8, 0xFF, 0xDB, 0, 67, 0};
  file.insert(file.end(), 64, 1);
  file.insert(file.end(), {0xFF, 0xC2, 0, 11, 8, 0, 8, 0, 8, 1, 1, 0x11, 0});
  for (const std::uint8_t place : {0x00, 0x10}) {  // one code, of one bit, for 0
    file.insert(file.end(), {0xFF, 0xC4, 0, 20, place, 1});
    file.insert(file.end(), 16, 0);
  }
  const auto add_scan = [&](int coefficient, int bits) {
    const auto k = static_cast<std::uint8_t>(coefficient);
    file.insert(file.end(), {0xFF, 0xDA, 0, 8, 1, 1, 0, k, k, static_cast<std::uint8_t>(bits), 0x7F});
  };
  add_scan(0, 0x00);
  for (int k = 1; k < 40; ++k) add_scan(k, 0x02);
  Bytes usual = file;
  usual.insert(usual.end(), {0xFF, 0xD9});
  EXPECT_TRUE(decode_image(usual)) << decode_image(usual).error().text();
  for (const int bits : {0x21, 0x10})
    for (int k = 1; k < 40; ++k) add_scan(k, bits);
  file.insert(file.end(), {0xFF, 0xD9});
  expect_error(file, "it has more than 100 scans");
}

// What a few bytes say of sizes is not believed: a decoder would ask for a gigabyte.
TEST(DecodeImage, SizesThatTheFileCannotHoldAreErrors) {
  const auto with_size = [](std::uint8_t width, std::uint8_t height) {
    Bytes file = testing::png_file;
    file[18] = width;  // times 256
    file[22] = height;
    // The checksum of the header, so that it is believed.
    const std::uint32_t crc = crc32(std::span(file).subspan(12, 17));
    for (std::size_t i = 0; i < 4; ++i) file[29 + i] = static_cast<std::uint8_t>(crc >> (24 - 8 * i));
    return file;
  };
  expect_error(with_size(0x10, 0x10), " bytes, which cannot hold 4099 x 4098 pixels");
  expect_error(with_size(0x60, 0x20), "has 24579 x 8194 pixels, which is too many");
  Bytes file = testing::png_file;
  const std::string_view type = "IDAT";
  const auto chunk = std::search(file.begin(), file.end(), type.begin(), type.end());
  ASSERT_NE(chunk, file.end());
  *(chunk - 4) = 0x3F;
  expect_error(file, "is a damaged PNG: ");
}

}  // namespace
}  // namespace cortado::formats
