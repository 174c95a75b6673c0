// Tensors from nothing but numbers. Normalisation turns them into constants.
#include <algorithm>
#include <cmath>

#include "ops/host/rewrites.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

DType number_dtype(const ir::Argument& argument) {
  if (std::holds_alternative<bool>(argument)) return DType::boolean;
  return std::holds_alternative<std::int64_t>(argument) ? DType::i64 : DType::f32;
}

// The argument dtype, else that of `self` for the …_like forms, else that of the number, else f32.
DType filled_dtype(const Operands& operands, std::string_view number) {
  if (const auto dtype = operands.dtype("dtype")) return *dtype;
  if (const ir::Value* self = operands.value("self")) return Operands::real_dtype(*self);
  return number.empty() ? DType::f32 : number_dtype(operands.argument(number));
}

// The argument size, else the shape of `self`.
ir::Shape filled_shape(const Operands& operands) {
  return operands.has("size") ? operands.integers("size") : operand_shape(operands, "self");
}

bool sizes_are_valid(const Operands& operands) {
  for (std::int64_t size : filled_shape(operands))
    if (size < 0) return false;
  return true;
}

std::vector<Constraint> valid_sizes() { return {{"the sizes are not negative", sizes_are_valid}}; }

ir::Tensor filled(DType dtype, const ir::Shape& shape, const ir::Tensor& number) {
  ir::Tensor result(dtype, shape);
  const std::size_t size = size_bytes(dtype);
  const auto bytes = number.bytes();
  std::span<std::uint8_t> to = result.mutable_bytes();
  for (std::size_t i = 0; i < to.size(); ++i) to[i] = bytes[i % size];
  return result;
}

// Filled with a constant of the operator.
template <int value>
Definition constant_fill(std::string_view op, std::string_view parameters, std::string_view kernel) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = value == 0 ? "a tensor of zeros" : "a tensor of ones",
          .constraints = valid_sizes(),
          .infer = [](const Operands& operands) -> Types {
            return one(filled_dtype(operands, ""), filled_shape(operands));
          },
          .evaluate = [](const Operands& operands, const Environment&) -> Tensors {
            const DType dtype = filled_dtype(operands, "");
            return one(filled(dtype, filled_shape(operands), scalar(value, dtype)));
          },
          .quantization = observed(),
          .float_kernel = kernel};
}

// Filled with the argument `number`, which may be a tensor of one element.
template <const std::string_view& number>
Definition number_fill(std::string_view op, std::string_view parameters, std::string_view kernel) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = "a tensor filled with a number",
          .constraints = valid_sizes(),
          .infer = [](const Operands& operands) -> Types {
            if (ir::element_count(operand_shape(operands, number)) != 1)
              return input_error("the value must be one number");
            return one(filled_dtype(operands, number), filled_shape(operands));
          },
          .evaluate = [](const Operands& operands, const Environment& environment) -> Tensors {
            const DType dtype = filled_dtype(operands, number);
            return one(filled(dtype, filled_shape(operands), operand(operands, environment, number, dtype)));
          },
          .quantization = observed(),
          .float_kernel = kernel};
}

// Forms that take their shape and type from a tensor: full.default, which takes none and is a constant.
Status rewrite_fill(const Operands& operands, Rewriter& rewriter) {
  const std::string_view op = operands.node().op;
  ir::Argument number = op.find("ones") != op.npos ? ir::Argument(std::int64_t{1}) : ir::Argument(std::int64_t{0});
  for (std::string_view name : {"fill_value", "value"})
    if (operands.has(name)) number = operands.argument(name);
  if (ir::Value** given = std::get_if<ir::Value*>(&number)) {
    CORTADO_TRY(ir::Value* value, rewriter.view(*given, {}));
    CORTADO_TRY(value, rewriter.add("aten::to.dtype", {{"self", value}, {"dtype", operands.output_type().dtype}}));
    CORTADO_TRY(ir::Value* y,
                rewriter.add("aten::expand.default", {{"self", value}, {"size", operands.output_type().shape}}));
    return rewriter.finish({y});
  }
  CORTADO_TRY(ir::Value* y, rewriter.add("aten::full.default", {{"size", operands.output_type().shape},
                                                                {"fill_value", number},
                                                                {"dtype", operands.output_type().dtype}}));
  return rewriter.finish({y});
}

// Names of the argument that holds the number, as template arguments.
constexpr std::string_view in_fill_value = "fill_value", in_value = "value", in_s = "s";

// start, start + step, … before end
std::int64_t arange_count(const Operands& operands) {
  const double start = operands.has("start") ? operands.number("start") : 0;
  const double step = operands.has("step") ? operands.number("step") : 1;
  const double count = std::ceil((operands.number("end") - start) / step);
  return count >= 0 && count < 0x1p32 ? static_cast<std::int64_t>(count) : -1;
}

Types infer_arange(const Operands& operands) {
  const std::int64_t count = arange_count(operands);
  if (count < 0) return input_error("the range is empty in this direction, or too long");
  bool integers = true;
  for (const char* name : {"start", "end", "step"})
    if (const ir::Argument* given = operands.node().find(name))
      integers = integers && !std::holds_alternative<double>(*given);
  return one(operands.dtype("dtype").value_or(integers ? DType::i64 : DType::f32), {count});
}

Tensors evaluate_arange(const Operands& operands, const Environment&) {
  CORTADO_TRY(const auto types, infer_arange(operands));
  const double start = operands.has("start") ? operands.number("start") : 0;
  const double step = operands.has("step") ? operands.number("step") : 1;
  ir::Tensor numbers(DType::f64, types[0].shape);
  for (std::int64_t i = 0; i < numbers.elements(); ++i)
    numbers.mutable_data<double>()[i] = start + static_cast<double>(i) * step;
  return one(cast(numbers, types[0].dtype));
}

Types infer_linspace(const Operands& operands) {
  if (operands.integer("steps") < 0) return input_error("the number of steps is negative");
  return one(operands.dtype("dtype").value_or(DType::f32), {operands.integer("steps")});
}

// Symmetric: the second half counts down from the end, so that the last element is exact.
Tensors evaluate_linspace(const Operands& operands, const Environment&) {
  const std::int64_t steps = operands.integer("steps");
  const double start = operands.number("start");
  const double end = operands.number("end");
  const double step = steps > 1 ? (end - start) / static_cast<double>(steps - 1) : 0;
  ir::Tensor numbers(DType::f64, {steps});
  for (std::int64_t i = 0; i < steps; ++i)
    numbers.mutable_data<double>()[i] = i < steps / 2 || steps == 1 ? start + step * static_cast<double>(i)
                                                                    : end - step * static_cast<double>(steps - 1 - i);
  return one(cast(numbers, operands.dtype("dtype").value_or(DType::f32)));
}

Types infer_eye(const Operands& operands) {
  const std::int64_t rows = operands.integer("n");
  const std::int64_t columns = operands.has("m") ? operands.integer("m") : rows;
  if (rows < 0 || columns < 0) return input_error("the sizes are negative");
  return one(operands.dtype("dtype").value_or(DType::f32), {rows, columns});
}

Tensors evaluate_eye(const Operands& operands, const Environment&) {
  CORTADO_TRY(const auto types, infer_eye(operands));
  ir::Tensor result(DType::f32, types[0].shape);
  for (std::int64_t i = 0; i < std::min(types[0].shape[0], types[0].shape[1]); ++i)
    result.mutable_data<float>()[i * types[0].shape[1] + i] = 1;
  return one(cast(result, types[0].dtype));
}

// The creation options that every schema ends with.
#define CORTADO_OPTIONS "*, ScalarType? dtype=None, Layout? layout=None, Device? device=None, bool? pin_memory=None"

void add_fills(Registry& r) {
  // clang-format off: one line, one operator
  r.add(constant_fill<0>("aten::zeros.default", "SymInt[] size, " CORTADO_OPTIONS, "aten::zeros.out"));
  r.add(constant_fill<1>("aten::ones.default", "SymInt[] size, " CORTADO_OPTIONS, "aten::ones.out"));
  r.add(constant_fill<0>("aten::empty.memory_format", "SymInt[] size, " CORTADO_OPTIONS ", MemoryFormat? memory_format=None", ""));
  r.add(constant_fill<0>("aten::zeros_like.default", "Tensor self, " CORTADO_OPTIONS ", MemoryFormat? memory_format=None", ""));
  r.add(constant_fill<1>("aten::ones_like.default", "Tensor self, " CORTADO_OPTIONS ", MemoryFormat? memory_format=None", ""));
  r.add(constant_fill<0>("aten::empty_like.default", "Tensor self, " CORTADO_OPTIONS ", MemoryFormat? memory_format=None", ""));
  r.add(constant_fill<0>("aten::new_zeros.default", "Tensor self, SymInt[] size, " CORTADO_OPTIONS, ""));
  r.add(constant_fill<1>("aten::new_ones.default", "Tensor self, SymInt[] size, " CORTADO_OPTIONS, ""));
  r.add(constant_fill<0>("aten::new_empty.default", "Tensor self, SymInt[] size, " CORTADO_OPTIONS, ""));
  r.add(constant_fill<0>("aten::zero.default", "Tensor self", ""));
  r.add(number_fill<in_fill_value>("aten::full.default", "SymInt[] size, Scalar fill_value, " CORTADO_OPTIONS, "aten::full.out"));
  r.add(number_fill<in_fill_value>("aten::full_like.default", "Tensor self, Scalar fill_value, " CORTADO_OPTIONS ", MemoryFormat? memory_format=None", "aten::full_like.out"));
  r.add(number_fill<in_fill_value>("aten::new_full.default", "Tensor self, SymInt[] size, Scalar fill_value, " CORTADO_OPTIONS, ""));
  r.add(number_fill<in_value>("aten::fill.Scalar", "Tensor self, Scalar value", "aten::fill.Scalar_out"));
  r.add(number_fill<in_value>("aten::fill.Tensor", "Tensor self, Tensor value", ""));
  r.add(number_fill<in_s>("aten::scalar_tensor.default", "Scalar s, " CORTADO_OPTIONS, "aten::scalar_tensor.out"));
  // clang-format on
}

Definition sequence(std::string_view op, std::string_view parameters, std::string_view summary, std::string_view kernel,
                    Types (*infer)(const Operands&), Tensors (*evaluate)(const Operands&, const Environment&)) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = summary,
          .infer = infer,
          .evaluate = evaluate,
          .quantization = observed(),
          .float_kernel = kernel};
}

}  // namespace

void add_create(Registry& r) {
  add_fills(r);
  const std::string_view counting = "start, start + step, … before end";
  // clang-format off: one line, one operator
  r.add(sequence("aten::arange.default", "Scalar end, " CORTADO_OPTIONS, counting, "aten::arange.out", infer_arange, evaluate_arange));
  r.add(sequence("aten::arange.start", "Scalar start, Scalar end, " CORTADO_OPTIONS, counting, "", infer_arange, evaluate_arange));
  r.add(sequence("aten::arange.start_step", "Scalar start, Scalar end, Scalar step=1, " CORTADO_OPTIONS, counting, "aten::arange.start_out", infer_arange, evaluate_arange));
  r.add(sequence("aten::linspace.default", "Scalar start, Scalar end, int steps, " CORTADO_OPTIONS, "evenly spaced numbers from start to end", "", infer_linspace, evaluate_linspace));
  r.add(sequence("aten::eye.default", "SymInt n, " CORTADO_OPTIONS, "the unit matrix", "", infer_eye, evaluate_eye));
  r.add(sequence("aten::eye.m", "SymInt n, SymInt m, " CORTADO_OPTIONS, "ones on the diagonal", "", infer_eye, evaluate_eye));
  // clang-format on
  r.set_rewrite({"aten::zeros_like.default", "aten::ones_like.default", "aten::empty_like.default",
                 "aten::new_zeros.default", "aten::new_ones.default", "aten::new_empty.default", "aten::zero.default",
                 "aten::full_like.default", "aten::new_full.default", "aten::fill.Scalar", "aten::fill.Tensor"},
                rewrite_fill);
}

#undef CORTADO_OPTIONS

}  // namespace cortado::ops
