#include "formats/tensors/safetensors.h"

#include <gtest/gtest.h>

namespace cortado::formats {
namespace {

std::vector<std::uint8_t> file(const std::string& header, std::vector<std::uint8_t> data) {
  std::vector<std::uint8_t> bytes;
  for (int i = 0; i < 8; ++i) bytes.push_back(static_cast<std::uint8_t>(header.size() >> (8 * i)));
  bytes.insert(bytes.end(), header.begin(), header.end());
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

TEST(Safetensors, TensorsAreReadInTheOrderOfTheirData) {
  const auto tensors =
      parse_safetensors(file(R"({"__metadata__":{"format":"pt"},"a":{"dtype":"I8","shape":[2],"data_offsets":[2,4]},)"
                             R"("b":{"dtype":"I16","shape":[],"data_offsets":[0,2]}})",
                             {1, 2, 3, 4}));
  ASSERT_TRUE(tensors) << tensors.error().text();
  ASSERT_EQ(tensors.value().size(), 2u);
  EXPECT_EQ(tensors.value()[0].name, "b");
  EXPECT_EQ(tensors.value()[0].tensor.as_int(0), 0x0201);
  EXPECT_EQ(tensors.value()[1].tensor.as_int(1), 4);
}

TEST(Safetensors, DamageIsAnError) {
  const char* const damaged = "is no safetensors file, or is damaged";
  const struct {
    const char* header;
    const char* message;
  } rows[] = {
      {R"({"a":{"dtype":"I8","shape":[2],"data_offsets":[3,5]}})", damaged},
      {R"({"a":{"dtype":"I8","shape":[3],"data_offsets":[0,2]}})", damaged},
      {R"({"a":{"dtype":"I8","shape":[-1],"data_offsets":[0,2]}})",
       "tensor 'a': a tensor of shape [-1] is negative or too large"},
      {R"({"a":{"dtype":"I8","shape":[2],"data_offsets":[2,0]}})", damaged},
      {R"({"a":{"dtype":"F8_E4M3","shape":[2],"data_offsets":[0,2]}})",
       "tensor 'a': has elements of type F8_E4M3, which is not supported"},
      {R"({"a":{"dtype":"I8","shape":[2]}})", damaged},
      {R"({"a":{"dtype":"I8","shape":[4294967296,4294967296],"data_offsets":[0,2]}})", "is negative or too large"},
      {R"([1])", damaged},
      {R"({"a")", damaged},
      {"", damaged},
  };
  for (const auto& row : rows) {
    const auto tensors = parse_safetensors(file(row.header, {1, 2, 3, 4}));
    ASSERT_FALSE(tensors) << row.header;
    EXPECT_NE(tensors.error().message.find(row.message), std::string::npos)
        << row.header << ": " << tensors.error().message;
  }
  EXPECT_FALSE(parse_safetensors({}));
  const std::vector<std::uint8_t> endless = {0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, '{', '}'};
  EXPECT_FALSE(parse_safetensors(endless));
}

}  // namespace
}  // namespace cortado::formats
