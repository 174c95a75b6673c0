// What a layer's weights are multiplied with: the input under the kernel, one column for each output position.
//
//   y[o, p] = Σ_k w[o, k] · column(group of o)[k, p],   k over (input channel in the group, kernel position) as in w
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "ir/graph.h"

namespace cortado::compiler {

struct LayerColumns {
  const ir::Value* input = nullptr;
  const ir::Value* weight = nullptr;  // constant f32 [rows, …], rows = groups · rows of a group
  std::int64_t groups = 1;
  std::int64_t taps = 0;  // k = 0 … taps − 1
  // A convolution's, one number a spatial dimension; all empty for a linear layer, whose columns are the input's rows.
  std::vector<std::int64_t> in, out, kernel, stride, padding, dilation;

  std::int64_t rows() const { return weight->type.shape[0]; }
};

// Null when the node is no layer with constant weights and a bias (that may be absent), output channels first.
std::optional<LayerColumns> layer_columns(const ir::Node& node);

// About one position in 16, at least `fewest` and at most 256 of a sample where there are so many; which ones turns
// with `sample`. Returns their number; `columns` becomes [groups][taps][positions].
std::int64_t gather_columns(const LayerColumns& layer, const ir::Tensor& input, std::size_t sample, std::int64_t fewest,
                            std::vector<float>& columns);

}  // namespace cortado::compiler
