#include "tools/made_up_inputs.h"

#include <fmt/format.h>

namespace cortado::tools {
namespace {

ir::Tensor made_up_input(const ir::Type& type) {
  ir::Tensor tensor(type.dtype, type.shape);
  std::uint32_t state = 1;
  const auto next = [&] { return (state = state * 1664525u + 1013904223u) >> 8; };
  for (std::int64_t i = 0; i < tensor.elements(); ++i) {
    if (type.dtype == DType::f32) tensor.mutable_data<float>()[i] = static_cast<float>(next()) / 8388608.0f - 1.0f;
    if (type.dtype == DType::i8) tensor.mutable_data<std::int8_t>()[i] = static_cast<std::int8_t>(next());
  }
  return tensor;
}

std::uint32_t crc32(std::uint32_t sum, std::span<const std::uint8_t> bytes) {
  for (const std::uint8_t byte : bytes) {
    sum ^= byte;
    for (int bit = 0; bit < 8; ++bit) sum = sum >> 1 ^ (0xEDB88320u & (0u - (sum & 1)));
  }
  return sum;
}

}  // namespace

Tensors made_up_inputs(const LoadedProgram& program) {
  Tensors inputs;
  for (const runtime::PortInfo& input : program.session->inputs())
    if (input.is_tensor) inputs.push_back(made_up_input(input.type));
  return inputs;
}

std::string checksum(const Tensors& tensors) {
  std::uint32_t sum = ~0u;
  for (const ir::Tensor& tensor : tensors) sum = crc32(sum, tensor.bytes());
  return fmt::format("{:08x}", ~sum);
}

}  // namespace cortado::tools
