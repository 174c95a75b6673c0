#include "compiler/calibrate/synthetic.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numeric>

#include "compiler/calibrate/synthetic_images.h"

namespace cortado::compiler {
namespace {

constexpr std::size_t leaf_images = 8, octave_images = 8, white_images = 4;
constexpr std::size_t sample_count = leaf_images + octave_images + white_images;

double average(const std::vector<double>& numbers) {
  return std::accumulate(numbers.begin(), numbers.end(), 0.0) / static_cast<double>(numbers.size());
}

struct Channel {
  double mean, std;
};
std::vector<Channel> channels_of(const ImageNormalisation& normalisation, std::int64_t channels) {
  if (channels == 1) return {{average(normalisation.mean), average(normalisation.std)}};
  std::vector<Channel> list;
  for (std::size_t c = 0; c < 3; ++c) {
    const bool shared = normalisation.mean.size() == 1;
    list.push_back({normalisation.mean[shared ? 0 : c], normalisation.std[shared ? 0 : c]});
  }
  return list;
}

Status check(const ImageNormalisation& normalisation) {
  const std::size_t count = normalisation.mean.size();
  const bool fits = (count == 1 || count == 3) && normalisation.std.size() == count;
  if (!fits || std::any_of(normalisation.std.begin(), normalisation.std.end(), [](double std) { return !(std > 0); }))
    return usage_error("mean and std of images must have one or three entries each, and std must be above 0");
  return {};
}

ir::Tensor image_tensor(const ir::Shape& shape, std::size_t index, const ImageNormalisation& normalisation,
                        Random& random) {
  const int height = static_cast<int>(shape[2]), width = static_cast<int>(shape[3]);
  const std::vector<Channel> channels = channels_of(normalisation, shape[1]);
  ir::Tensor tensor(DType::f32, shape);
  float* to = tensor.mutable_data<float>();
  for (std::int64_t n = 0; n < shape[0]; ++n) {
    const auto make = index < leaf_images                   ? dead_leaves
                      : index < leaf_images + octave_images ? octave_noise
                                                            : white_noise;
    const SyntheticImage image = make(height, width, random);
    for (std::size_t c = 0; c < channels.size(); ++c)
      for (std::size_t i = 0; i < image.channels[c].size(); ++i)
        *to++ = static_cast<float>((image.channels[c][i] - channels[c].mean) / channels[c].std);
  }
  return tensor;
}

// Little-endian, in two's complement.
void put_integer(std::span<std::uint8_t> bytes, std::int64_t number) {
  for (std::size_t i = 0; i < bytes.size(); ++i)
    bytes[i] = static_cast<std::uint8_t>(static_cast<std::uint64_t>(number) >> (8 * i));
}

ir::Tensor noise_tensor(const ir::Type& type, const InputSpread& spread, Random& random) {
  ir::Tensor tensor(type.dtype, type.shape);
  if (type.dtype == DType::f32) {
    for (std::int64_t i = 0; i < tensor.elements(); ++i)
      tensor.mutable_data<float>()[i] = static_cast<float>(spread.mean + spread.deviation * random.normal());
  } else if (!is_float(type.dtype) && type.dtype != DType::i4) {
    const std::size_t size = size_bytes(type.dtype);
    const std::uint64_t count =
        static_cast<std::uint64_t>(spread.highest) - static_cast<std::uint64_t>(spread.lowest) + 1;
    for (std::size_t i = 0; i < tensor.size_bytes(); i += size)
      put_integer(tensor.mutable_bytes().subspan(i, size),
                  spread.lowest + static_cast<std::int64_t>(random.bits() % std::max<std::uint64_t>(count, 1)));
  }
  return tensor;
}

class MadeUp final : public SampleSource {
 public:
  MadeUp(const ir::Graph& graph, ImageNormalisation normalisation, const std::vector<InputSpread>& spreads)
      : normalisation_(std::move(normalisation)) {
    for (const ir::Value* input : graph.inputs) {
      const std::size_t i = inputs_.size();
      inputs_.push_back({input->type, takes_images(*input), i < spreads.size() ? spreads[i] : InputSpread()});
    }
  }
  std::size_t size() const override { return sample_count; }
  Result<Sample> sample(std::size_t i) const override {
    Random random(i);  // by itself, so that the order of asking does not matter
    Sample sample;
    for (const Input& input : inputs_)
      sample.push_back(input.is_image ? image_tensor(input.type.shape, i, normalisation_, random)
                                      : noise_tensor(input.type, input.spread, random));
    return sample;
  }
  std::string name(std::size_t i) const override { return "made-up sample " + std::to_string(i); }

 private:
  struct Input {
    ir::Type type;
    bool is_image;
    InputSpread spread;
  };
  ImageNormalisation normalisation_;
  std::vector<Input> inputs_;
};

}  // namespace

Interval image_limits(const ImageNormalisation& normalisation, std::int64_t channels) {
  Interval limits{0, 0};
  for (const Channel& channel : channels_of(normalisation, channels))
    limits = {std::min(limits.lo, (0 - channel.mean) / channel.std),
              std::max(limits.hi, (1 - channel.mean) / channel.std)};
  return limits;
}

InputSpread spread_of(const ir::Tensor& example) {
  const std::int64_t count = example.elements();
  InputSpread spread;
  if (count == 0 || example.dtype() == DType::i4) return spread;
  if (!is_float(example.dtype())) {
    spread.lowest = spread.highest = example.as_int(0);
    for (std::int64_t i = 0; i < count; ++i) {
      spread.lowest = std::min(spread.lowest, example.as_int(i));
      spread.highest = std::max(spread.highest, example.as_int(i));
    }
    return spread.lowest == spread.highest ? InputSpread() : spread;
  }
  double sum = 0, squares = 0;
  for (std::int64_t i = 0; i < count; ++i) sum += example.as_double(i);
  const double mean = sum / static_cast<double>(count);
  for (std::int64_t i = 0; i < count; ++i) squares += (example.as_double(i) - mean) * (example.as_double(i) - mean);
  const double deviation = std::sqrt(squares / static_cast<double>(count));
  if (!std::isfinite(deviation) || deviation == 0) return spread;
  spread.mean = mean;
  spread.deviation = deviation;
  return spread;
}

bool takes_images(const ir::Value& input) {
  constexpr std::int64_t smallest_side = 8, largest_side = 1 << 14;
  const ir::Shape& shape = input.type.shape;
  const auto is_side = [](std::int64_t size) { return size >= smallest_side && size <= largest_side; };
  return input.type.dtype == DType::f32 && shape.size() == 4 && (shape[1] == 1 || shape[1] == 3) && is_side(shape[2]) &&
         is_side(shape[3]);
}

Result<SyntheticSamples> synthetic_samples(const ir::Graph& graph, const ImageNormalisation& normalisation,
                                           const Prior& prior) {
  CORTADO_CHECK(check(normalisation));
  SyntheticSamples made_up;
  bool all_images = !graph.inputs.empty();
  for (const ir::Value* input : graph.inputs) {
    const bool is_image = takes_images(*input);
    all_images = all_images && is_image;
    made_up.input_limits.push_back(is_image ? std::optional(image_limits(normalisation, input->type.shape[1]))
                                            : std::nullopt);
  }
  made_up.samples = std::make_unique<MadeUp>(graph, normalisation, prior.spreads);
  made_up.notice = fmt::format(
      "THERE IS NO CALIBRATION DATA: the int8 ranges come from {} made-up {}. {} Give real samples with --calibration; "
      "ten are enough.",
      sample_count,
      all_images               ? "pictures"
      : prior.recorded.empty() ? "inputs of noise"
                               : "inputs of noise and from what batch normalisation recorded in training",
      all_images ? "Networks for photographs usually lose about one point of accuracy by it; other networks may lose "
                   "much more."
                 : "The program may be far less accurate than the float model.");
  return made_up;
}

}  // namespace cortado::compiler
