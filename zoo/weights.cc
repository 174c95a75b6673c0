#include "zoo/weights.h"

#include "ir/type.h"
#include "support/random.h"

namespace cortado::zoo {
namespace {

// FNV-1a: a seed of its own for every parameter, so that no order of asking matters.
std::uint64_t seed_of(const std::string& name) {
  std::uint64_t hash = 0xcbf29ce484222325ull;
  for (const char c : name) hash = (hash ^ static_cast<std::uint8_t>(c)) * 0x100000001b3ull;
  return hash;
}

// Variance 1, from sums and products alone: a logarithm's last bit differs between hosts.
double bell(Random& random) {
  constexpr double root_three = 1.7320508075688772;
  double sum = 0;
  for (int i = 0; i < 4; ++i) sum += random.uniform() - 0.5;
  return sum * root_three;
}

ir::Tensor make_up(const std::string& name, const ir::Shape& shape, const MadeUp& made_up) {
  Random random(seed_of(name));
  ir::Tensor tensor(DType::f32, shape);
  float* to = tensor.mutable_data<float>();
  for (std::int64_t i = 0; i < tensor.elements(); ++i)
    to[i] = static_cast<float>(made_up.mean + made_up.deviation * bell(random));
  return tensor;
}

std::string type_text(DType dtype, const ir::Shape& shape) { return to_string(ir::Type{dtype, shape, {}, {}}); }

// Counts the batches of training: no network computes with it.
bool is_bookkeeping(const std::string& name) { return name.ends_with("num_batches_tracked"); }

}  // namespace

Weights Weights::made_up() {
  Weights weights("", {});
  weights.is_made_up_ = true;
  return weights;
}

ir::Tensor Weights::take(const std::string& name, const ir::Shape& shape, const MadeUp& made_up) {
  taken_.insert(name);
  if (is_made_up_) return make_up(name, shape, made_up);
  const auto found = tensors_.find(name);
  if (found == tensors_.end()) {
    problems_.push_back("missing: '" + name + "', " + type_text(DType::f32, shape));
  } else if (found->second.dtype() != DType::f32 || found->second.shape() != shape) {
    problems_.push_back("'" + name + "' is " + type_text(found->second.dtype(), found->second.shape()) +
                        ", the model needs " + type_text(DType::f32, shape));
  } else {
    return found->second;
  }
  return ir::Tensor(DType::f32, shape);
}

Status Weights::status() const {
  if (is_made_up_) return {};
  std::vector<std::string> problems = problems_;
  for (const auto& [name, tensor] : tensors_)
    if (!taken_.contains(name) && !is_bookkeeping(name))
      problems.push_back("not in the model: '" + name + "', " + type_text(tensor.dtype(), tensor.shape()));
  if (problems.empty()) return {};
  std::string text = source_ + ": its parameters are not those of the model:";
  for (const std::string& problem : problems) text += "\n    " + problem;
  return input_error(std::move(text),
                     "it must be a state dict of this model, as torch.save(model.state_dict(), …) writes it");
}

}  // namespace cortado::zoo
