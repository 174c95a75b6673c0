#include "ir/type.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <numeric>

namespace cortado::ir {

Quantization quantization(double scale, std::int32_t zero_point, std::int64_t quant_min, std::int64_t quant_max) {
  return {{scale}, {zero_point}, Quantization::per_tensor, quant_min, quant_max};
}

std::vector<std::uint8_t> Type::full_dim_order() const {
  if (!dim_order.empty()) return dim_order;
  std::vector<std::uint8_t> order(shape.size());
  std::iota(order.begin(), order.end(), std::uint8_t{0});
  return order;
}

std::string to_string(const Type& type) {
  std::string text = fmt::format("{}[{}]", name(type.dtype), fmt::join(type.shape, ", "));
  if (!type.dim_order.empty()) text += fmt::format(" order {}", fmt::join(type.dim_order, ""));
  if (type.quantization) {
    const auto& q = *type.quantization;
    text +=
        q.is_per_tensor() ? fmt::format(" q({}, {})", q.scale[0], q.zero_point[0]) : fmt::format(" q(axis {})", q.axis);
  }
  return text;
}

Tensor to_physical(const Tensor& logical, const std::vector<std::uint8_t>& dim_order) {
  if (dim_order.empty()) return logical;
  return permuted(logical, std::vector<std::int64_t>(dim_order.begin(), dim_order.end()));
}

Tensor to_logical(const Tensor& physical, const std::vector<std::uint8_t>& dim_order) {
  if (dim_order.empty()) return physical;
  std::vector<std::int64_t> inverse(dim_order.size());
  for (std::size_t i = 0; i < dim_order.size(); ++i) inverse[dim_order[i]] = static_cast<std::int64_t>(i);
  return permuted(physical, inverse);
}

}  // namespace cortado::ir
