// Sliding blocks of an image as columns: im2col.
#include "ops/host/rewrites.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

using Pair = std::vector<std::int64_t>;

// x[…, start, start + step, …] with `count` elements along `dim`.
Result<ir::Value*> every(Rewriter& rewriter, ir::Value* x, std::int64_t dim, std::int64_t start, std::int64_t count,
                         std::int64_t step) {
  return rewriter.add(
      "aten::slice.Tensor",
      {{"self", x}, {"dim", dim}, {"start", start}, {"end", start + (count - 1) * step + 1}, {"step", step}});
}

// One slice of the image for each place in the window, stacked behind the channels.
Status rewrite(const Operands& operands, Rewriter& rewriter) {
  const Pair kernel = operands.integers("kernel_size", 2), dilation = operands.integers("dilation", 2);
  const Pair padding = operands.integers("padding", 2), stride = operands.integers("stride", 2);
  ir::Value* x = operands.value("self");
  if (x->type.shape.size() != 4) return input_error("the input must have rank 4");
  for (const Pair* pair : {&kernel, &dilation, &padding, &stride})
    if (pair->size() != 2) return input_error("the window has two numbers of each kind");
  Pair out;
  for (std::size_t i = 0; i < 2; ++i) {
    if (kernel[i] < 1 || kernel[i] > 64 || dilation[i] < 1 || stride[i] < 1 || padding[i] < 0 || padding[i] > 65536 ||
        dilation[i] > 65536)
      return input_error("the window's numbers are out of range");
    const std::int64_t free = x->type.shape[2 + i] + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1;
    if (free < 0) return input_error("the window is larger than the image");
    out.push_back(free / stride[i] + 1);
  }
  if (padding[0] != 0 || padding[1] != 0) {
    CORTADO_TRY(
        x, rewriter.add("aten::constant_pad_nd.default",
                        {{"self", x}, {"pad", Pair{padding[1], padding[1], padding[0], padding[0]}}, {"value", 0.0}}));
  }
  ir::ValueList places;
  for (std::int64_t i = 0; i < kernel[0]; ++i) {
    CORTADO_TRY(ir::Value* rows, every(rewriter, x, 2, i * dilation[0], out[0], stride[0]));
    for (std::int64_t j = 0; j < kernel[1]; ++j) {
      CORTADO_TRY(ir::Value* place, every(rewriter, rows, 3, j * dilation[1], out[1], stride[1]));
      places.push_back(place);
    }
  }
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::stack.default", {{"tensors", places}, {"dim", std::int64_t{2}}}));
  const ir::Shape& shape = y->type.shape;
  CORTADO_TRY(y, rewriter.view(y, {shape[0], shape[1] * shape[2], out[0] * out[1]}));
  return rewriter.finish({y});
}

}  // namespace

void add_unfold(Registry& registry) {
  registry.add(composition("aten::im2col.default",
                           "Tensor self, int[2] kernel_size, int[2] dilation, int[2] padding, int[2] stride",
                           "y[:, c·k + p, l] = x at place p of block l", rewrite));
}

}  // namespace cortado::ops
