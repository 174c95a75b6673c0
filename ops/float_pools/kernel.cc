#include <initializer_list>

#include "ops/element.h"
#include "ops/float_pools/contract.h"
#include "ops/planes.h"

namespace cortado::ops {
namespace {

struct Plan {
  PlaneShape planes;
  const void* in;
  void* out;
  std::int64_t* places;
  float divisor;  // 0: the window's size
  DType dtype;
  bool counts_padding;
};

template <class T>
T lowest() {
  if constexpr (!std::is_integral_v<T>)
    return -static_cast<T>(__builtin_inff());
  else
    return std::is_signed_v<T> ? static_cast<T>(T{1} << (8 * sizeof(T) - 1)) : T{0};
}

template <class T>
void run_max(const Plan& plan) {
  const PlaneAxis& y = plan.planes.y;
  const PlaneAxis& x = plan.planes.x;
  for_each_output(
      plan.planes, [&](std::int32_t in, std::int32_t oy, std::int32_t ox, std::int32_t out, std::int32_t place) {
        const Run rows = y.run(oy), columns = x.run(ox);
        const T* from = static_cast<const T*>(plan.in) + in + rows.first * y.in_stride + columns.first * x.in_stride;
        T best = lowest<T>();
        std::int32_t at_row = -1, at_column = 0;
        for (std::int32_t i = 0; i < rows.count; ++i)
          for (std::int32_t j = 0; j < columns.count; ++j) {
            const T value = from[i * rows.step * y.in_stride + j * columns.step * x.in_stride];
            if (at_row >= 0 && !(value > best) && value == value) continue;
            best = value;
            at_row = rows.first + i * rows.step;
            at_column = columns.first + j * columns.step;
          }
        static_cast<T*>(plan.out)[out] = best;
        plan.places[place] = at_row < 0 ? 0 : std::int64_t{at_row} * x.input + at_column;
      });
}

void run_max_of_any(const Plan& plan) {
  with_type(plan.dtype, [&](auto type) { run_max<decltype(type)>(plan); });
}

void run_average(const Plan& plan) {
  const PlaneAxis& y = plan.planes.y;
  const PlaneAxis& x = plan.planes.x;
  for_each_output(plan.planes, [&](std::int32_t in, std::int32_t oy, std::int32_t ox, std::int32_t out, std::int32_t) {
    const Run rows = y.run(oy), columns = x.run(ox);
    const float* from =
        static_cast<const float*>(plan.in) + in + rows.first * y.in_stride + columns.first * x.in_stride;
    float sum = 0;
    for (std::int32_t i = 0; i < rows.count; ++i)
      for (std::int32_t j = 0; j < columns.count; ++j) sum += from[i * y.in_stride + j * x.in_stride];
    const std::int32_t count = plan.counts_padding ? rows.size * columns.size : rows.count * columns.count;
    static_cast<float*>(plan.out)[out] = rows.count == 0 || columns.count == 0
                                             ? 0.0f
                                             : sum / (plan.divisor != 0 ? plan.divisor : static_cast<float>(count));
  });
}

CORTADO_RARELY_RUN void set_window(Check& check, PlaneAxis& axis, std::size_t i, const IntList& kernel,
                                   const IntList& stride, const IntList& padding, const IntList& dilation,
                                   bool ceil_mode) {
  const std::int64_t size = entry(kernel, i, 0);
  static_cast<Window&>(axis) = checked_window(check, axis.input, axis.output, size, entry(stride, i, size),
                                              entry(padding, i, 0), entry(dilation, i, 1), ceil_mode);
  check.that(axis.padding <= ((axis.kernel - 1) * axis.dilation + 1) / 2, "padding must be at most half a window");
}

// Also the pointers.
CORTADO_RARELY_RUN bool set_tensors(Check& check, const Tensor& in, const Tensor& out, const Tensor* places,
                                    Plan& plan) {
  check.dtype("out", out, in.dtype);
  set_planes(check, in, out, places, plan.planes);
  plan.in = in.data;
  plan.out = out.data;
  plan.places = places != nullptr ? places->as<std::int64_t>() : nullptr;
  plan.dtype = in.dtype;
  return check.ok();
}

CORTADO_RARELY_RUN void set_adaptive(Check& check, const IntList& output_size, Plan& plan) {
  PlaneAxis* const axes[] = {&plan.planes.y, &plan.planes.x};
  for (std::size_t i = 0; i < 2; ++i) {
    check.range("input size", axes[i]->input, 1, 1 << 28)
        .range("output size", axes[i]->output, 1, 1 << 28)
        .equal("out", "'s size", axes[i]->output, entry(output_size, i, -1));
    axes[i]->is_adaptive = true;
  }
  check.that(output_size.count == 1 || output_size.count == 2, "output_size must have two numbers");
}

CORTADO_RARELY_RUN void check_lists(Check& check, std::initializer_list<const IntList*> lists) {
  for (const IntList* list : lists)
    check.that(list->count <= 2, "kernel_size, stride, padding and dilation must have two numbers");
}

ErrorCode plan_max(const MaxPool2dArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(has_type(args.self.dtype) && args.self.dtype != DType::f64, "no maximum of this element type");
  check_lists(check, {&args.kernel_size, &args.stride, &args.padding, &args.dilation});
  if (!set_tensors(check, args.self, args.out, &args.indices, plan)) return check.code();
  set_window(check, plan.planes.y, 0, args.kernel_size, args.stride, args.padding, args.dilation, args.ceil_mode);
  if (check.ok())
    set_window(check, plan.planes.x, 1, args.kernel_size, args.stride, args.padding, args.dilation, args.ceil_mode);
  return check.code();
}

ErrorCode plan_adaptive_max(const AdaptiveMaxPool2dArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.that(has_type(args.self.dtype) && args.self.dtype != DType::f64, "no maximum of this element type");
  if (set_tensors(check, args.self, args.out, &args.indices, plan)) set_adaptive(check, args.output_size, plan);
  return check.code();
}

ErrorCode plan_average(const AvgPool2dArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", args.self, DType::f32);
  check_lists(check, {&args.kernel_size, &args.stride, &args.padding});
  if (!set_tensors(check, args.self, args.out, nullptr, plan)) return check.code();
  check.that(!args.divisor_override.present || args.divisor_override.value != 0, "divisor_override must not be 0");
  set_window(check, plan.planes.y, 0, args.kernel_size, args.stride, args.padding, {}, args.ceil_mode);
  if (check.ok()) set_window(check, plan.planes.x, 1, args.kernel_size, args.stride, args.padding, {}, args.ceil_mode);
  plan.counts_padding = args.count_include_pad;
  plan.divisor = args.divisor_override.present ? static_cast<float>(args.divisor_override.value) : 0.0f;
  return check.code();
}

ErrorCode plan_adaptive_average(const AdaptiveAvgPool2dArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  check.dtype("self", args.self, DType::f32);
  if (set_tensors(check, args.self, args.out, nullptr, plan)) set_adaptive(check, args.output_size, plan);
  plan.counts_padding = false;
  plan.divisor = 0;
  return check.code();
}

}  // namespace

extern const Kernel aten__max_pool2d_with_indices_out, aten__adaptive_max_pool2d_out, aten__avg_pool2d_out,
    aten___adaptive_avg_pool2d_out;
const Kernel aten__max_pool2d_with_indices_out = kernel_row<MaxPool2dArgs, Plan, plan_max, run_max_of_any, 2>();
const Kernel aten__adaptive_max_pool2d_out =
    kernel_row<AdaptiveMaxPool2dArgs, Plan, plan_adaptive_max, run_max_of_any, 2>();
const Kernel aten__avg_pool2d_out = kernel_row<AvgPool2dArgs, Plan, plan_average, run_average>();
const Kernel aten___adaptive_avg_pool2d_out =
    kernel_row<AdaptiveAvgPool2dArgs, Plan, plan_adaptive_average, run_average>();

}  // namespace cortado::ops
