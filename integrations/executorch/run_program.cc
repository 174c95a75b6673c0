// Runs a program in ExecuTorch's runtime. Host; for the test.
//
//   run_program PROGRAM.pte RUNS INPUT… -- OUTPUT…
//
// Inputs and outputs are files with the tensors' bytes in memory order.
#include <executorch/extension/module/module.h>
#include <executorch/extension/tensor/tensor_ptr.h>

#include <cstdio>
#include <cstring>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace {

namespace et = executorch;

int fail(const char* what, et::runtime::Error error) {
  std::fprintf(stderr, "%s: error 0x%x\n", what, static_cast<unsigned>(error));
  return 1;
}

// A tensor of the file's bytes, as the method's input `index` says.
et::extension::TensorPtr read_input(const et::runtime::MethodMeta& method, std::size_t index, const char* file,
                                    std::vector<std::vector<char>>& storage) {
  const auto info = method.input_tensor_meta(index);
  if (!info.ok()) return nullptr;
  std::ifstream stream(file, std::ios::binary);
  storage.emplace_back(std::istreambuf_iterator<char>(stream), std::istreambuf_iterator<char>());
  if (storage.back().size() != info->nbytes()) return nullptr;
  using Sizes = std::vector<executorch::aten::SizesType>;
  using DimOrder = std::vector<executorch::aten::DimOrderType>;
  return et::extension::make_tensor_ptr(Sizes(info->sizes().begin(), info->sizes().end()), storage.back().data(),
                                        DimOrder(info->dim_order().begin(), info->dim_order().end()), {},
                                        info->scalar_type());
}

}  // namespace

int main(int count, char** words) {
  if (count < 3) return 2;
  et::extension::Module module(words[1]);
  if (const auto error = module.load_method("forward"); error != et::runtime::Error::Ok) return fail("loading", error);
  const auto method = module.method_meta("forward");
  if (!method.ok()) return fail("method", method.error());
  std::vector<std::vector<char>> storage;
  storage.reserve(static_cast<std::size_t>(count));  // tensors point into it
  std::vector<et::extension::TensorPtr> tensors;
  std::vector<et::runtime::EValue> inputs;
  int next = 3;
  for (; next < count && std::strcmp(words[next], "--") != 0; ++next) {
    tensors.push_back(read_input(*method, inputs.size(), words[next], storage));
    if (tensors.back() == nullptr) return std::fprintf(stderr, "%s is no such input\n", words[next]), 1;
    inputs.emplace_back(*tensors.back());
  }
  for (int run = std::atoi(words[2]); run > 0; --run) {
    const auto outputs = module.forward(inputs);
    if (!outputs.ok()) return fail("running", outputs.error());
    if (run > 1) continue;
    for (std::size_t i = 0; i < outputs->size() && next + 1 + static_cast<int>(i) < count; ++i) {
      const auto tensor = (*outputs)[i].toTensor();
      std::ofstream(words[next + 1 + static_cast<int>(i)], std::ios::binary)
          .write(static_cast<const char*>(tensor.const_data_ptr()), static_cast<std::streamsize>(tensor.nbytes()));
    }
  }
  return 0;
}
