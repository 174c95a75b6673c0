#include "formats/tensors/npy.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>

#include "formats/tensors/npz.h"
#include "tests/formats/scratch_folder.h"
#include "tests/shared.h"

namespace cortado::formats {
namespace {

using ir::Shape;
using ir::Tensor;

// A .npy of version 1 with the given header dictionary, padded or not.
std::vector<std::uint8_t> npy(const std::string& dictionary, std::vector<std::uint8_t> data) {
  std::vector<std::uint8_t> bytes = {0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0};
  bytes.push_back(static_cast<std::uint8_t>(dictionary.size() + 1));
  bytes.push_back(static_cast<std::uint8_t>((dictionary.size() + 1) >> 8));
  bytes.insert(bytes.end(), dictionary.begin(), dictionary.end());
  bytes.push_back('\n');
  bytes.insert(bytes.end(), data.begin(), data.end());
  return bytes;
}

template <class T>
std::vector<T> values(const Tensor& tensor) {
  return {tensor.data<T>(), tensor.data<T>() + tensor.elements()};
}

TEST(Npy, WhatIsWrittenIsRead) {
  const testing::ScratchFolder folder;
  const Tensor tensors[] = {
      Tensor::of<float>(DType::f32, {2, 3}, {1, -2, 3.5f, 4, 5, 6}),
      Tensor::of<std::int8_t>(DType::i8, {3}, {-128, 0, 127}),
      Tensor::of<std::int64_t>(DType::i64, {}, {INT64_MIN}),
      Tensor::of<std::uint8_t>(DType::boolean, {2}, {1, 0}),
      Tensor::of<double>(DType::f64, {1, 1, 1}, {0.1}),
      Tensor(DType::f16, {0, 7}),
  };
  for (const Tensor& tensor : tensors) {
    ASSERT_TRUE(write_npy(folder / "x.npy", tensor));
    const auto read = read_npy(folder / "x.npy");
    ASSERT_TRUE(read) << read.error().text();
    EXPECT_EQ(read.value().dtype(), tensor.dtype());
    EXPECT_EQ(read.value().shape(), tensor.shape());
    EXPECT_TRUE(std::ranges::equal(read.value().bytes(), tensor.bytes()));
  }
}

TEST(Npy, DataStartsAtAMultipleOf64) {
  const auto bytes = npy_bytes(Tensor(DType::f32, {5}));
  ASSERT_TRUE(bytes);
  EXPECT_EQ((bytes.value().size() - 20) % 64, 0u);
}

TEST(Npy, FortranOrderAndBigEndianAreUnderstood) {
  const auto fortran = parse_npy(npy("{'descr': '|i1', 'fortran_order': True, 'shape': (2, 3), }", {0, 3, 1, 4, 2, 5}));
  ASSERT_TRUE(fortran) << fortran.error().text();
  EXPECT_EQ(fortran.value().shape(), (Shape{2, 3}));
  EXPECT_EQ(values<std::int8_t>(fortran.value()), (std::vector<std::int8_t>{0, 1, 2, 3, 4, 5}));
  const auto big =
      parse_npy(npy("{'descr': '>i4', 'fortran_order': False, 'shape': (1,), }", {0x01, 0x02, 0x03, 0x04}));
  ASSERT_TRUE(big) << big.error().text();
  EXPECT_EQ(values<std::int32_t>(big.value())[0], 0x01020304);
}

TEST(Npy, DamagedHeadersAndAbsurdShapesAreErrors) {
  const char* const malformed = "has a header that is malformed, or describes a structured type";
  const struct {
    const char* header;
    const char* message;
  } rows[] = {
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (4611686018427387904, 4), }",
       "a tensor of shape [4611686018427387904, 4] is negative or too large"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (-1,), }", malformed},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (5450993704148000, 3220, 0), }",
       "is negative or too large"},  // empty, after an overflow
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (99999999999999999999,), }", malformed},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (0,), }", "has 4 bytes of data; its shape needs 0"},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (1 2), }", malformed},
      {"{'descr': '<f4', 'fortran_order': False, 'shape': (1,", malformed},
      {"{'descr': '<f4', 'fortran_order': Maybe, 'shape': (1,), }", malformed},
      {"{'descr': '<f4', 'shape': (1,), }", malformed},
      {"{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", malformed},
      {"{'descr': '<c8', 'fortran_order': False, 'shape': (1,), }",
       "has elements of NumPy type '<c8', which is not supported"},
      {"", malformed},
  };
  for (const auto& row : rows) {
    const auto result = parse_npy(npy(row.header, {0, 0, 0, 0}));
    ASSERT_FALSE(result) << row.header;
    EXPECT_EQ(result.error().fault, Fault::input);
    EXPECT_NE(result.error().message.find(row.message), std::string::npos)
        << row.header << ": " << result.error().message;
  }
}

TEST(Npy, WhatIsNoNpyIsSaid) {
  const testing::ScratchFolder folder;
  const struct {
    std::vector<std::uint8_t> bytes;
    const char* message;
  } rows[] = {
      {{}, "x.npy: is not a NumPy file, or is truncated"},
      {{0x93, 'N', 'U', 'M', 'P', 'Y', 9, 0, 2, 0, '{', '}'}, "x.npy: is of NumPy format 9; 1 to 3 are supported"},
      {{0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, 0xff, 0xff, '{', '}'}, "x.npy: ends within its header: it is truncated"},
  };
  for (const auto& row : rows) {
    const auto result = read_npy(folder.write("x.npy", row.bytes));
    ASSERT_FALSE(result) << row.message;
    EXPECT_NE(result.error().message.find(row.message), std::string::npos) << result.error().message;
  }
  const auto no_type = npy_bytes(Tensor(DType::bf16, {2}));
  ASSERT_FALSE(no_type);
  EXPECT_NE(no_type.error().message.find("NumPy has no element type bf16"), std::string::npos)
      << no_type.error().message;
}

TEST(Npy, AFileThatCannotBeWrittenLeavesNothing) {
  const testing::ScratchFolder folder;
  folder.write("file", {});
  const auto status = write_npy(folder / "file" / "x.npy", Tensor(DType::f32, {1}));
  ASSERT_FALSE(status);
  EXPECT_EQ(status.error().fault, Fault::input);
  EXPECT_EQ(testing::files_below(folder.path(), ".npy").size(), 0u);
  std::filesystem::create_directory(folder / "taken.npy");
  EXPECT_FALSE(write_npy(folder / "taken.npy", Tensor(DType::f32, {1})));
}

TEST(Npz, WhatIsWrittenIsRead) {
  const testing::ScratchFolder folder;
  const NamedTensors tensors = {{"input_0", Tensor::of<float>(DType::f32, {2}, {1, 2})},
                                {"a b", Tensor(DType::i8, {3})}};
  ASSERT_TRUE(write_npz(folder / "x.npz", tensors));
  const auto read = read_npz(folder / "x.npz");
  ASSERT_TRUE(read) << read.error().text();
  ASSERT_EQ(read.value().size(), 2u);
  EXPECT_EQ(read.value()[0].name, "input_0");
  EXPECT_EQ(read.value()[0].tensor.data<float>()[1], 2.0f);
  EXPECT_EQ(read.value()[1].name, "a b");
}

TEST(Npz, SharedFilesAreRead) {
  const auto folder = testing::shared_folder() / "conformance" / "networks";
  CORTADO_SKIP_WITHOUT(folder);
  std::size_t count = 0;
  for (const auto& file : testing::files_below(folder, ".npz")) {
    const auto tensors = read_npz(file);
    ASSERT_TRUE(tensors) << tensors.error().text();
    count += tensors.value().size();
  }
  EXPECT_GT(count, 100u);
}

}  // namespace
}  // namespace cortado::formats
