// Operators that only move elements, described by strides into their input. Host.
#pragma once

#include "ops/host/build.h"
#include "ops/host/selection.h"

namespace cortado::ops {

// result[i…] = input[offset + Σ i·stride], elements counted in the input's row-major order. Every index that occurs is
// inside the input.
struct View {
  ir::Shape shape;
  std::vector<std::int64_t> strides;
  std::int64_t offset = 0;
  std::optional<ir::Shape> result_shape = std::nullopt;  // as many elements; absent: `shape`

  const ir::Shape& result() const { return result_shape ? *result_shape : shape; }
};

// The whole of a tensor of this shape.
View whole(const ir::Shape& shape);
// The same elements in another shape.
View reshape(View view, ir::Shape shape);

// Shares the bytes where the view is the whole tensor in order.
ir::Tensor read(const ir::Tensor& tensor, const View& view);

using Views = Result<std::vector<View>>;
inline Views one(View view) {
  std::vector<View> views;
  views.push_back(std::move(view));
  return views;
}

// A definition from `make`, which gives one View per output for the shape of the first argument.
template <auto make>
Types infer_views(const Operands& operands) {
  const std::string_view self = operands.schema()[0].name;
  CORTADO_TRY(const std::vector<View> views, make(operands, operands.shape(self)));
  std::vector<ir::Type> types;
  for (const View& view : views) types.push_back(plain(operands.real_dtype(self), view.result()));
  return types;
}

template <auto make>
Tensors evaluate_views(const Operands& operands, const Environment& environment) {
  const ir::Tensor& self = environment.at(*operands.value(operands.schema()[0].name));
  CORTADO_TRY(const std::vector<View> views, make(operands, self.shape()));
  std::vector<ir::Tensor> tensors;
  for (const View& view : views) tensors.push_back(read(self, view));
  return tensors;
}

enum class Sharing : std::uint8_t { view, copy };

template <auto make>
Definition movement(std::string_view op, std::string_view parameters, std::string_view summary,
                    std::string_view float_kernel, Sharing sharing) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .infer = infer_views<make>,
          .evaluate = evaluate_views<make>,
          .is_view = sharing == Sharing::view,
          .quantization = same_as_input(),
          .lower = float_kernel.empty() ? nullptr : lower_selection,
          .float_kernel = float_kernel};
}

}  // namespace cortado::ops
