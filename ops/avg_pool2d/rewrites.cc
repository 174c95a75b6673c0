// Averages over windows that are all alike have an integer kernel, avg_pool2d.default: pooling along one dimension,
// adaptive pooling whose output divides its input, means over dimensions. Adaptive pooling to other sizes is a product
// with a constant matrix in each dimension. In a graph with its own quantization these stay what they are: it has them
// in float.
#include "ops/avg_pool2d/rewrites.h"

#include <algorithm>

#include "ops/host/pool_rewrites.h"
#include "ops/host/volume_pools.h"
#include "ops/host/window.h"

namespace cortado::ops::avg_pool2d {
namespace {

using Integers = std::vector<std::int64_t>;

Result<ir::Value*> average(Rewriter& rewriter, ir::Value* x, const Integers& window) {
  return rewriter.add("aten::avg_pool2d.default", {{"self", x},
                                                   {"kernel_size", window},
                                                   {"stride", window},
                                                   {"padding", Integers{0, 0}},
                                                   {"ceil_mode", false},
                                                   {"count_include_pad", false}});
}

Status rewrite_along_one(const Operands& operands, Rewriter& rewriter) {
  return pool_in_two_dimensions(operands, rewriter, "aten::avg_pool2d.default",
                                {{"kernel_size", 1}, {"stride", 1}, {"padding", 0}},
                                {"ceil_mode", "count_include_pad"});
}

// Σ / divisor is the average, padding included, times the window's size / divisor, unless windows are cut off.
Status rewrite_divisor(const Operands& operands, Rewriter& rewriter) {
  if (rewriter.graph_is_quantized() || !operands.has("divisor_override") || operands.flag("ceil_mode")) return {};
  const Integers kernel = operands.integers("kernel_size", 2);
  std::vector<ir::NamedArgument> arguments;
  for (const char* name : {"self", "kernel_size", "stride", "padding", "ceil_mode"})
    arguments.push_back({name, operands.argument(name)});
  arguments.push_back({"count_include_pad", true});
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::avg_pool2d.default", std::move(arguments)));
  const double factor =
      static_cast<double>(kernel[0] * kernel[1]) / static_cast<double>(operands.integer("divisor_override"));
  CORTADO_TRY(y, rewriter.add("aten::mul.Tensor", {{"self", y}, {"other", factor}}));
  return rewriter.finish({y});
}

Status rewrite_volume(const Operands& operands, Rewriter& rewriter) {
  if (operands.has("divisor_override")) return {};
  return pool_planes_then_depth(operands, rewriter, "aten::avg_pool2d.default", {"kernel_size", "stride", "padding"},
                                {"ceil_mode", "count_include_pad"});
}

// Windows that are all alike are those of avg_pool3d.
Status rewrite_adaptive_volume(const Operands& operands, Rewriter& rewriter) {
  const Integers window = even_windows(operands.shape("self"), operands.output_type().shape, 3);
  if (window.empty()) return {};
  CORTADO_TRY(ir::Value* y,
              rewriter.add("aten::avg_pool3d.default",
                           {{"self", operands.value("self")}, {"kernel_size", window}, {"stride", window}}));
  return rewriter.finish({y});
}

// The matrix [out, in] that averages the windows of an adaptive pooling.
ir::Tensor averaging_matrix(std::int64_t in, std::int64_t out) {
  ir::Tensor matrix(DType::f32, {out, in});
  for (std::int64_t o = 0; o < out; ++o) {
    const Span span = adaptive_span(o, in, out);
    for (std::int64_t i = span.begin; i < span.end; ++i)
      matrix.mutable_data<float>()[o * in + i] = 1.0f / static_cast<float>(span.end - span.begin);
  }
  return matrix;
}

// y[…, o] = Σ_i m[o, i] · x[…, i]
Result<ir::Value*> along_last(Rewriter& rewriter, ir::Value* x, std::int64_t out) {
  const std::int64_t in = x->type.shape.back();
  if (in == out) return x;
  return rewriter.add("aten::linear.default",
                      {{"input", x}, {"weight", rewriter.constant("windows", averaging_matrix(in, out))}});
}

Status rewrite_adaptive(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  const ir::Shape in = x->type.shape;
  const ir::Shape& out = operands.output_type().shape;
  const std::size_t h = in.size() - 2;
  const std::size_t w = in.size() - 1;
  if (in == out) return rewriter.finish({x});
  if (rewriter.graph_is_quantized() || out[h] < 1 || out[w] < 1) return {};
  if (in[h] % out[h] == 0 && in[w] % out[w] == 0) {
    CORTADO_TRY(ir::Value* y, average(rewriter, x, {in[h] / out[h], in[w] / out[w]}));
    return rewriter.finish({y});
  }
  CORTADO_TRY(ir::Value* y, along_last(rewriter, x, out[w]));
  if (in[h] != out[h]) {
    Integers swap(in.size());
    for (std::size_t i = 0; i < swap.size(); ++i) swap[i] = static_cast<std::int64_t>(i);
    std::swap(swap[h], swap[w]);
    CORTADO_TRY(y, rewriter.permute(y, swap));
    CORTADO_TRY(y, along_last(rewriter, y, out[h]));
    CORTADO_TRY(y, rewriter.permute(y, swap));
  }
  return rewriter.finish({y});
}

Status rewrite_adaptive_along_one(const Operands& operands, Rewriter& rewriter) {
  return pool_in_two_dimensions(operands, rewriter, "aten::adaptive_avg_pool2d.default", {{"output_size", 1}}, {});
}

// Whether the reduced dimensions are neighbours, sizes of 1 aside.
bool are_neighbours(const ir::Shape& shape, const std::vector<std::size_t>& dims) {
  for (std::size_t d = dims.front(); d < dims.back(); ++d)
    if (shape[d] != 1 && std::find(dims.begin(), dims.end(), d) == dims.end()) return false;
  return true;
}

}  // namespace

// [outer, reduced, inner] becomes an image of `outer` pictures with `inner` channels, reduced pixels high.
Status rewrite_mean(const Operands& operands, Rewriter& rewriter) {
  ir::Value* x = operands.value("self");
  const ir::Shape shape = x->type.shape;
  if (rewriter.graph_is_quantized() || shape.empty() || x->type.dtype != DType::f32 ||
      operands.output_type().dtype != DType::f32)
    return {};
  CORTADO_TRY(const std::vector<std::size_t> dims, dimensions(operands, "dim", shape.size()));
  ir::Value* y = nullptr;
  if (shape.size() == 4 && dims.front() >= 2) {
    Integers window = {1, 1};
    for (std::size_t dim : dims) window[dim - 2] = shape[dim];
    CORTADO_TRY(y, average(rewriter, x, window));
  } else if (are_neighbours(shape, dims)) {
    std::int64_t outer = 1, count = 1, inner = 1;
    for (std::size_t d = 0; d < shape.size(); ++d)
      (d < dims.front() ? outer : d > dims.back() ? inner : count) *= shape[d];
    if (outer * count * inner == 0) return {};
    CORTADO_TRY(y, rewriter.view(x, {outer, count, inner}));
    CORTADO_TRY(y, rewriter.permute(y, {0, 2, 1}));
    CORTADO_TRY(y, rewriter.view(y, {outer, inner, count, 1}));
    CORTADO_TRY(y, average(rewriter, y, {count, 1}));
  } else {
    return {};
  }
  CORTADO_TRY(y, rewriter.view(y, operands.output_type().shape));
  return rewriter.finish({y});
}

void set_rewrites(Registry& registry) {
  registry.set_rewrite({"aten::avg_pool1d.default"}, rewrite_along_one);
  registry.set_rewrite({"aten::avg_pool2d.default"}, rewrite_divisor);
  registry.set_rewrite({"aten::avg_pool3d.default"}, rewrite_volume);
  registry.set_rewrite({"aten::adaptive_avg_pool3d.default", "aten::_adaptive_avg_pool3d.default"},
                       rewrite_adaptive_volume);
  registry.set_rewrite({"aten::adaptive_avg_pool1d.default"}, rewrite_adaptive_along_one);
  registry.set_rewrite({"aten::adaptive_avg_pool2d.default", "aten::_adaptive_avg_pool2d.default"}, rewrite_adaptive);
}

}  // namespace cortado::ops::avg_pool2d
