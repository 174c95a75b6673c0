// The reference and the random cases of convolution: forward as the equation has it, transposed by scattering.
#include "ops/case_row.h"
#include "ops/float_convolution/contract.h"
#include "ops/index_map.h"
#include "ops/window.h"

namespace cortado::ops {
namespace {

// Calls visit(k, position) for every kernel element, `position` being `at` · stride − padding + k · dilation.
template <class Visit>
void for_each_tap(const ConvolutionArgs& args, const Index& at, Visit visit) {
  const std::size_t rank = args.weight.rank;
  std::int32_t sizes[max_rank];
  for (std::size_t d = 2; d < rank; ++d) sizes[d - 2] = args.weight.size(d);
  Tensor kernel;
  kernel.sizes = sizes;
  kernel.rank = static_cast<std::uint8_t>(rank - 2);
  for_each_logical_index(kernel, [&](const Index& k) {
    Index position;
    for (std::size_t d = 0; d < kernel.rank; ++d)
      position.at[d + 2] = static_cast<std::int32_t>(at.at[d + 2] * entry(args.stride, d, 1) -
                                                     entry(args.padding, d, 0) + k.at[d] * entry(args.dilation, d, 1));
    visit(k, position);
  });
}

bool is_inside(const Tensor& tensor, const Index& index) {
  for (std::size_t d = 2; d < tensor.rank; ++d)
    if (index.at[d] < 0 || index.at[d] >= tensor.size(d)) return false;
  return true;
}

float weight_at(const ConvolutionArgs& args, std::int32_t row, std::int32_t column, const Index& k) {
  Index index;
  index.at[0] = row;
  index.at[1] = column;
  for (std::size_t d = 2; d < args.weight.rank; ++d) index.at[d] = k.at[d - 2];
  return args.weight.as<float>()[offset_of(args.weight, index)];
}

void forward(const ConvolutionArgs& args) {
  const std::int32_t inputs = args.weight.size(1),
                     outputs = args.weight.size(0) / static_cast<std::int32_t>(args.groups);
  for_each_logical_index(args.out, [&](const Index& at) {
    float sum = 0;
    for (std::int32_t i = 0; i < inputs; ++i)
      for_each_tap(args, at, [&](const Index& k, Index position) {
        if (!is_inside(args.input, position)) return;
        position.at[0] = at.at[0];
        position.at[1] = at.at[1] / outputs * inputs + i;
        sum += args.input.as<float>()[offset_of(args.input, position)] * weight_at(args, at.at[1], i, k);
      });
    if (args.bias.present) sum += args.bias.as<float>()[at.at[1]];
    args.out.as<float>()[offset_of(args.out, at)] = sum;
  });
}

// Inputs by position and then by channel.
void scatter(const ConvolutionArgs& args) {
  const std::int32_t inputs = args.weight.size(0) / static_cast<std::int32_t>(args.groups),
                     outputs = args.weight.size(1);
  for_each_logical_index(args.out, [&](const Index& at) {
    args.out.as<float>()[offset_of(args.out, at)] = args.bias.present ? args.bias.as<float>()[at.at[1]] : 0.0f;
  });
  std::int32_t sizes[max_rank] = {1, 1};
  for (std::size_t d = 2; d < args.input.rank; ++d) sizes[d] = args.input.size(d);
  Tensor positions = args.input;
  positions.sizes = sizes;
  for (std::int32_t n = 0; n < args.input.size(0); ++n)
    for_each_logical_index(positions, [&](Index from) {
      from.at[0] = n;
      for (from.at[1] = 0; from.at[1] < args.input.size(1); ++from.at[1])
        for (std::int32_t o = 0; o < outputs; ++o)
          for_each_tap(args, from, [&](const Index& k, Index position) {
            if (!is_inside(args.out, position)) return;
            position.at[0] = n;
            position.at[1] = from.at[1] / inputs * outputs + o;
            args.out.as<float>()[offset_of(args.out, position)] +=
                args.input.as<float>()[offset_of(args.input, from)] * weight_at(args, from.at[1], o, k);
          });
    });
}

void reference(const ConvolutionArgs& args) { args.transposed ? scatter(args) : forward(args); }

// A size and its output's; false when the window does not fit.
bool make_axis(Random& random, bool transposed, std::int32_t& in, std::int32_t& out, std::int32_t& kernel,
               std::int64_t (&numbers)[4]) {
  in = random.between(1, 6);
  kernel = random.between(1, 4);
  const std::int32_t stride = random.between(1, 3), padding = random.between(0, 2);
  const std::int32_t dilation = random.chance(2) ? 1 : random.between(1, 3);
  const std::int32_t extra = transposed ? random.between(0, (stride > dilation ? stride : dilation) - 1) : 0;
  numbers[0] = stride, numbers[1] = padding, numbers[2] = dilation, numbers[3] = extra;
  const std::int32_t span = in + 2 * padding - dilation * (kernel - 1) - 1;
  out = transposed ? (in - 1) * stride - 2 * padding + dilation * (kernel - 1) + extra + 1
        : span < 0 ? 0
                   : span / stride + 1;
  return out >= 1;
}

bool make_case(CaseBuilder& builder, ConvolutionArgs& args) {
  Random& random = builder.random;
  const auto spatial = static_cast<std::size_t>(random.chance(5) ? 3 : random.between(1, 2));
  args.transposed = random.chance(2);
  args.groups = random.chance(2) ? 1 : random.between(1, 3);
  const auto groups = static_cast<std::int32_t>(args.groups);
  const std::int32_t inputs = random.between(1, 3), outputs = random.between(1, 3);
  std::int32_t in[max_rank], out[max_rank], weight[max_rank];
  in[0] = out[0] = random.between(random.chance(30) ? 0 : 1, 2);
  in[1] = inputs * groups;
  out[1] = outputs * groups;
  weight[0] = args.transposed ? in[1] : out[1];
  weight[1] = args.transposed ? outputs : inputs;
  std::int64_t lists[4][3];
  for (std::size_t d = 0; d < spatial; ++d) {
    std::int64_t numbers[4];
    if (!make_axis(random, args.transposed, in[d + 2], out[d + 2], weight[d + 2], numbers)) return false;
    for (std::size_t i = 0; i < 4; ++i) lists[i][d] = numbers[i];
  }
  args.stride = builder.list(lists[0], spatial);
  args.padding = builder.list(lists[1], spatial);
  args.dilation = builder.list(lists[2], spatial);
  args.output_padding = builder.list(lists[3], spatial);
  args.input = ordered_tensor(builder, DType::f32, in, spatial + 2);
  args.weight = ordered_tensor(builder, DType::f32, weight, spatial + 2);
  args.bias.present = random.chance(2);
  static_cast<Tensor&>(args.bias) = builder.tensor(DType::f32, &out[1], 1);
  args.out = ordered_tensor(builder, DType::f32, out, spatial + 2, true);
  return builder.fits();
}

}  // namespace

extern const CaseRow aten__convolution_out_cases;
const CaseRow aten__convolution_out_cases = case_row<ConvolutionArgs, reference, make_case>();

}  // namespace cortado::ops
