#include "formats/tensors/tensor_file.h"

#include "formats/tensors/npy.h"
#include "formats/tensors/npz.h"
#include "formats/tensors/safetensors.h"
#include "formats/tensors/torch_file.h"

namespace cortado::formats {
namespace {

Result<NamedTensors> read_one(const std::filesystem::path& path) {
  CORTADO_TRY(ir::Tensor tensor, read_npy(path));
  return NamedTensors{{"", std::move(tensor)}};
}

struct Format {
  const char* extension;
  Result<NamedTensors> (*read)(const std::filesystem::path& path);
};
constexpr Format formats[] = {
    {".npy", read_one},
    {".npz", read_npz},
    {".pt", read_torch_file},
    {".pth", read_torch_file},
    {".safetensors", read_safetensors},
};

}  // namespace

bool is_tensor_file(const std::filesystem::path& path) {
  for (const Format& format : formats)
    if (path.extension() == format.extension) return true;
  return false;
}

Result<NamedTensors> read_tensor_file(const std::filesystem::path& path) {
  for (const Format& format : formats)
    if (path.extension() == format.extension) return format.read(path);
  return input_error(path.string() + ": is of no kind that holds tensors",
                     "tensors are read from .npy, .npz, .pt, .pth and .safetensors");
}

}  // namespace cortado::formats
