// Normalisations in float: y = (x − mean) · (1 / √(variance + eps)) · weight + bias; absent weights are 1, biases 0.
// Everything is f32 and contiguous. Source: PyTorch's native_functions.yaml.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// By the mean and variance of every run of the trailing dimensions; weight and bias have one number per element of a
// run. The statistics are sums in double.
struct LayerNormArgs {
  static constexpr const char* name = "aten::native_layer_norm.out";
  Tensor input;
  IntList normalized_shape;  // the input's last sizes
  OptionalTensor weight, bias;
  double eps = 0;
  Tensor out;
  Tensor mean_out, rstd_out;  // one number per run
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = LayerNormArgs;
    each_field(visit, "input", &A::input, "normalized_shape", &A::normalized_shape, "weight", &A::weight, "bias",
               &A::bias, "eps", &A::eps, "out", &A::out, "mean_out", &A::mean_out, "rstd_out", &A::rstd_out);
  }
};

// By the mean and variance of every group of channels of every sample; weight and bias have one number per channel.
// Sums of x and x² are of f32, as ExecuTorch's portable kernel has them; the rest is in double, and a variance below 0,
// which is rounding, counts as 0.
struct GroupNormArgs {
  static constexpr const char* name = "aten::native_group_norm.out";
  Tensor input;  // [N, C, spatial…]
  OptionalTensor weight, bias;
  std::int64_t N = 0, C = 0, HxW = 0;  // the input's sizes
  std::int64_t group = 1;
  double eps = 0;
  Tensor out;
  Tensor mean_out, rstd_out;  // [N, group]
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = GroupNormArgs;
    each_field(visit, "input", &A::input, "weight", &A::weight, "bias", &A::bias, "N", &A::N, "C", &A::C, "HxW",
               &A::HxW, "group", &A::group, "eps", &A::eps, "out", &A::out, "mean_out", &A::mean_out, "rstd_out",
               &A::rstd_out);
  }
};

// By stored statistics of every channel (dimension 1).
struct BatchNormArgs {
  static constexpr const char* name = "aten::_native_batch_norm_legit_no_training.out";
  Tensor input;
  OptionalTensor weight, bias;       // [C]
  Tensor running_mean, running_var;  // [C]
  double momentum = 0;               // not used
  double eps = 0;
  Tensor out;
  Tensor mean_out, invstd_out;  // not written
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = BatchNormArgs;
    each_field(visit, "input", &A::input, "weight", &A::weight, "bias", &A::bias, "running_mean", &A::running_mean,
               "running_var", &A::running_var, "momentum", &A::momentum, "eps", &A::eps, "out", &A::out, "mean_out",
               &A::mean_out, "invstd_out", &A::invstd_out);
  }
};

// By the mean and variance of every channel over the batch, sums in f32.
struct OwnBatchNormArgs {
  static constexpr const char* name = "aten::_native_batch_norm_legit.no_stats_out";
  Tensor input;
  OptionalTensor weight, bias;  // [C]
  bool training = true;         // not used
  double momentum = 0;          // not used
  double eps = 0;
  Tensor out;
  Tensor mean_out, invstd_out;  // [C]
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = OwnBatchNormArgs;
    each_field(visit, "input", &A::input, "weight", &A::weight, "bias", &A::bias, "training", &A::training, "momentum",
               &A::momentum, "eps", &A::eps, "out", &A::out, "mean_out", &A::mean_out, "invstd_out", &A::invstd_out);
  }
};

}  // namespace cortado::ops
