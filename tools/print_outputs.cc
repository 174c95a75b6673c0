#include "tools/print_outputs.h"

#include <algorithm>
#include <cstdio>
#include <numeric>

#include "support/atomic_file.h"

namespace cortado::tools {
namespace {

constexpr std::int64_t shown_elements = 64;

void print_tensor(const std::string& name, const ir::Tensor& tensor) {
  std::printf("%s %s:", name.c_str(), to_string(ir::Type{tensor.dtype(), tensor.shape(), {}, {}}).c_str());
  for (std::int64_t i = 0; i < std::min(tensor.elements(), shown_elements); ++i)
    std::printf(" %.9g", tensor.as_double(i));
  if (tensor.elements() > shown_elements)
    std::printf(" … (%lld more)", static_cast<long long>(tensor.elements() - shown_elements));
  std::printf("\n");
}

// Of equal scores the first comes first.
void print_top(const ir::Tensor& scores, const PrintOptions& options) {
  std::vector<std::size_t> order(static_cast<std::size_t>(scores.elements()));
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto score = [&](std::size_t i) { return scores.as_double(static_cast<std::int64_t>(i)); };
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return score(a) > score(b); });
  order.resize(std::min(order.size(), options.top));
  for (const std::size_t i : order)
    std::printf("%8.3f  %s\n", score(i),
                i < options.classes.size() ? options.classes[i].c_str() : ("class " + std::to_string(i)).c_str());
}

}  // namespace

Result<std::vector<std::string>> read_classes(const std::string& file) {
  CORTADO_TRY(const auto bytes, read_file(file, std::uint64_t{1} << 26));
  std::vector<std::string> names(1);
  for (const std::uint8_t byte : bytes) {
    if (byte == '\n')
      names.emplace_back();
    else if (byte != '\r')
      names.back() += static_cast<char>(byte);
  }
  if (names.back().empty()) names.pop_back();
  return names;
}

void print_outputs(const std::vector<std::string>& names, const Tensors& outputs, const PrintOptions& options) {
  if (options.top != 0 && !outputs.empty()) return print_top(outputs[0], options);
  for (std::size_t i = 0; i < outputs.size(); ++i) print_tensor(names[i], outputs[i]);
}

}  // namespace cortado::tools
