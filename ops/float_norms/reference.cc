// References and random cases of normalisations in float: every element from the statistics of its run or channel.
#include "ops/case_row.h"
#include "ops/float_norms/contract.h"
#include "ops/index_map.h"

namespace cortado::ops {
namespace {

float parameter(const OptionalTensor& tensor, std::int64_t i, float otherwise) {
  return tensor.present ? tensor.as<float>()[i] : otherwise;
}

std::int64_t inner_of(const Tensor& x) {
  std::int64_t inner = 1;
  for (std::size_t i = 2; i < x.rank; ++i) inner *= x.size(i);
  return inner;
}

void layer_reference(const LayerNormArgs& args) {
  const auto rows = static_cast<std::int64_t>(args.mean_out.elements());
  for (std::int64_t row = 0; row < rows; ++row) {
    const std::int64_t count = static_cast<std::int64_t>(args.input.elements()) / rows;
    const float* x = args.input.as<float>() + row * count;
    double mean = 0, variance = 0;
    for (std::int64_t i = 0; i < count; ++i) mean += static_cast<double>(x[i]);
    mean /= static_cast<double>(count);
    for (std::int64_t i = 0; i < count; ++i)
      variance += (static_cast<double>(x[i]) - mean) * (static_cast<double>(x[i]) - mean);
    variance /= static_cast<double>(count);
    const auto m = static_cast<float>(mean), r = static_cast<float>(1 / __builtin_sqrt(variance + args.eps));
    for (std::int64_t i = 0; i < count; ++i)
      args.out.as<float>()[row * count + i] =
          (x[i] - m) * r * parameter(args.weight, i, 1) + parameter(args.bias, i, 0);
    args.mean_out.as<float>()[row] = m;
    args.rstd_out.as<float>()[row] = r;
  }
}

void group_reference(const GroupNormArgs& args) {
  const std::int64_t members = args.C / args.group;
  for (std::int64_t row = 0; row < args.N * args.group; ++row) {
    const std::int64_t first = row * members * args.HxW, count = members * args.HxW;
    const float* x = args.input.as<float>();
    float sum = 0, squares = 0;
    for (std::int64_t i = first; i < first + count; ++i) sum += x[i];
    for (std::int64_t i = first; i < first + count; ++i) squares += x[i] * x[i];
    const double mean = static_cast<double>(sum) / static_cast<double>(count);
    double variance = static_cast<double>(squares) / static_cast<double>(count) - mean * mean;
    if (variance < 0) variance = 0;
    const double inverse = 1 / __builtin_sqrt(variance + args.eps);
    for (std::int64_t i = first; i < first + count; ++i) {
      const std::int64_t channel = i / args.HxW % args.C;
      const double scale = inverse * static_cast<double>(parameter(args.weight, channel, 1));
      const double offset = -scale * mean + static_cast<double>(parameter(args.bias, channel, 0));
      args.out.as<float>()[i] = static_cast<float>(scale * static_cast<double>(x[i]) + offset);
    }
    args.mean_out.as<float>()[row] = static_cast<float>(mean);
    args.rstd_out.as<float>()[row] = static_cast<float>(inverse);
  }
}

// y = (x − mean) · inverse · weight + bias on the elements of channel c.
template <class Args>
void normalise_channel(const Args& args, std::int64_t c, float mean, float inverse) {
  const std::int64_t inner = inner_of(args.input);
  for (std::int64_t i = 0; i < static_cast<std::int64_t>(args.out.elements()); ++i) {
    if (i / inner % args.input.size(1) != c) continue;
    args.out.template as<float>()[i] =
        (args.input.template as<float>()[i] - mean) * inverse * parameter(args.weight, c, 1) +
        parameter(args.bias, c, 0);
  }
}

float inverse_of(float variance, double eps) {
  return static_cast<float>(1 / __builtin_sqrt(static_cast<double>(variance) + eps));
}

void batch_reference(const BatchNormArgs& args) {
  for (std::int64_t c = 0; c < args.input.size(1); ++c)
    normalise_channel(args, c, args.running_mean.as<float>()[c], inverse_of(args.running_var.as<float>()[c], args.eps));
}

void own_batch_reference(const OwnBatchNormArgs& args) {
  const std::int64_t batch = args.input.size(0), channels = args.input.size(1), inner = inner_of(args.input);
  const auto count = static_cast<float>(batch * inner);
  for (std::int64_t c = 0; c < channels; ++c) {
    float mean = 0, squares = 0;
    for (std::int64_t n = 0; n < batch; ++n) {
      float part = 0, part_squares = 0;
      for (std::int64_t i = 0; i < inner; ++i) {
        const float x = args.input.as<float>()[(n * channels + c) * inner + i];
        part += x;
        part_squares += x * x;
      }
      mean += part;
      squares += part_squares;
    }
    mean /= count;
    const float variance = squares / count - mean * mean;
    args.mean_out.as<float>()[c] = mean;
    args.invstd_out.as<float>()[c] = inverse_of(variance < 0 ? 0 : variance, args.eps);
    normalise_channel(args, c, mean, args.invstd_out.as<float>()[c]);
  }
}

// --- cases

OptionalTensor maybe_tensor(CaseBuilder& builder, const std::int32_t* sizes, std::size_t rank) {
  OptionalTensor tensor;
  tensor.present = builder.random.chance(2);
  if (tensor.present) static_cast<Tensor&>(tensor) = builder.tensor(DType::f32, sizes, rank);
  return tensor;
}

bool layer_case(CaseBuilder& builder, LayerNormArgs& args) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 1, 4),
                    normalized = random_rank(random, 1, static_cast<std::int32_t>(rank));
  std::int32_t sizes[max_rank] = {}, leading[max_rank];
  std::int64_t shape[max_rank];
  for (std::size_t i = 0; i < rank; ++i) {
    sizes[i] = random.between(i + normalized < rank && random.chance(40) ? 0 : 1, 6);
    leading[i] = i + normalized < rank ? sizes[i] : 1;
  }
  for (std::size_t i = 0; i < normalized; ++i) shape[i] = sizes[rank - normalized + i];
  args.input = builder.tensor(DType::f32, sizes, rank);
  args.normalized_shape = builder.list(shape, normalized);
  args.weight = maybe_tensor(builder, sizes + rank - normalized, normalized);
  args.bias = maybe_tensor(builder, sizes + rank - normalized, normalized);
  args.eps = random.chance(2) ? 1e-5 : 1e-3;
  args.out = builder.output(DType::f32, sizes, rank);
  args.mean_out = builder.output(DType::f32, leading, rank);
  args.rstd_out = builder.output(DType::f32, leading, rank);
  return builder.fits();
}

// An image or signal of `channels`; also the output, weight and bias.
template <class Args>
void make_tensors(CaseBuilder& builder, Args& args, std::int32_t channels, std::int32_t lowest_batch) {
  Random& random = builder.random;
  const std::size_t rank = random_rank(random, 2, 4);
  const std::int32_t sizes[] = {random.between(random.chance(20) ? lowest_batch : 1, 3), channels, random.between(1, 6),
                                random.between(1, 6)};
  args.input = builder.tensor(DType::f32, sizes, rank);
  args.weight = maybe_tensor(builder, &channels, 1);
  args.bias = maybe_tensor(builder, &channels, 1);
  args.eps = random.chance(2) ? 1e-5 : 1e-3;
  args.out = builder.output(DType::f32, sizes, rank);
}

bool group_case(CaseBuilder& builder, GroupNormArgs& args) {
  args.group = builder.random.between(1, 4);
  make_tensors(builder, args, static_cast<std::int32_t>(args.group) * builder.random.between(1, 4), 0);
  args.N = args.input.size(0);
  args.C = args.input.size(1);
  args.HxW = inner_of(args.input);
  const std::int32_t sizes[] = {args.input.size(0), static_cast<std::int32_t>(args.group)};
  args.mean_out = builder.output(DType::f32, sizes, 2);
  args.rstd_out = builder.output(DType::f32, sizes, 2);
  return builder.fits();
}

bool batch_case(CaseBuilder& builder, BatchNormArgs& args) {
  const std::int32_t channels = builder.random.between(1, 9), none = 0;
  make_tensors(builder, args, channels, 0);
  args.running_mean = builder.tensor(DType::f32, &channels, 1);
  args.running_var = builder.tensor(DType::f32, &channels, 1);
  if (!builder.fits()) return false;
  for (std::int32_t c = 0; c < channels; ++c) args.running_var.as<float>()[c] *= args.running_var.as<float>()[c];
  args.mean_out = builder.tensor(DType::f32, &none, 1);
  args.invstd_out = builder.tensor(DType::f32, &none, 1);
  return builder.fits();
}

bool own_batch_case(CaseBuilder& builder, OwnBatchNormArgs& args) {
  const std::int32_t channels = builder.random.between(1, 9);
  make_tensors(builder, args, channels, 1);
  args.mean_out = builder.output(DType::f32, &channels, 1);
  args.invstd_out = builder.output(DType::f32, &channels, 1);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__native_layer_norm_out_cases, aten__native_group_norm_out_cases,
    aten___native_batch_norm_legit_no_training_out_cases, aten___native_batch_norm_legit_no_stats_out_cases;
const CaseRow aten__native_layer_norm_out_cases = case_row<LayerNormArgs, layer_reference, layer_case>();
const CaseRow aten__native_group_norm_out_cases = case_row<GroupNormArgs, group_reference, group_case>();
const CaseRow aten___native_batch_norm_legit_no_training_out_cases =
    case_row<BatchNormArgs, batch_reference, batch_case>();
const CaseRow aten___native_batch_norm_legit_no_stats_out_cases =
    case_row<OwnBatchNormArgs, own_batch_reference, own_batch_case>();

}  // namespace cortado::ops
