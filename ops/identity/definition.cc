// Operators that change nothing in a program that only runs forward: copies, aliases, dropout; and conversions of the
// element type.
#include "ops/host/broadcast.h"
#include "ops/host/formula.h"
#include "ops/host/view.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

Views same(const Operands&, const ir::Shape& shape) { return one(whole(shape)); }

Definition unchanged(std::string_view op, std::string_view parameters, std::string_view summary,
                     std::string_view float_kernel, Sharing sharing) {
  Definition definition = movement<same>(op, parameters, summary, float_kernel, sharing);
  definition.layout = LayoutRule::same;
  definition.reshapes = true;
  return definition;
}

Definition dropout(std::string_view op, std::string_view parameters) {
  Definition definition = unchanged(op, parameters, "y = x, outside training", "", Sharing::view);
  definition.constraints = {{"the model is exported for inference: dropout is not training",
                             [](const Operands& o) { return !o.flag("train"); }}};
  return definition;
}

// native_dropout also gives the mask, all true outside training.
Definition native_dropout() {
  Definition definition = dropout("aten::native_dropout.default", "Tensor input, float p, bool? train");
  definition.reshapes = false;
  definition.infer = [](const Operands& operands) -> Types {
    return std::vector{plain(operands.real_dtype("input"), operands.shape("input")),
                       plain(DType::boolean, operands.shape("input"))};
  };
  definition.evaluate = [](const Operands& operands, const Environment& environment) -> Tensors {
    const ir::Tensor& x = environment.at(*operands.value("input"));
    ir::Tensor mask(DType::boolean, x.shape());
    for (std::uint8_t& byte : mask.mutable_bytes()) byte = 1;
    return std::vector{x, std::move(mask)};
  };
  return definition;
}

// The wanted element type: an argument's, another tensor's, or the input's own.
DType wanted_dtype(const Operands& operands) {
  if (const auto dtype = operands.dtype("dtype")) return *dtype;
  const ir::Value* other = operands.value("other");
  return other != nullptr ? Operands::real_dtype(*other) : operands.real_dtype("self");
}

Definition conversion(std::string_view op, std::string_view parameters) {
  return {
      .op = op,
      .schema = schema(parameters),
      .summary = "y = x in another element type",
      .constraints = {{"the element type is one of ours",
                       [](const Operands& o) { return size_bytes(wanted_dtype(o)) != 0; }}},
      .infer = [](const Operands& operands) -> Types { return one(wanted_dtype(operands), operands.shape("self")); },
      .evaluate = [](const Operands& operands, const Environment& environment) -> Tensors {
        return one(cast(environment.at(*operands.value("self")), wanted_dtype(operands)));
      },
      .is_view = true,
      .quantization = same_as_input(),
      .float_kernel = op.starts_with("dim_order_ops") ? "dim_order_ops::_to_dim_order_copy.out" : "aten::_to_copy.out"};
}

// How src is read to fill the shape of self.
Views stretched(const Operands& operands, const ir::Shape& shape) {
  const ir::Shape& wanted = operands.shape("self");
  CORTADO_TRY(const ir::Shape common, broadcast_shapes(shape, wanted));
  if (common != wanted) return input_error("src does not stretch to the shape of self");
  return one(View{wanted, broadcast_strides(shape, wanted)});
}

Types infer_copy(const Operands& operands) {
  CORTADO_TRY(const auto views, stretched(operands, operands.shape("src")));
  return one(operands.real_dtype("self"), views[0].shape);
}

Tensors evaluate_copy(const Operands& operands, const Environment& environment) {
  const ir::Tensor& source = environment.at(*operands.value("src"));
  CORTADO_TRY(const auto views, stretched(operands, source.shape()));
  return one(cast(read(source, views[0]), operands.real_dtype("self")));
}

// y takes the numbers of src in the shape and type of self.
Definition copy() {
  return {.op = "aten::copy.default",
          .schema = schema("Tensor self, Tensor src, bool non_blocking=False"),
          .summary = "y = src, stretched to the shape of self and in its element type",
          .infer = infer_copy,
          .evaluate = evaluate_copy,
          .quantization = same_as_input(),
          .float_kernel = "aten::copy.out"};
}

// Stretching and conversion, as far as src needs them.
Status rewrite_copy(const Operands& operands, Rewriter& rewriter) {
  ir::Value* y = operands.value("src");
  const ir::Type& type = operands.output_type();
  if (y->type.shape != type.shape) {
    CORTADO_TRY(y, rewriter.add("aten::expand.default", {{"self", y}, {"size", type.shape}}));
  }
  if (y->type.dtype != type.dtype) {
    CORTADO_TRY(y, rewriter.add("aten::_to_copy.default", {{"self", y}, {"dtype", type.dtype}}));
  }
  return rewriter.finish({y});
}

// Conversions to the type that the value has are none; the others are said in one way.
Status rewrite_conversion(const Operands& operands, Rewriter& rewriter) {
  CORTADO_CHECK(to_first_argument(operands, rewriter));
  if (rewriter.is_finished()) return {};
  // Truth values become int8 by a choice between two numbers; a graph that came quantized keeps what it has in float.
  if (operands.real_dtype(operands.schema()[0].name) == DType::boolean && operands.output_type().dtype == DType::f32 &&
      !rewriter.graph_is_quantized()) {
    Formula f(rewriter);
    return f.finish(f.where(operands.value(operands.schema()[0].name), f.number(1), f.number(0)));
  }
  if (operands.node().op == "aten::_to_copy.default") return {};
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::_to_copy.default",
                                         {{"self", operands.value("self")}, {"dtype", operands.output_type().dtype}}));
  return rewriter.finish({y});
}

}  // namespace

void add_identity(Registry& r) {
  const std::string_view copies = "y = x";
  // clang-format off: one line, one operator
  r.add(unchanged("aten::clone.default", "Tensor self, *, MemoryFormat? memory_format=None", copies, "aten::clone.out", Sharing::copy));
  r.add(unchanged("aten::contiguous.default", "Tensor self, *, MemoryFormat? memory_format=None", copies, "", Sharing::view));
  r.add(unchanged("aten::alias.default", "Tensor self", copies, "aten::alias_copy.out", Sharing::view));
  r.add(unchanged("aten::alias_copy.default", "Tensor self", copies, "aten::alias_copy.out", Sharing::copy));
  r.add(unchanged("aten::detach.default", "Tensor self", copies, "aten::detach_copy.out", Sharing::view));
  r.add(unchanged("aten::detach_copy.default", "Tensor self", copies, "aten::detach_copy.out", Sharing::copy));
  r.add(unchanged("aten::lift_fresh.default", "Tensor self", copies, "", Sharing::view));
  r.add(unchanged("aten::lift_fresh_copy.default", "Tensor self", copies, "aten::lift_fresh_copy.out", Sharing::copy));
  r.add(unchanged("aten::lift.default", "Tensor self", copies, "", Sharing::copy));
  r.add(unchanged("dim_order_ops::_clone_dim_order.default", "Tensor self, *, bool non_blocking=False, int[]? dim_order=None", copies, "dim_order_ops::_clone_dim_order.out", Sharing::copy));
  r.add(dropout("aten::dropout.default", "Tensor input, float p, bool train"));
  r.add(dropout("aten::feature_dropout.default", "Tensor input, float p, bool train"));
  r.add(dropout("aten::alpha_dropout.default", "Tensor input, float p, bool train"));
  r.add(dropout("aten::feature_alpha_dropout.default", "Tensor input, float p, bool train"));
  r.add(native_dropout());
  r.add(conversion("aten::to.dtype", "Tensor self, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None"));
  r.add(conversion("aten::to.dtype_layout", "Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None"));
  r.add(conversion("aten::to.device", "Tensor self, Device device, ScalarType dtype, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None"));
  r.add(conversion("aten::to.other", "Tensor self, Tensor other, bool non_blocking=False, bool copy=False, MemoryFormat? memory_format=None"));
  r.add(conversion("aten::_to_copy.default", "Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, MemoryFormat? memory_format=None"));
  r.add(conversion("aten::type_as.default", "Tensor self, Tensor other"));
  r.add(conversion("dim_order_ops::_to_dim_order_copy.default", "Tensor self, *, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None, bool non_blocking=False, int[]? dim_order=None"));
  // clang-format on
  r.add(copy());
  r.set_rewrite({"aten::clone.default", "aten::contiguous.default", "aten::alias.default", "aten::alias_copy.default",
                 "aten::detach.default", "aten::detach_copy.default", "aten::lift_fresh.default",
                 "aten::lift_fresh_copy.default", "aten::lift.default", "dim_order_ops::_clone_dim_order.default",
                 "aten::dropout.default", "aten::feature_dropout.default", "aten::alpha_dropout.default",
                 "aten::feature_alpha_dropout.default", "aten::native_dropout.default"},
                to_first_argument);
  r.set_rewrite({"aten::to.dtype", "aten::to.dtype_layout", "aten::to.device", "aten::to.other",
                 "aten::_to_copy.default", "aten::type_as.default", "dim_order_ops::_to_dim_order_copy.default"},
                rewrite_conversion);
  r.set_rewrite({"aten::copy.default"}, rewrite_copy);
}

}  // namespace cortado::ops
