#include "ops/host/window.h"

namespace cortado::ops {
namespace {

constexpr std::int64_t largest = std::int64_t{1} << 31;

// Splits the first argument's shape and sets the input's sizes.
Result<Windows> over_input(const Operands& operands, std::size_t spatial) {
  const ir::Shape& shape = operands.shape(operands.schema()[0].name);
  if (shape.size() != spatial + 1 && shape.size() != spatial + 2)
    return input_error("the input must have " + std::to_string(spatial) + " spatial dimensions and one or two before");
  Windows w;
  w.spatial = spatial;
  w.leading.assign(shape.begin(), shape.end() - static_cast<std::ptrdiff_t>(spatial));
  w.planes = ir::element_count(w.leading);
  for (std::size_t i = 0; i < spatial; ++i) {
    w.in[3 - spatial + i] = shape[w.leading.size() + i];
    if (w.in[3 - spatial + i] > largest) return input_error("the input is too large");
  }
  return w;
}

// The numbers of an argument into the last `spatial` places.
Status read(const Operands& operands, std::string_view name, std::size_t spatial, std::int64_t low,
            std::array<std::int64_t, 3>& to) {
  const std::vector<std::int64_t> list = operands.integers(name, spatial);
  if (list.size() != spatial) return input_error(std::string(name) + " must have one number per spatial dimension");
  for (std::size_t i = 0; i < spatial; ++i) {
    if (list[i] < low || list[i] > largest) return input_error(std::string(name) + " is out of range");
    to[3 - spatial + i] = list[i];
  }
  return {};
}

}  // namespace

ir::Shape Windows::result_shape() const {
  ir::Shape shape = leading;
  shape.insert(shape.end(), out.end() - static_cast<std::ptrdiff_t>(spatial), out.end());
  return shape;
}

Result<Windows> windows(const Operands& operands, std::size_t spatial) {
  CORTADO_TRY(Windows w, over_input(operands, spatial));
  CORTADO_CHECK(read(operands, "kernel_size", spatial, 1, w.kernel));
  w.stride = w.kernel;
  if (!operands.integers("stride").empty()) CORTADO_CHECK(read(operands, "stride", spatial, 1, w.stride));
  CORTADO_CHECK(read(operands, "padding", spatial, 0, w.padding));
  if (!operands.integers("dilation").empty()) CORTADO_CHECK(read(operands, "dilation", spatial, 1, w.dilation));
  const bool ceil = operands.flag("ceil_mode");
  for (std::size_t i = 3 - spatial; i < 3; ++i) {
    if (w.padding[i] > w.kernel[i] / 2) return input_error("the padding is more than half of the kernel");
    const std::int64_t room = w.in[i] + 2 * w.padding[i] - w.dilation[i] * (w.kernel[i] - 1) - 1;
    if (room < 0) return input_error("the kernel is larger than the padded input");
    w.out[i] = (room + (ceil ? w.stride[i] - 1 : 0)) / w.stride[i] + 1;
    // The last window must begin inside the input or its leading padding.
    if (ceil && (w.out[i] - 1) * w.stride[i] >= w.in[i] + w.padding[i]) --w.out[i];
  }
  return w;
}

Result<Windows> adaptive_windows(const Operands& operands, std::size_t spatial) {
  CORTADO_TRY(Windows w, over_input(operands, spatial));
  CORTADO_CHECK(read(operands, "output_size", spatial, 0, w.out));
  for (std::int64_t size : w.in)
    if (size < 1) return input_error("the input is empty");
  return w;
}

}  // namespace cortado::ops
