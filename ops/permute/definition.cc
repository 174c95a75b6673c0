// Dimensions in another order.
#include <algorithm>
#include <numeric>

#include "ops/host/rewrites.h"
#include "ops/host/view.h"
#include "ops/operator_list.h"
#include "ops/permute/lower.h"

namespace cortado::ops {
namespace {

View permuted_view(const ir::Shape& shape, const std::vector<std::size_t>& order) {
  const std::vector<std::int64_t> strides = ir::contiguous_strides(shape);
  View view;
  for (std::size_t from : order) {
    view.shape.push_back(shape[from]);
    view.strides.push_back(strides[from]);
  }
  return view;
}

// Dimension i of the result is dimension order[i] of the input.
using Order = Result<std::vector<std::size_t>>;

std::vector<std::size_t> unchanged(std::size_t rank) {
  std::vector<std::size_t> order(rank);
  std::iota(order.begin(), order.end(), std::size_t{0});
  return order;
}

Order listed(const Operands& operands, const ir::Shape& shape) {
  std::vector<std::size_t> order;
  for (std::int64_t given : operands.integers("dims")) {
    CORTADO_TRY(const std::size_t dim, dimension(given, shape.size()));
    order.push_back(dim);
  }
  std::vector<std::size_t> sorted = order;
  std::sort(sorted.begin(), sorted.end());
  if (sorted != unchanged(shape.size())) return input_error("the dimensions are no permutation of the input's");
  return order;
}

// Swaps the two dimensions that the schema's second and third parameter name.
Order transpose(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(const std::size_t a, dimension(operands.integer(operands.schema()[1].name), shape.size()));
  CORTADO_TRY(const std::size_t b, dimension(operands.integer(operands.schema()[2].name), shape.size()));
  std::vector<std::size_t> order = unchanged(shape.size());
  if (!shape.empty()) std::swap(order[a], order[b]);
  return order;
}

Order reversed(const Operands&, const ir::Shape& shape) {
  std::vector<std::size_t> order = unchanged(shape.size());
  std::reverse(order.begin(), order.end());
  return order;
}

Order matrix_transpose(const Operands& operands, const ir::Shape& shape) {
  if (shape.size() > 2) return input_error("t() takes a tensor of rank 2 or less");
  return reversed(operands, shape);
}

Order movedim(const Operands& operands, const ir::Shape& shape) {
  const std::vector<std::int64_t> sources = operands.integers("source");
  const std::vector<std::int64_t> destinations = operands.integers("destination");
  if (sources.size() != destinations.size()) return input_error("source and destination differ in length");
  std::vector<std::ptrdiff_t> order(shape.size(), -1);
  std::vector<bool> placed(shape.size(), false);
  for (std::size_t i = 0; i < sources.size(); ++i) {
    CORTADO_TRY(const std::size_t from, dimension(sources[i], shape.size()));
    CORTADO_TRY(const std::size_t to, dimension(destinations[i], shape.size()));
    if (shape.empty() || placed[from] || order[to] >= 0) return input_error("a dimension is moved twice");
    order[to] = static_cast<std::ptrdiff_t>(from);
    placed[from] = true;
  }
  std::vector<std::size_t> filled;
  std::size_t next = 0;
  for (std::ptrdiff_t from : order) {
    while (from < 0 && placed[next]) ++next;
    filled.push_back(from >= 0 ? static_cast<std::size_t>(from) : next++);
  }
  return filled;
}

// input (N, C·r², H, W) → (N, C, H·r, W·r): channels become pixels.
Views pixel_shuffle(const Operands& operands, const ir::Shape& shape) {
  const std::int64_t r = operands.integer("upscale_factor");
  if (shape.size() < 3 || r < 1 || r > 65536)
    return input_error("needs an input of rank 3 or more and a positive factor");
  const std::size_t c = shape.size() - 3;
  if (shape[c] % (r * r) != 0) return input_error("the channels are not a multiple of the factor squared");
  ir::Shape split(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(c));
  ir::Shape result = split;
  for (std::int64_t size : {shape[c] / (r * r), r, r, shape[c + 1], shape[c + 2]}) split.push_back(size);
  for (std::int64_t size : {shape[c] / (r * r), shape[c + 1] * r, shape[c + 2] * r}) result.push_back(size);
  std::vector<std::size_t> order = unchanged(c + 1);
  for (std::size_t dim : {c + 3, c + 1, c + 4, c + 2}) order.push_back(dim);
  return one(reshape(permuted_view(split, order), std::move(result)));
}

Views pixel_unshuffle(const Operands& operands, const ir::Shape& shape) {
  const std::int64_t r = operands.integer("downscale_factor");
  if (shape.size() < 3 || r < 1 || r > 65536)
    return input_error("needs an input of rank 3 or more and a positive factor");
  const std::size_t c = shape.size() - 3;
  if (shape[c + 1] % r != 0 || shape[c + 2] % r != 0)
    return input_error("height or width is not a multiple of the factor");
  ir::Shape split(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(c));
  ir::Shape result = split;
  for (std::int64_t size : {shape[c], shape[c + 1] / r, r, shape[c + 2] / r, r}) split.push_back(size);
  for (std::int64_t size : {shape[c] * r * r, shape[c + 1] / r, shape[c + 2] / r}) result.push_back(size);
  std::vector<std::size_t> order = unchanged(c + 1);
  for (std::size_t dim : {c + 2, c + 4, c + 1, c + 3}) order.push_back(dim);
  return one(reshape(permuted_view(split, order), std::move(result)));
}

Views channel_shuffle(const Operands& operands, const ir::Shape& shape) {
  const std::int64_t groups = operands.integer("groups");
  if (shape.size() < 3 || groups < 1 || shape[1] % groups != 0)
    return input_error("the groups must divide the channels");
  ir::Shape split = {shape[0], groups, shape[1] / groups, ir::element_count({shape.begin() + 2, shape.end()})};
  return one(reshape(permuted_view(split, {0, 2, 1, 3}), shape));
}

template <auto order_of>
Views permuted(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(const auto order, order_of(operands, shape));
  return one(permuted_view(shape, order));
}

// Empty when the arguments are not valid: infer() has said so before.
template <auto order_of>
std::vector<std::int64_t> permutation(const Operands& operands) {
  const auto order = order_of(operands, operands.shape(operands.schema()[0].name));
  if (!order) return {};
  return {order.value().begin(), order.value().end()};
}

template <auto order_of>
Definition permuting(std::string_view op, std::string_view parameters, std::string_view summary,
                     std::string_view float_kernel, Sharing sharing) {
  Definition definition = movement<permuted<order_of>>(op, parameters, summary, float_kernel, sharing);
  definition.permutation = permutation<order_of>;
  definition.lower = permute::lower;
  return definition;
}

// View as [N, groups, C / groups, …], swap, view back.
Status rewrite_channel_shuffle(const Operands& operands, Rewriter& rewriter) {
  const ir::Shape& shape = operands.shape("self");
  const std::int64_t groups = operands.integer("groups");
  const ir::Shape split = {shape[0], groups, shape[1] / groups, ir::element_count({shape.begin() + 2, shape.end()})};
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::view.default", {{"self", operands.value("self")}, {"size", split}}));
  CORTADO_TRY(y, rewriter.permute(y, {0, 2, 1, 3}));
  CORTADO_TRY(y, rewriter.add("aten::view.default", {{"self", y}, {"size", shape}}));
  return rewriter.finish({y});
}

}  // namespace

void add_permute(Registry& r) {
  // clang-format off: one line, one operator
  r.add(permuting<listed>("aten::permute.default", "Tensor self, int[] dims", "dimensions in the order dims", "aten::permute_copy.out", Sharing::view));
  r.add(permuting<listed>("aten::permute_copy.default", "Tensor self, int[] dims", "dimensions in the order dims", "aten::permute_copy.out", Sharing::copy));
  r.add(permuting<transpose>("aten::transpose.int", "Tensor self, int dim0, int dim1", "swaps two dimensions", "aten::transpose_copy.int_out", Sharing::view));
  r.add(permuting<transpose>("aten::transpose_copy.int", "Tensor self, int dim0, int dim1", "swaps two dimensions", "aten::transpose_copy.int_out", Sharing::copy));
  r.add(permuting<transpose>("aten::swapaxes.default", "Tensor self, int axis0, int axis1", "swaps two dimensions", "", Sharing::view));
  r.add(permuting<transpose>("aten::swapdims.default", "Tensor self, int dim0, int dim1", "swaps two dimensions", "", Sharing::view));
  r.add(permuting<matrix_transpose>("aten::t.default", "Tensor self", "the transposed matrix", "aten::t_copy.out", Sharing::view));
  r.add(permuting<matrix_transpose>("aten::t_copy.default", "Tensor self", "the transposed matrix", "aten::t_copy.out", Sharing::copy));
  r.add(permuting<reversed>("aten::numpy_T.default", "Tensor self", "dimensions in reverse order", "", Sharing::view));
  r.add(permuting<movedim>("aten::movedim.int", "Tensor self, int source, int destination", "moves a dimension to another place", "", Sharing::view));
  r.add(permuting<movedim>("aten::movedim.intlist", "Tensor self, int[] source, int[] destination", "moves dimensions to other places", "", Sharing::view));
  r.add(movement<pixel_shuffle>("aten::pixel_shuffle.default", "Tensor self, int upscale_factor", "channels become blocks of pixels", "aten::pixel_shuffle.out", Sharing::copy));
  r.add(movement<pixel_unshuffle>("aten::pixel_unshuffle.default", "Tensor self, int downscale_factor", "blocks of pixels become channels", "aten::pixel_unshuffle.out", Sharing::copy));
  r.add(movement<channel_shuffle>("aten::channel_shuffle.default", "Tensor self, SymInt groups", "interleaves groups of channels", "", Sharing::copy));
  r.add(movement<channel_shuffle>("aten::native_channel_shuffle.default", "Tensor self, SymInt groups", "interleaves groups of channels", "", Sharing::copy));
  // clang-format on
  r.set_rewrite({"aten::permute.default", "aten::permute_copy.default", "aten::transpose.int",
                 "aten::transpose_copy.int", "aten::swapaxes.default", "aten::swapdims.default", "aten::t.default",
                 "aten::t_copy.default", "aten::numpy_T.default", "aten::movedim.int", "aten::movedim.intlist"},
                to_permute);
  r.set_rewrite({"aten::channel_shuffle.default", "aten::native_channel_shuffle.default"}, rewrite_channel_shuffle);
}

}  // namespace cortado::ops
