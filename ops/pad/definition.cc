// Borders around a tensor: a constant, mirrored, repeated or wrapped.
#include <algorithm>
#include <cmath>

#include "ops/host/formula.h"
#include "ops/host/selection.h"
#include "ops/operator_list.h"
#include "ops/pad/lower.h"

namespace cortado::ops {
namespace {

enum class Mode : std::uint8_t { constant, reflect, replicate, circular, unknown };

struct Borders {
  std::vector<std::int64_t> before, after;  // one pair per dimension
  ir::Shape result;
};

// The argument pad lists (before, after) from the last dimension on; negative numbers cut off.
Result<Borders> borders(const Operands& operands, Mode mode) {
  const ir::Shape& shape = operands.shape("self");
  const std::string_view name = operands.schema()[1].name;
  const std::vector<std::int64_t> pad = operands.integers(name);
  if (pad.size() % 2 != 0 || pad.size() / 2 > shape.size())
    return input_error("the padding does not fit the input's rank");
  Borders b{std::vector<std::int64_t>(shape.size(), 0), std::vector<std::int64_t>(shape.size(), 0), shape};
  for (std::size_t i = 0; i < pad.size() / 2; ++i) {
    const std::size_t dim = shape.size() - 1 - i;
    b.before[dim] = pad[2 * i];
    b.after[dim] = pad[2 * i + 1];
    const std::int64_t limit = mode == Mode::reflect ? shape[dim] - 1 : mode == Mode::circular ? shape[dim] : INT32_MAX;
    if (b.before[dim] > limit || b.after[dim] > limit) return input_error("the padding is too large");
    if (b.before[dim] < -shape[dim] || b.after[dim] < -shape[dim])
      return input_error("the padding cuts off more than there is");
    b.result[dim] += b.before[dim] + b.after[dim];
    if (b.result[dim] < 0 || (mode != Mode::constant && shape[dim] == 0))
      return input_error("the padding cuts off more than there is");
  }
  return b;
}

// The input's index for an index outside 0 … size − 1; −1 for the constant.
std::int64_t source(std::int64_t index, std::int64_t size, Mode mode) {
  if (index >= 0 && index < size) return index;
  switch (mode) {
    case Mode::reflect: return index < 0 ? -index : 2 * (size - 1) - index;
    case Mode::replicate: return index < 0 ? 0 : size - 1;
    case Mode::circular: return (index % size + size) % size;
    default: return -1;
  }
}

ir::Tensor padded(const ir::Tensor& x, const Borders& b, Mode mode, const ir::Tensor& value) {
  ir::Tensor result(x.dtype(), b.result);
  const std::size_t rank = x.rank();
  const std::vector<std::int64_t> strides = ir::contiguous_strides(x.shape());
  const std::size_t size = size_bytes(x.dtype());
  std::uint8_t* to = result.mutable_bytes().data();
  std::vector<std::int64_t> index(rank, 0);
  for (std::int64_t i = 0, n = result.elements(); i < n; ++i, to += size) {
    std::int64_t offset = 0;
    for (std::size_t d = 0; d < rank && offset >= 0; ++d) {
      const std::int64_t at = source(index[d] - b.before[d], x.shape()[d], mode);
      offset = at < 0 ? -1 : offset + at * strides[d];
    }
    const std::uint8_t* from =
        offset < 0 ? value.bytes().data() : x.bytes().data() + static_cast<std::size_t>(offset) * size;
    std::copy(from, from + size, to);
    for (std::size_t d = rank; d-- > 0;) {
      if (++index[d] < b.result[d]) break;
      index[d] = 0;
    }
  }
  return result;
}

template <Mode fixed>
Mode mode_of(const Operands& operands) {
  if (fixed != Mode::unknown) return fixed;
  const std::string text = operands.text("mode");
  return text == "constant"    ? Mode::constant
         : text == "reflect"   ? Mode::reflect
         : text == "replicate" ? Mode::replicate
         : text == "circular"  ? Mode::circular
                               : Mode::unknown;
}

template <Mode fixed>
Types infer(const Operands& operands) {
  const Mode mode = mode_of<fixed>(operands);
  if (mode == Mode::unknown) return input_error("the padding mode '" + operands.text("mode") + "' is not known");
  CORTADO_TRY(Borders b, borders(operands, mode));
  return one(operands.real_dtype("self"), std::move(b.result));
}

template <Mode fixed>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  const Mode mode = mode_of<fixed>(operands);
  CORTADO_TRY(const Borders b, borders(operands, mode));
  const ir::Tensor& x = environment.at(*operands.value("self"));
  return one(padded(x, b, mode, scalar(operands.number("value"), x.dtype())));
}

template <Mode mode>
Definition definition(std::string_view op, std::string_view parameters, std::string_view summary,
                      std::string_view kernel) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .infer = infer<mode>,
          .evaluate = evaluate<mode>,
          .quantization = same_as_input(),
          .layout = LayoutRule::same,
          .lower = mode == Mode::constant ? pad::lower
                   : kernel.empty()       ? nullptr
                                          : lower_selection,
          .float_kernel = kernel};
}

// In a graph to be quantized, a border of another number than 0 is a choice between the padded tensor and that number:
// the operator shares its input's parameters, whose range need not hold it. Numbers that stand for −∞ may be clipped.
Status rewrite_constant(const Operands& operands, Rewriter& rewriter) {
  constexpr double widest = 10000;
  const double value = operands.number("value");
  if (value == 0 || !(std::abs(value) <= widest) || rewriter.graph_is_quantized() ||
      operands.output_type().dtype != DType::f32)
    return {};
  const std::vector<std::int64_t> pad = operands.integers("pad");
  Formula f(rewriter);
  ir::Value* x = operands.value("self");
  ir::Value* y = f("constant_pad_nd.default", x, {pad, 0.0});
  const ir::Shape& result = operands.output_type().shape;
  for (std::size_t i = 0; i < pad.size() / 2; ++i) {
    const std::size_t d = result.size() - 1 - i;
    ir::Shape shape(result.size(), 1);
    shape[d] = result[d];
    ir::Tensor inside(DType::boolean, shape);
    for (std::int64_t at = 0; at < result[d]; ++at)
      inside.mutable_bytes()[static_cast<std::size_t>(at)] =
          at >= pad[2 * i] && at < result[d] - pad[2 * i + 1] ? 1 : 0;
    if (pad[2 * i] > 0 || pad[2 * i + 1] > 0)
      y = f.where(rewriter.constant("inside", std::move(inside)), y, f.number(value));
  }
  return f.finish(y);
}

// A wrapped border, dimension by dimension: the other end's elements beside the tensor.
Status rewrite_circular(const Operands& operands, Rewriter& rewriter) {
  ir::Value* y = operands.value("self");
  const std::vector<std::int64_t> pad = operands.integers("pad");
  const auto part = [&](std::int64_t dim, std::int64_t start, std::int64_t end) {
    return rewriter.add("aten::slice.Tensor", {{"self", y}, {"dim", dim}, {"start", start}, {"end", end}});
  };
  for (std::size_t i = 0; i < pad.size() / 2; ++i) {
    const std::size_t d = y->type.shape.size() - 1 - i;
    const auto dim = static_cast<std::int64_t>(d);
    const std::int64_t size = y->type.shape[d], before = pad[2 * i], after = pad[2 * i + 1];
    ir::ValueList parts;
    if (before > 0) {
      CORTADO_TRY(parts.emplace_back(), part(dim, size - before, size));
    }
    CORTADO_TRY(parts.emplace_back(), before < 0 || after < 0 ? part(dim, std::max<std::int64_t>(-before, 0),
                                                                     size + std::min<std::int64_t>(after, 0))
                                                              : Result<ir::Value*>(y));
    if (after > 0) {
      CORTADO_TRY(parts.emplace_back(), part(dim, 0, after));
    }
    CORTADO_TRY(y, parts.size() == 1 ? Result<ir::Value*>(parts[0])
                                     : rewriter.add("aten::cat.default", {{"tensors", parts}, {"dim", dim}}));
  }
  return rewriter.finish({y});
}

// pad() by mode is the operator of that mode, where ExecuTorch has one: constants in any number of dimensions, mirrored
// and repeated borders in one to three.
Status rewrite_by_mode(const Operands& operands, Rewriter& rewriter) {
  const std::string mode = operands.text("mode");
  const std::vector<std::int64_t> pad = operands.integers("pad");
  if (mode == "constant") {
    CORTADO_TRY(ir::Value* y,
                rewriter.add("aten::constant_pad_nd.default",
                             {{"self", operands.value("self")}, {"pad", pad}, {"value", operands.number("value")}}));
    return rewriter.finish({y});
  }
  if (mode == "circular") return rewrite_circular(operands, rewriter);
  const std::string dims = std::to_string(pad.size() / 2);
  if ((mode != "reflect" && mode != "replicate") || pad.empty() || pad.size() > 6) return {};
  const std::string op =
      "aten::" + std::string(mode == "reflect" ? "reflection" : "replication") + "_pad" + dims + "d.default";
  CORTADO_TRY(ir::Value* y, rewriter.add(op, {{"self", operands.value("self")}, {"padding", pad}}));
  return rewriter.finish({y});
}

}  // namespace

void add_pad(Registry& r) {
  // clang-format off: one line, one operator
  r.add(definition<Mode::constant>("aten::constant_pad_nd.default", "Tensor self, SymInt[] pad, Scalar value=0", "a border of a constant", "aten::constant_pad_nd.out"));
  r.add(definition<Mode::unknown>("aten::pad.default", "Tensor self, SymInt[] pad, str mode='constant', float? value=None", "a border by mode", ""));
  r.add(definition<Mode::reflect>("aten::reflection_pad1d.default", "Tensor self, SymInt[2] padding", "a mirrored border", "aten::reflection_pad1d.out"));
  r.add(definition<Mode::reflect>("aten::reflection_pad2d.default", "Tensor self, SymInt[4] padding", "a mirrored border", "aten::reflection_pad2d.out"));
  r.add(definition<Mode::reflect>("aten::reflection_pad3d.default", "Tensor self, SymInt[6] padding", "a mirrored border", "aten::reflection_pad3d.out"));
  r.add(definition<Mode::replicate>("aten::replication_pad1d.default", "Tensor self, SymInt[2] padding", "a border that repeats the edge", "aten::replication_pad1d.out"));
  r.add(definition<Mode::replicate>("aten::replication_pad2d.default", "Tensor self, SymInt[4] padding", "a border that repeats the edge", "aten::replication_pad2d.out"));
  r.add(definition<Mode::replicate>("aten::replication_pad3d.default", "Tensor self, SymInt[6] padding", "a border that repeats the edge", "aten::replication_pad3d.out"));
  // clang-format on
  r.set_rewrite({"aten::pad.default"}, rewrite_by_mode);
  r.set_rewrite({"aten::constant_pad_nd.default"}, rewrite_constant);
}

}  // namespace cortado::ops
