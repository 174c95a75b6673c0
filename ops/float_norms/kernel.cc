#include <initializer_list>

#include "ops/checks.h"
#include "ops/float_norms/contract.h"

namespace cortado::ops {
namespace {

// The input is [outer, channels, inner]; a null weight is 1, a null bias 0.
struct Plan {
  const float *x, *weight, *bias, *stored_mean, *stored_variance;
  float *y, *mean, *inverse;
  std::int32_t outer, channels, inner;
  std::int32_t groups = 1;  // of channels
  double eps;
};

// --- a layer's runs: [outer, channels] with one weight per channel

void run_layer(const Plan& plan) {
  const float* x = plan.x;
  float* y = plan.y;
  for (std::int32_t row = 0; row < plan.outer; ++row, x += plan.channels, y += plan.channels) {
    double sum = 0, squares = 0;
    for (std::int32_t i = 0; i < plan.channels; ++i) sum += static_cast<double>(x[i]);
    const double mean = sum / plan.channels;
    for (std::int32_t i = 0; i < plan.channels; ++i) {
      const double distance = static_cast<double>(x[i]) - mean;
      squares += distance * distance;
    }
    plan.mean[row] = static_cast<float>(mean);
    plan.inverse[row] = static_cast<float>(1 / __builtin_sqrt(squares / plan.channels + plan.eps));
    const float scale = plan.inverse[row], offset = -plan.mean[row];
    for (std::int32_t i = 0; i < plan.channels; ++i) {
      const float unit = (x[i] + offset) * scale;
      y[i] = unit * (plan.weight == nullptr ? 1.0f : plan.weight[i]) + (plan.bias == nullptr ? 0.0f : plan.bias[i]);
    }
  }
}

// --- groups of channels

void add_moments(const float* x, std::int32_t count, float& sum, float& squares) {
  for (std::int32_t i = 0; i < count; ++i) {
    sum += x[i];
    squares += x[i] * x[i];
  }
}

void run_groups(const Plan& plan) {
  const std::int32_t members = plan.channels / plan.groups, count = members * plan.inner;
  const float* x = plan.x;
  float* y = plan.y;
  for (std::int32_t row = 0; row < plan.outer * plan.groups; ++row) {
    float sum = 0, squares = 0;
    add_moments(x, count, sum, squares);
    const double mean = static_cast<double>(sum) / count;
    const double spread = static_cast<double>(squares) / count - mean * mean;
    const double inverse = 1 / __builtin_sqrt((spread < 0 ? 0 : spread) + plan.eps);
    plan.mean[row] = static_cast<float>(mean);
    plan.inverse[row] = static_cast<float>(inverse);
    for (std::int32_t c = row % plan.groups * members, last = c + members; c < last; ++c) {
      const double scale = plan.weight == nullptr ? inverse : inverse * static_cast<double>(plan.weight[c]);
      const double offset = -scale * mean + (plan.bias == nullptr ? 0.0 : static_cast<double>(plan.bias[c]));
      for (std::int32_t i = 0; i < plan.inner; ++i)
        *y++ = static_cast<float>(scale * static_cast<double>(*x++) + offset);
    }
  }
}

// --- channels of a batch

void normalise_channel(const Plan& plan, std::int32_t c, float mean, float inverse) {
  const float weight = plan.weight == nullptr ? 1.0f : plan.weight[c],
              bias = plan.bias == nullptr ? 0.0f : plan.bias[c];
  for (std::int32_t n = 0; n < plan.outer; ++n) {
    const std::int32_t first = (n * plan.channels + c) * plan.inner;
    for (std::int32_t i = first; i < first + plan.inner; ++i) plan.y[i] = (plan.x[i] - mean) * inverse * weight + bias;
  }
}

float inverse_deviation(float variance, double eps) {
  return static_cast<float>(1 / __builtin_sqrt(static_cast<double>(variance) + eps));
}

void run_batch(const Plan& plan) {
  for (std::int32_t c = 0; c < plan.channels; ++c)
    normalise_channel(plan, c, plan.stored_mean[c], inverse_deviation(plan.stored_variance[c], plan.eps));
}

void run_own_batch(const Plan& plan) {
  const auto count = static_cast<float>(plan.outer * plan.inner);
  for (std::int32_t c = 0; c < plan.channels; ++c) {
    float total = 0, total_squares = 0;
    for (std::int32_t n = 0; n < plan.outer; ++n) {
      float sum = 0, squares = 0;
      add_moments(plan.x + (n * plan.channels + c) * plan.inner, plan.inner, sum, squares);
      total += sum;
      total_squares += squares;
    }
    const float mean = total / count, spread = total_squares / count - mean * mean;
    plan.mean[c] = mean;
    plan.inverse[c] = inverse_deviation(spread < 0 ? 0 : spread, plan.eps);
    normalise_channel(plan, c, mean, plan.inverse[c]);
  }
}

// --- plans

// All but the sizes, which the caller has set.
CORTADO_RARELY_RUN void check_tensors(Check& check, const Tensor& input, const Tensor& out,
                                      const OptionalTensor& weight, const OptionalTensor& bias, double eps,
                                      Plan& plan) {
  check.dtype("input", input, DType::f32)
      .dtype("out", out, DType::f32)
      .contiguous("input", input)
      .contiguous("out", out)
      .that(same_sizes(input, out), "out must have the sizes of input")
      .that(eps >= 0, "eps must not be negative");
  for (const OptionalTensor* parameter : {&weight, &bias}) {
    if (!parameter->present) continue;
    check.dtype("weight or bias", *parameter, DType::f32)
        .contiguous("weight or bias", *parameter)
        .equal("weight or bias", "'s length", static_cast<std::int64_t>(parameter->elements()), plan.channels);
  }
  plan.x = input.as<float>();
  plan.y = out.as<float>();
  plan.weight = weight.present ? weight.as<float>() : nullptr;
  plan.bias = bias.present ? bias.as<float>() : nullptr;
  plan.eps = eps;
}

CORTADO_RARELY_RUN void check_statistics(Check& check, const Tensor& mean, const Tensor& inverse, std::int64_t count,
                                         Plan& plan) {
  for (const Tensor* tensor : {&mean, &inverse})
    check.dtype("mean or deviation", *tensor, DType::f32)
        .contiguous("mean or deviation", *tensor)
        .equal("mean or deviation", "'s length", static_cast<std::int64_t>(tensor->elements()), count);
  plan.mean = mean.as<float>();
  plan.inverse = inverse.as<float>();
}

// [N, C, spatial…]
CORTADO_RARELY_RUN void set_sizes(Check& check, const Tensor& input, Plan& plan) {
  check.range("input rank", input.rank, 2, max_rank);
  if (!check.ok()) return;
  plan.outer = input.size(0);
  plan.channels = input.size(1);
  plan.inner = 1;
  for (std::size_t i = 2; i < input.rank; ++i) plan.inner *= input.size(i);
}

ErrorCode plan_layer(const LayerNormArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  const std::size_t normalized = args.normalized_shape.count, rank = args.input.rank;
  check.range("normalized_shape's length", static_cast<std::int64_t>(normalized), 1, static_cast<std::int64_t>(rank));
  if (!check.ok()) return check.code();
  plan.outer = plan.channels = 1;
  for (std::size_t i = 0; i < rank; ++i) (i < rank - normalized ? plan.outer : plan.channels) *= args.input.size(i);
  for (std::size_t i = 0; i < normalized; ++i)
    check.equal("input", "'s size", args.input.size(rank - normalized + i), args.normalized_shape[i]);
  check.that(plan.channels > 0, "the normalised dimensions are empty");
  check_tensors(check, args.input, args.out, args.weight, args.bias, args.eps, plan);
  check_statistics(check, args.mean_out, args.rstd_out, plan.outer, plan);
  return check.code();
}

ErrorCode plan_groups(const GroupNormArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  set_sizes(check, args.input, plan);
  if (!check.ok()) return check.code();
  check.equal("N", "", args.N, plan.outer)
      .equal("C", "", args.C, plan.channels)
      .equal("HxW", "", args.HxW, plan.inner)
      .range("group", args.group, 1, plan.channels);
  if (!check.ok()) return check.code();
  check.equal("channels beyond whole groups", "", plan.channels % args.group, 0)
      .that(plan.inner > 0, "the groups are empty");
  plan.groups = static_cast<std::int32_t>(args.group);
  check_tensors(check, args.input, args.out, args.weight, args.bias, args.eps, plan);
  check_statistics(check, args.mean_out, args.rstd_out, std::int64_t{plan.outer} * plan.groups, plan);
  return check.code();
}

ErrorCode plan_batch(const BatchNormArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  set_sizes(check, args.input, plan);
  if (!check.ok()) return check.code();
  check_tensors(check, args.input, args.out, args.weight, args.bias, args.eps, plan);
  check_statistics(check, args.running_mean, args.running_var, plan.channels, plan);
  plan.stored_mean = args.running_mean.as<float>();
  plan.stored_variance = args.running_var.as<float>();
  return check.code();
}

ErrorCode plan_own_batch(const OwnBatchNormArgs& args, Plan& plan, ErrorReport& report) {
  Check check(report);
  set_sizes(check, args.input, plan);
  if (!check.ok()) return check.code();
  check.that(plan.outer > 0 && plan.inner > 0, "the channels are empty");
  check_tensors(check, args.input, args.out, args.weight, args.bias, args.eps, plan);
  check_statistics(check, args.mean_out, args.invstd_out, plan.channels, plan);
  return check.code();
}

}  // namespace

extern const Kernel aten__native_layer_norm_out, aten__native_group_norm_out,
    aten___native_batch_norm_legit_no_training_out, aten___native_batch_norm_legit_no_stats_out;
const Kernel aten__native_layer_norm_out = kernel_row<LayerNormArgs, Plan, plan_layer, run_layer, 3>();
const Kernel aten__native_group_norm_out = kernel_row<GroupNormArgs, Plan, plan_groups, run_groups, 3>();
const Kernel aten___native_batch_norm_legit_no_training_out =
    kernel_row<BatchNormArgs, Plan, plan_batch, run_batch, 3>();
const Kernel aten___native_batch_norm_legit_no_stats_out =
    kernel_row<OwnBatchNormArgs, Plan, plan_own_batch, run_own_batch, 3>();

}  // namespace cortado::ops
