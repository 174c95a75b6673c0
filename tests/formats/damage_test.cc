// Damaged files give an error or tensors, never a fault. Run under sanitizers this is the readers' promise.
#include <gtest/gtest.h>

#include "formats/file.h"
#include "formats/images/image.h"
#include "formats/tensors/npy.h"
#include "formats/tensors/npz.h"
#include "formats/tensors/safetensors.h"
#include "formats/tensors/torch_file.h"
#include "tests/formats/image_bytes.h"
#include "tests/formats/scratch_folder.h"
#include "tests/formats/torch_bytes.h"
#include "tests/random_damage.h"

namespace cortado::formats {
namespace {

using testing::RandomDamage;

// Touches every byte, so that a sanitizer sees a tensor that is shorter than its shape.
std::size_t sum_of(const ir::Tensor& tensor) {
  EXPECT_EQ(tensor.size_bytes(), static_cast<std::size_t>(tensor.elements()) * size_bytes(tensor.dtype()));
  std::size_t sum = 0;
  for (const std::uint8_t byte : tensor.bytes()) sum += byte;
  return sum;
}

template <class Read>
void damage_and_read(const std::vector<std::uint8_t>& original, int times, Read read) {
  RandomDamage damage(original);
  int errors = 0;
  for (int i = 0; i < times; ++i) {
    const auto result = read(damage.next());
    if (result) continue;
    ++errors;
    EXPECT_EQ(result.error().fault, Fault::input) << result.error().text();
  }
  EXPECT_GT(errors, times / 10);  // damage that nobody notices would mean that nothing is checked
}

Result<NamedTensors> summed(Result<NamedTensors> tensors) {
  if (tensors)
    for (const NamedTensor& entry : tensors.value()) sum_of(entry.tensor);
  return tensors;
}

TEST(Damage, Npy) {
  const auto bytes = npy_bytes(ir::Tensor::of<float>(DType::f32, {2, 3}, {1, 2, 3, 4, 5, 6}));
  damage_and_read(bytes.value(), 5000, [](const std::vector<std::uint8_t>& damaged) {
    auto tensor = parse_npy(damaged);
    if (tensor) sum_of(tensor.value());
    return tensor;
  });
}

TEST(Damage, Npz) {
  const testing::ScratchFolder folder;
  ASSERT_TRUE(write_npz(folder / "x.npz",
                        {{"input_0", ir::Tensor(DType::f32, {2, 3})}, {"input_1", ir::Tensor(DType::i8, {4})}}));
  damage_and_read(read_file(folder / "x.npz").value(), 1000,
                  [](const auto& damaged) { return summed(parse_npz(damaged)); });
}

TEST(Damage, OlderTorchFile) {
  damage_and_read(testing::older_checkpoint(), 5000,
                  [](const auto& damaged) { return summed(parse_torch_file(damaged)); });
}

TEST(Damage, ZipTorchFile) {
  damage_and_read(testing::zip_checkpoint(), 1000,
                  [](const auto& damaged) { return summed(parse_torch_file(damaged)); });
}

// Behind checksums that are right, so that damage reaches the pickle.
TEST(Damage, Pickle) {
  damage_and_read(testing::checkpoint_pickle(false).bytes(), 5000, [](const std::vector<std::uint8_t>& damaged) {
    return summed(parse_torch_file(testing::zip_checkpoint(damaged)));
  });
}

TEST(Damage, Safetensors) {
  const std::string text = std::string("\x39") + std::string(7, '\0') +
                           R"({"a":{"dtype":"I8","shape":[2],"data_offsets":[0,2]},"b":{})" + "xy";
  std::vector<std::uint8_t> bytes(text.begin(), text.end());
  damage_and_read(bytes, 3000,
                  [](const std::vector<std::uint8_t>& damaged) { return summed(parse_safetensors(damaged)); });
}

TEST(Damage, Images) {
  const auto decode = [](const std::vector<std::uint8_t>& damaged) { return decode_image(damaged); };
  damage_and_read(testing::png_file, 1500, decode);
  damage_and_read(testing::jpeg_file, 1500, decode);
}

}  // namespace
}  // namespace cortado::formats
