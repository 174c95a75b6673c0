#include <gtest/gtest.h>

#include "formats/zip/reader.h"
#include "formats/zip/writer.h"

namespace cortado::formats {
namespace {

std::vector<std::uint8_t> bytes_of(const std::string& text) { return {text.begin(), text.end()}; }

std::vector<std::uint8_t> example() {
  ZipWriter writer;
  EXPECT_TRUE(writer.add("a/first", bytes_of("one")));
  EXPECT_TRUE(writer.add("a/second", bytes_of(std::string(1000, 'x'))));
  return writer.finish();
}

// Member "d": "hello " a hundred times, deflated.
const std::vector<std::uint8_t> deflated = {
    0x50, 0x4b, 0x03, 0x04, 0x14, 0x00, 0x00, 0x00, 0x08, 0x00, 0x00, 0x00, 0x21, 0x00, 0xf3, 0x31, 0xa2, 0x0d, 0x0e,
    0x00, 0x00, 0x00, 0x58, 0x02, 0x00, 0x00, 0x01, 0x00, 0x00, 0x00, 0x64, 0xcb, 0x48, 0xcd, 0xc9, 0xc9, 0x57, 0xc8,
    0x18, 0x25, 0x47, 0x49, 0xaa, 0x92, 0x00, 0x50, 0x4b, 0x01, 0x02, 0x14, 0x03, 0x14, 0x00, 0x00, 0x00, 0x08, 0x00,
    0x00, 0x00, 0x21, 0x00, 0xf3, 0x31, 0xa2, 0x0d, 0x0e, 0x00, 0x00, 0x00, 0x58, 0x02, 0x00, 0x00, 0x01, 0x00, 0x00,
    0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x00, 0x80, 0x01, 0x00, 0x00, 0x00, 0x00, 0x64, 0x50, 0x4b, 0x05,
    0x06, 0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x2f, 0x00, 0x00, 0x00, 0x2d, 0x00, 0x00, 0x00, 0x00, 0x00};

TEST(Zip, MembersAreRead) {
  const auto bytes = example();
  const auto zip = ZipReader::open(bytes);
  ASSERT_TRUE(zip) << zip.error().text();
  EXPECT_EQ(zip.value().names(), (std::vector<std::string>{"a/first", "a/second"}));
  EXPECT_EQ(zip.value().read_text("a/first").value(), "one");
  EXPECT_EQ(zip.value().read("a/second").value().size(), 1000u);
  const auto missing = zip.value().read("a/third");
  ASSERT_FALSE(missing);
  EXPECT_EQ(missing.error().message, "member 'a/third' is missing");
}

TEST(Zip, DeflatedMembersAreRead) {
  const auto zip = ZipReader::open(deflated);
  ASSERT_TRUE(zip) << zip.error().text();
  const auto text = zip.value().read_text("d");
  ASSERT_TRUE(text) << text.error().text();
  EXPECT_EQ(text.value().size(), 600u);
  EXPECT_EQ(text.value().substr(0, 12), "hello hello ");
}

TEST(Zip, TheSameContentGivesTheSameBytes) { EXPECT_EQ(example(), example()); }

TEST(Zip, AChangedByteIsFound) {
  auto bytes = example();
  bytes[100] ^= 1;  // within the second member's content
  const auto zip = ZipReader::open(bytes);
  ASSERT_TRUE(zip);
  const auto content = zip.value().read("a/second");
  ASSERT_FALSE(content);
  EXPECT_NE(content.error().message.find("member 'a/second' is damaged: "), std::string::npos)
      << content.error().message;
  EXPECT_EQ(content.error().hint, "the file is damaged: copy or export it again");
}

TEST(Zip, TruncationIsFoundEverywhere) {
  const auto bytes = example();
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    const auto zip = ZipReader::open(std::span(bytes).first(size));
    ASSERT_FALSE(zip) << size;
    EXPECT_EQ(zip.error().fault, Fault::input);
    const char* const message = size == 0 ? "is an empty file" : "is not a zip file, or is truncated or damaged (";
    EXPECT_EQ(zip.error().message.find(message), 0u) << zip.error().message;
  }
}

// The directory's entry of the only member says another size than there is.
TEST(Zip, AnotherSizeThanTheDirectorySaysIsFound) {
  const struct {
    std::uint8_t size;
    const char* message;
  } rows[] = {{0x59, "member 'd' is shorter than the directory says"},
              {0x57, "member 'd' is longer than the directory says"}};
  for (const auto& row : rows) {
    auto bytes = deflated;
    const std::size_t entry = bytes.size() - 22 - (46 + 1);
    ASSERT_EQ(bytes[entry + 24], 0x58);
    bytes[entry + 24] = bytes[22] = row.size;
    const auto zip = ZipReader::open(bytes);
    ASSERT_TRUE(zip) << zip.error().text();
    const auto content = zip.value().read("d");
    ASSERT_FALSE(content);
    EXPECT_EQ(content.error().message, row.message);
  }
}

TEST(Zip, NoFileAndNoMembersAreSaid) {
  const auto missing = ZipReader::open(std::filesystem::path("/nowhere/x.pt2"));
  ASSERT_FALSE(missing);
  EXPECT_NE(missing.error().message.find("cannot be opened: "), std::string::npos) << missing.error().message;
  const auto empty = ZipWriter().finish();
  const auto zip = ZipReader::open(empty);
  ASSERT_FALSE(zip);
  EXPECT_EQ(zip.error().message, "is an empty file");
}

TEST(Zip, MoreMembersThanTheFormatCountsAreRefused) {
  ZipWriter writer;
  for (int i = 0; i < 0xffff; ++i) ASSERT_TRUE(writer.add(std::to_string(i), {}));
  const Status one_more = writer.add("65535", {});
  ASSERT_FALSE(one_more);
  EXPECT_EQ(one_more.error().message, "the zip file would be larger than 4 GiB or have more than 65535 members");
}

TEST(Zip, ASizeThatCannotBeTrueIsNotAllocated) {
  auto bytes = example();
  // The directory's entry of the second member: its uncompressed size becomes 0xf0000000.
  const std::size_t entry = bytes.size() - 22 - (46 + 8);
  ASSERT_EQ(bytes[entry], 0x50);
  bytes[entry + 27] = 0xf0;
  const auto zip = ZipReader::open(bytes);
  ASSERT_TRUE(zip) << zip.error().text();
  const auto content = zip.value().read("a/second");
  ASSERT_FALSE(content);
  EXPECT_EQ(content.error().message, "member 'a/second' has an impossible size");
}

TEST(Crc32, KnownAnswer) { EXPECT_EQ(crc32(bytes_of("123456789")), 0xcbf43926u); }

}  // namespace
}  // namespace cortado::formats
