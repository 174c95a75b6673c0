// The same elements in another shape.
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "ops/host/rewrites.h"
#include "ops/host/view.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// `wanted` with its one −1, if any, made to hold all elements of `shape`.
Result<ir::Shape> resolved(const ir::Shape& shape, ir::Shape wanted) {
  const std::int64_t total = ir::element_count(shape);
  std::int64_t known = 1;
  std::int64_t* free_size = nullptr;
  bool valid = true;
  for (std::int64_t& size : wanted) {
    if (size == -1)
      valid = valid && free_size == nullptr, free_size = &size;
    else if (size < 0 || __builtin_mul_overflow(known, size, &known))
      valid = false;
  }
  if (valid && free_size != nullptr && known != 0 && total % known == 0) {
    *free_size = total / known;
    known = total;
  }
  if (!valid || known != total || (free_size != nullptr && *free_size < 0))
    return input_error(fmt::format("[{}] cannot be viewed as [{}]", fmt::join(shape, ", "), fmt::join(wanted, ", ")));
  return wanted;
}

Views view(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(ir::Shape wanted, resolved(shape, operands.integers(operands.schema()[1].name)));
  return one(reshape(whole(shape), std::move(wanted)));
}

Views view_as(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(ir::Shape wanted, resolved(shape, operands.shape("other")));
  return one(reshape(whole(shape), std::move(wanted)));
}

Views flatten(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(const std::size_t first, dimension(operands.integer("start_dim"), shape.size()));
  CORTADO_TRY(const std::size_t last, dimension(operands.integer("end_dim"), shape.size()));
  if (first > last) return input_error("flatten starts after its end");
  ir::Shape flat;
  std::int64_t merged = 1;
  for (std::size_t d = 0; d < shape.size(); ++d) {
    if (d < first || d > last)
      flat.push_back(shape[d]);
    else
      merged *= shape[d];
    if (d == last) flat.push_back(merged);
  }
  if (shape.empty()) flat = {1};
  return one(reshape(whole(shape), std::move(flat)));
}

Views ravel(const Operands&, const ir::Shape& shape) { return one(reshape(whole(shape), {ir::element_count(shape)})); }

Views unflatten(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  if (shape.empty()) return input_error("a tensor of rank 0 cannot be unflattened");
  CORTADO_TRY(const ir::Shape parts, resolved({shape[dim]}, operands.integers("sizes")));
  ir::Shape result(shape.begin(), shape.begin() + static_cast<std::ptrdiff_t>(dim));
  result.insert(result.end(), parts.begin(), parts.end());
  result.insert(result.end(), shape.begin() + static_cast<std::ptrdiff_t>(dim) + 1, shape.end());
  return one(reshape(whole(shape), std::move(result)));
}

Views unsqueeze(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size() + 1));
  ir::Shape result = shape;
  result.insert(result.begin() + static_cast<std::ptrdiff_t>(dim), 1);
  return one(reshape(whole(shape), std::move(result)));
}

// Without dimensions all of size 1 go; with them, those that are of size 1.
Views squeeze(const Operands& operands, const ir::Shape& shape) {
  std::vector<bool> named(shape.size(), operands.schema().size() == 1);
  if (operands.schema().size() > 1) {
    for (std::int64_t given : operands.integers("dim")) {
      CORTADO_TRY(const std::size_t dim, dimension(given, shape.size()));
      if (!shape.empty()) named[dim] = true;
    }
  }
  ir::Shape result;
  for (std::size_t d = 0; d < shape.size(); ++d)
    if (!named[d] || shape[d] != 1) result.push_back(shape[d]);
  return one(reshape(whole(shape), std::move(result)));
}

template <auto make>
Definition reshaping(std::string_view op, std::string_view parameters, std::string_view summary,
                     std::string_view float_kernel, Sharing sharing) {
  Definition definition = movement<make>(op, parameters, summary, float_kernel, sharing);
  definition.reshapes = true;
  return definition;
}

}  // namespace

void add_view(Registry& r) {
  const std::string_view same = "the same elements in another shape";
  // clang-format off: one line, one operator
  r.add(reshaping<view>("aten::view.default", "Tensor self, SymInt[] size", same, "aten::view_copy.out", Sharing::view));
  r.add(reshaping<view>("aten::view_copy.default", "Tensor self, SymInt[] size", same, "aten::view_copy.out", Sharing::copy));
  r.add(reshaping<view>("aten::_unsafe_view.default", "Tensor self, SymInt[] size", same, "aten::view_copy.out", Sharing::copy));
  r.add(reshaping<view>("aten::_reshape_alias.default", "Tensor self, SymInt[] size, SymInt[] stride", same, "", Sharing::view));
  r.add(reshaping<view>("aten::reshape.default", "Tensor self, SymInt[] shape", same, "", Sharing::view));
  r.add(reshaping<view_as>("aten::view_as.default", "Tensor self, Tensor other", same, "", Sharing::view));
  r.add(reshaping<view_as>("aten::reshape_as.default", "Tensor self, Tensor other", same, "", Sharing::view));
  r.add(reshaping<flatten>("aten::flatten.using_ints", "Tensor self, int start_dim=0, int end_dim=-1", "merges dimensions start_dim … end_dim", "", Sharing::view));
  r.add(reshaping<ravel>("aten::ravel.default", "Tensor self", "merges all dimensions", "", Sharing::view));
  r.add(reshaping<unflatten>("aten::unflatten.int", "Tensor self, int dim, SymInt[] sizes", "splits dimension dim into several", "", Sharing::view));
  r.add(reshaping<unsqueeze>("aten::unsqueeze.default", "Tensor self, int dim", "inserts a dimension of size 1", "aten::unsqueeze_copy.out", Sharing::view));
  r.add(reshaping<unsqueeze>("aten::unsqueeze_copy.default", "Tensor self, int dim", "inserts a dimension of size 1", "aten::unsqueeze_copy.out", Sharing::copy));
  for (const auto& [sharing, all, dim, dims] : {std::tuple{Sharing::view, "aten::squeeze.default", "aten::squeeze.dim", "aten::squeeze.dims"}, std::tuple{Sharing::copy, "aten::squeeze_copy.default", "aten::squeeze_copy.dim", "aten::squeeze_copy.dims"}}) {
    r.add(reshaping<squeeze>(all, "Tensor self", "removes dimensions of size 1", "", sharing));
    r.add(reshaping<squeeze>(dim, "Tensor self, int dim", "removes a dimension of size 1", "aten::squeeze_copy.dim_out", sharing));
    r.add(reshaping<squeeze>(dims, "Tensor self, int[] dim", "removes dimensions of size 1", "aten::squeeze_copy.dims_out", sharing));
  }
  // clang-format on
  r.set_rewrite(
      {"aten::view.default", "aten::view_copy.default", "aten::_unsafe_view.default", "aten::_reshape_alias.default",
       "aten::reshape.default", "aten::view_as.default", "aten::reshape_as.default", "aten::flatten.using_ints",
       "aten::ravel.default", "aten::unflatten.int", "aten::unsqueeze.default", "aten::unsqueeze_copy.default",
       "aten::squeeze.default", "aten::squeeze.dim", "aten::squeeze.dims", "aten::squeeze_copy.default",
       "aten::squeeze_copy.dim", "aten::squeeze_copy.dims"},
      to_view);
}

}  // namespace cortado::ops
