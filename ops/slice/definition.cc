// Parts of a tensor, and repetitions of it, by strides.
#include <algorithm>

#include "ops/host/rewrites.h"
#include "ops/host/view.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// `length` indices of dimension `dim`, from `start` on, `step` apart.
View part(const ir::Shape& shape, std::size_t dim, std::int64_t start, std::int64_t length, std::int64_t step = 1) {
  View view = whole(shape);
  view.offset = start * view.strides[dim];
  view.strides[dim] *= step;
  view.shape[dim] = length;
  return view;
}

Views slice(const Operands& operands, const ir::Shape& shape) {
  if (shape.empty()) return input_error("a tensor of rank 0 cannot be sliced");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  const std::int64_t size = shape[dim];
  const std::int64_t step = operands.integer("step");
  if (step < 1) return input_error("the step of a slice must be positive");
  const auto index = [&](std::string_view name, std::int64_t otherwise) {
    if (!operands.has(name)) return otherwise;
    const std::int64_t given = operands.integer(name);
    return std::clamp<std::int64_t>(given < 0 ? std::max(given, -size) + size : given, 0, size);
  };
  const std::int64_t start = index("start", 0);
  const std::int64_t end = std::max(index("end", size), start);
  return one(part(shape, dim, start, (end - start) / step + ((end - start) % step != 0), std::min(step, size + 1)));
}

Views select(const Operands& operands, const ir::Shape& shape) {
  if (shape.empty()) return input_error("a tensor of rank 0 has no dimension to select from");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  const std::int64_t given = operands.integer("index");
  if (given < -shape[dim] || given >= shape[dim]) return input_error("the index is outside the dimension");
  View view = part(shape, dim, given < 0 ? given + shape[dim] : given, 1);
  view.shape.erase(view.shape.begin() + static_cast<std::ptrdiff_t>(dim));
  view.strides.erase(view.strides.begin() + static_cast<std::ptrdiff_t>(dim));
  return one(std::move(view));
}

Views narrow(const Operands& operands, const ir::Shape& shape) {
  if (shape.empty()) return input_error("a tensor of rank 0 cannot be narrowed");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  std::int64_t start = operands.integer("start");
  const std::int64_t length = operands.integer("length");
  if (start < 0 && start >= -shape[dim]) start += shape[dim];
  if (start < 0 || length < 0 || start > shape[dim] || length > shape[dim] - start)
    return input_error("start and length reach outside the dimension");
  return one(part(shape, dim, start, length));
}

// Parts of the given sizes, which must add up to the dimension.
Views cut(const ir::Shape& shape, std::int64_t given_dim, const std::vector<std::int64_t>& sizes) {
  if (shape.empty()) return input_error("a tensor of rank 0 cannot be split");
  CORTADO_TRY(const std::size_t dim, dimension(given_dim, shape.size()));
  std::vector<View> views;
  std::int64_t start = 0;
  for (std::int64_t size : sizes) {
    if (size < 0 || size > shape[dim] - start) return input_error("the parts do not fit the dimension");
    views.push_back(part(shape, dim, start, size));
    start += size;
  }
  if (start != shape[dim]) return input_error("the parts do not fill the dimension");
  return views;
}

// ⌈total / size⌉ parts of `size`, the last one shorter.
std::vector<std::int64_t> equal_parts(std::int64_t total, std::int64_t size) {
  std::vector<std::int64_t> sizes;
  for (std::int64_t left = total; left > 0; left -= size) sizes.push_back(std::min(size, left));
  if (sizes.empty()) sizes.push_back(0);
  return sizes;
}

Views split(const Operands& operands, const ir::Shape& shape) {
  if (shape.empty()) return input_error("a tensor of rank 0 cannot be split");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  const std::int64_t size = operands.integer("split_size");
  if (size < 1 || shape[dim] / size > 65536)
    return input_error("the size of the parts must be positive, and their number small");
  return cut(shape, operands.integer("dim"), equal_parts(shape[dim], size));
}

Views split_with_sizes(const Operands& operands, const ir::Shape& shape) {
  return cut(shape, operands.integer("dim"), operands.integers(operands.schema()[1].name));
}

Views chunk(const Operands& operands, const ir::Shape& shape) {
  if (shape.empty()) return input_error("a tensor of rank 0 cannot be split");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  const std::int64_t chunks = operands.integer("chunks");
  if (chunks < 1 || chunks > 65536) return input_error("the number of chunks must be positive and small");
  const std::int64_t size = shape[dim] / chunks + (shape[dim] % chunks != 0);
  return cut(shape, operands.integer("dim"), equal_parts(shape[dim], std::max<std::int64_t>(size, 1)));
}

// tensor_split: `sections` parts, the first ones longer by one.
Views tensor_split(const Operands& operands, const ir::Shape& shape) {
  if (shape.empty()) return input_error("a tensor of rank 0 cannot be split");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  const std::int64_t sections = operands.integer("sections");
  if (sections < 1 || sections > 65536) return input_error("the number of sections must be positive and small");
  std::vector<std::int64_t> sizes;
  for (std::int64_t i = 0; i < sections; ++i) sizes.push_back(shape[dim] / sections + (i < shape[dim] % sections));
  return cut(shape, operands.integer("dim"), sizes);
}

Views unbind(const Operands& operands, const ir::Shape& shape) {
  if (shape.empty()) return input_error("a tensor of rank 0 cannot be unbound");
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dim"), shape.size()));
  if (shape[dim] > 65536) return input_error("the dimension is too large to unbind");
  std::vector<View> views;
  for (std::int64_t i = 0; i < shape[dim]; ++i) {
    View view = part(shape, dim, i, 1);
    view.shape.erase(view.shape.begin() + static_cast<std::ptrdiff_t>(dim));
    view.strides.erase(view.strides.begin() + static_cast<std::ptrdiff_t>(dim));
    views.push_back(std::move(view));
  }
  return views;
}

// Windows of `size`, `step` apart, along a new last dimension.
Views unfold(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(const std::size_t dim, dimension(operands.integer("dimension"), shape.size()));
  const std::int64_t size = operands.integer("size");
  const std::int64_t step = operands.integer("step");
  const std::int64_t extent = shape.empty() ? 1 : shape[dim];
  if (size < 0 || size > extent || step < 1)
    return input_error("the window must fit the dimension, its step be positive");
  View view = whole(shape.empty() ? ir::Shape{1} : shape);
  const std::int64_t stride = view.strides[dim];
  view.shape[dim] = (extent - size) / step + 1;
  view.strides[dim] = view.shape[dim] == 1 ? 0 : stride * step;
  view.shape.push_back(size);
  view.strides.push_back(stride);
  if (shape.empty()) view.shape.erase(view.shape.begin()), view.strides.erase(view.strides.begin());
  return one(std::move(view));
}

// Any strides whose indices stay inside the input's elements.
Views as_strided(const Operands& operands, const ir::Shape& shape) {
  View view{operands.integers("size"), operands.integers("stride"),
            operands.has("storage_offset") ? operands.integer("storage_offset") : 0};
  if (view.shape.size() != view.strides.size()) return input_error("sizes and strides differ in number");
  std::int64_t last = view.offset;
  bool valid = view.offset >= 0;
  bool is_empty = false;
  for (std::size_t d = 0; d < view.shape.size(); ++d) {
    std::int64_t reach = 0;
    valid = valid && view.shape[d] >= 0 && view.strides[d] >= 0 &&
            !__builtin_mul_overflow(view.shape[d] - (view.shape[d] > 0), view.strides[d], &reach) &&
            !__builtin_add_overflow(last, reach, &last);
    is_empty = is_empty || view.shape[d] == 0;
  }
  if (!valid || (!is_empty && last >= ir::element_count(shape)))
    return input_error("the strides reach outside the input");
  return one(std::move(view));
}

Views diagonal(const Operands& operands, const ir::Shape& shape) {
  CORTADO_TRY(const std::size_t a, dimension(operands.integer("dim1"), shape.size()));
  CORTADO_TRY(const std::size_t b, dimension(operands.integer("dim2"), shape.size()));
  if (a == b) return input_error("the diagonal needs two dimensions");
  const std::int64_t offset = operands.integer("offset");
  const std::int64_t row = std::clamp<std::int64_t>(offset < 0 ? -std::max(offset, -shape[a]) : 0, 0, shape[a]);
  const std::int64_t column = std::clamp<std::int64_t>(offset, 0, shape[b]);
  View view = whole(shape);
  const std::int64_t length = std::min(shape[a] - row, shape[b] - column);
  if (length > 0) view.offset = row * view.strides[a] + column * view.strides[b];
  const std::int64_t stride = view.strides[a] + view.strides[b];
  for (std::size_t dim : {std::max(a, b), std::min(a, b)}) {
    view.shape.erase(view.shape.begin() + static_cast<std::ptrdiff_t>(dim));
    view.strides.erase(view.strides.begin() + static_cast<std::ptrdiff_t>(dim));
  }
  view.shape.push_back(length);
  view.strides.push_back(stride);
  return one(std::move(view));
}

Views flip(const Operands& operands, const ir::Shape& shape) {
  View view = whole(shape);
  for (std::int64_t given : operands.integers("dims")) {
    CORTADO_TRY(const std::size_t dim, dimension(given, shape.size()));
    if (shape.empty() || shape[dim] == 0) continue;
    if (view.strides[dim] < 0) return input_error("a dimension is flipped twice");
    view.offset += (shape[dim] - 1) * view.strides[dim];
    view.strides[dim] = -view.strides[dim];
  }
  return one(std::move(view));
}

// Several parts at once: the parts that are used, each by itself.
Result<ir::Value*> slice_of(Rewriter& rewriter, ir::Value* x, std::int64_t dim, std::int64_t start, std::int64_t size) {
  return rewriter.add("aten::slice.Tensor",
                      {{"self", x}, {"dim", dim}, {"start", start}, {"end", start + size}, {"step", std::int64_t{1}}});
}

Status rewrite_parts(const Operands& operands, Rewriter& rewriter) {
  const auto dim =
      static_cast<std::int64_t>(Operands::dimension(operands.integer("dim"), operands.shape("self").size()));
  ir::ValueList parts;
  std::int64_t start = 0;
  for (const ir::Value* output : operands.node().outputs) {
    const std::int64_t size = output->type.shape[static_cast<std::size_t>(dim)];
    ir::Value* part = nullptr;
    if (rewriter.graph().use_count(*output) != 0) {
      CORTADO_TRY(part, slice_of(rewriter, operands.value("self"), dim, start, size));
    }
    parts.push_back(part);
    start += size;
  }
  return rewriter.finish(parts);
}

Status rewrite_unbind(const Operands& operands, Rewriter& rewriter) {
  const auto dim =
      static_cast<std::int64_t>(Operands::dimension(operands.integer("dim"), operands.shape("self").size()));
  ir::ValueList parts;
  for (const ir::Value* output : operands.node().outputs) {
    ir::Value* part = nullptr;
    if (rewriter.graph().use_count(*output) != 0) {
      CORTADO_TRY(part, rewriter.add("aten::select.int", {{"self", operands.value("self")},
                                                          {"dim", dim},
                                                          {"index", static_cast<std::int64_t>(parts.size())}}));
    }
    parts.push_back(part);
  }
  return rewriter.finish(parts);
}

// A slice of everything is none.
Status rewrite_slice(const Operands& operands, Rewriter& rewriter) {
  CORTADO_CHECK(to_first_argument(operands, rewriter));
  if (rewriter.is_finished() || operands.node().op == "aten::slice.Tensor") return {};
  std::vector<ir::NamedArgument> arguments = {{"self", operands.value("self")}, {"dim", operands.argument("dim")}};
  if (operands.has("length")) {
    const std::size_t dim = Operands::dimension(operands.integer("dim"), operands.shape("self").size());
    const std::int64_t given = operands.integer("start");
    const std::int64_t start = given < 0 ? given + operands.shape("self")[dim] : given;
    arguments.insert(arguments.end(),
                     {{"start", start}, {"end", start + operands.integer("length")}, {"step", std::int64_t{1}}});
  } else {
    for (const char* name : {"start", "end", "step"}) arguments.push_back({name, operands.argument(name)});
  }
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::slice.Tensor", std::move(arguments)));
  return rewriter.finish({y});
}

constexpr std::string_view plain_select = "aten::select.int";

template <Sharing sharing>
void add_parts(Registry& r) {
  constexpr bool copies = sharing == Sharing::copy;
  // clang-format off: one line, one operator
  r.add(movement<slice>(copies ? "aten::slice_copy.Tensor" : "aten::slice.Tensor", "Tensor self, int dim=0, SymInt? start=None, SymInt? end=None, SymInt step=1", "elements start, start + step, … < end of a dimension", "aten::slice_copy.Tensor_out", sharing));
  r.add(movement<select>(copies ? "aten::select_copy.int" : "aten::select.int", "Tensor self, int dim, SymInt index", "one index of a dimension, which goes", "aten::select_copy.int_out", sharing));
  r.add(movement<narrow>(copies ? "aten::narrow_copy.default" : "aten::narrow.default", "Tensor self, int dim, SymInt start, SymInt length", "elements start … start + length of a dimension", "aten::narrow_copy.out", sharing));
  r.add(movement<split>(copies ? "aten::split_copy.Tensor" : "aten::split.Tensor", "Tensor self, SymInt split_size, int dim=0", "parts of equal size along a dimension", "aten::split_copy.Tensor_out", sharing));
  r.add(movement<split_with_sizes>(copies ? "aten::split_with_sizes_copy.default" : "aten::split_with_sizes.default", "Tensor self, SymInt[] split_sizes, int dim=0", "parts of given sizes along a dimension", "aten::split_with_sizes_copy.out", sharing));
  r.add(movement<unbind>(copies ? "aten::unbind_copy.int" : "aten::unbind.int", "Tensor self, int dim=0", "every index of a dimension by itself", "aten::unbind_copy.int_out", sharing));
  r.add(movement<unfold>(copies ? "aten::unfold_copy.default" : "aten::unfold.default", "Tensor self, int dimension, int size, int step", "sliding windows along a dimension", "aten::unfold_copy.out", sharing));
  r.add(movement<as_strided>(copies ? "aten::as_strided_copy.default" : "aten::as_strided.default", "Tensor self, SymInt[] size, SymInt[] stride, SymInt? storage_offset=None", "elements by given strides", "aten::as_strided_copy.out", sharing));
  r.add(movement<diagonal>(copies ? "aten::diagonal_copy.default" : "aten::diagonal.default", "Tensor self, int offset=0, int dim1=0, int dim2=1", "a diagonal of two dimensions", "aten::diagonal_copy.out", sharing));
  // clang-format on
}

}  // namespace

void add_slice(Registry& r) {
  add_parts<Sharing::view>(r);
  add_parts<Sharing::copy>(r);
  // clang-format off: one line, one operator
  r.add(movement<split_with_sizes>("aten::split.sizes", "Tensor self, SymInt[] split_size, int dim=0", "parts of given sizes along a dimension", "", Sharing::view));
  r.add(movement<split>("aten::unsafe_split.Tensor", "Tensor self, SymInt split_size, int dim=0", "parts of equal size along a dimension", "", Sharing::copy));
  r.add(movement<chunk>("aten::chunk.default", "Tensor self, int chunks, int dim=0", "at most `chunks` equal parts along a dimension", "", Sharing::view));
  r.add(movement<chunk>("aten::unsafe_chunk.default", "Tensor self, int chunks, int dim=0", "at most `chunks` equal parts along a dimension", "", Sharing::copy));
  r.add(movement<tensor_split>("aten::tensor_split.sections", "Tensor self, SymInt sections, int dim=0", "as many parts of nearly equal size", "", Sharing::view));
  r.add(movement<flip>("aten::flip.default", "Tensor self, int[] dims", "dimensions in reverse direction", "aten::flip.out", Sharing::copy));
  // clang-format on
  r.set_rewrite({"aten::split.Tensor", "aten::split_copy.Tensor", "aten::split_with_sizes.default", "aten::split.sizes",
                 "aten::split_with_sizes_copy.default", "aten::unsafe_split.Tensor", "aten::chunk.default",
                 "aten::unsafe_chunk.default", "aten::tensor_split.sections"},
                rewrite_parts);
  r.set_rewrite({"aten::unbind.int", "aten::unbind_copy.int"}, rewrite_unbind);
  r.set_rewrite({"aten::slice.Tensor", "aten::slice_copy.Tensor", "aten::narrow.default", "aten::narrow_copy.default"},
                rewrite_slice);
  r.set_rewrite({"aten::select_copy.int"}, renamed<plain_select>);
}

}  // namespace cortado::ops
