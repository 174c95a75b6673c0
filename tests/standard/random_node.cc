#include "tests/standard/random_node.h"

#include <algorithm>
#include <numeric>

#include "ops/cases.h"
#include "ops/infer.h"

namespace cortado::tests {
namespace {

using Integers = std::vector<std::int64_t>;

class Maker {
 public:
  Maker(const ops::Definition& definition, std::uint64_t seed) : definition_(definition), random_(seed) {
    static constexpr std::size_t ranks[] = {4, 4, 4, 2, 3, 3, 1, 5, 0};
    base_.resize(pick(ranks));
    for (std::int64_t& size : base_) size = random_.chance(6) ? 1 : random_.between(2, 6);
    channels_ = base_.empty() || random_.chance(4) ? size()
                : random_.chance(2)                ? base_.back()
                                                   : base_[std::min<std::size_t>(1, base_.size() - 1)];
    domain_ = random_.between(0, 3);
    integers_ = random_.chance(8);
    vectors_ = random_.chance(3);
    equal_ = !vectors_ && random_.chance(2);
  }

  std::optional<RandomNode> make() {
    std::vector<ir::NamedArgument> arguments;
    for (const ops::Parameter& parameter : definition_.schema) {
      const bool has_default = parameter.default_value.has_value();
      if (has_default && (parameter.kind == ops::ParameterKind::any || !random_.chance(3))) continue;
      arguments.push_back({std::string(parameter.name), argument(parameter)});
    }
    const std::string op(definition_.op);
    ir::Node* node = made_.graph.append(op, "node", arguments, {});
    auto types = ops::infer_types(definition_, *node);
    if (!types || types.value().empty()) return {};
    made_.graph.erase(*node);
    node = made_.graph.append(op, "node", std::move(arguments), std::move(types).value());
    for (std::size_t i = 0; i < node->outputs.size(); ++i)
      made_.graph.add_output(*node->outputs[i], "output_" + std::to_string(i));
    return std::move(made_);
  }

 private:
  template <class T, std::size_t n>
  T pick(const T (&list)[n]) {
    return list[static_cast<std::size_t>(random_.between(0, static_cast<std::int32_t>(n) - 1))];
  }
  std::size_t below(std::size_t count) {
    return static_cast<std::size_t>(random_.between(0, static_cast<std::int32_t>(count) - 1));
  }

  // A size that other tensors of the node are likely to have.
  std::int64_t size() {
    if (base_.empty() || random_.chance(3)) return random_.between(1, 3);
    return base_[below(base_.size())];
  }

  ir::Shape shape(bool first) {
    ir::Shape result = base_;
    const std::int32_t usual = !first && vectors_ ? 1 : 0;
    const bool is_usual = first ? !random_.chance(8) : (vectors_ || equal_) && !random_.chance(5);
    const std::int32_t way = is_usual ? usual : random_.between(0, 6);
    if (way == 1) return {channels_};
    if (way == 2)  // broadcasts
      for (std::int64_t& size : result) size = random_.chance(2) ? 1 : size;
    if (way == 3 && !result.empty()) result.erase(result.begin());
    if (way == 4 || way == 5) {
      // As of a weight or of an index: sizes from everywhere.
      if (!random_.chance(2)) result.resize(below(5));
      for (std::int64_t& size : result) size = this->size();
    }
    if (way == 6 && result.size() >= 2) std::swap(result[below(result.size())], result.back());
    return result;
  }

  ir::Tensor tensor(bool first) {
    const bool real = integers_ ? random_.chance(4) : first || !random_.chance(6);
    ir::Tensor result(real ? DType::f32 : random_.chance(3) ? DType::boolean : DType::i64, shape(first));
    for (std::int64_t i = 0; i < result.elements(); ++i) {
      if (result.dtype() == DType::f32)
        result.mutable_data<float>()[i] = real_number();
      else if (result.dtype() == DType::i64)
        result.mutable_data<std::int64_t>()[i] = random_.between(0, 2);
      else
        result.mutable_data<std::uint8_t>()[i] = random_.chance(2) ? 1 : 0;
    }
    return result;
  }
  float real_number() {
    constexpr float low[] = {-4, 0.1f, -1, 1}, high[] = {4, 4, 1, 3};
    return low[domain_] + random_.unit() * (high[domain_] - low[domain_]);
  }

  ir::Value* value(std::string_view name) {
    ir::Tensor data = tensor(first_);
    first_ = false;
    const auto& rule = definition_.quantization;
    if (name == rule.weight || name == rule.bias || random_.chance(5))
      return made_.graph.add_constant(std::string(name), data);
    ir::Value* input = made_.graph.add_input(std::string(name), {data.dtype(), data.shape(), {}, {}});
    made_.inputs.push_back(std::move(data));
    return input;
  }

  Integers integers() {
    Integers list(random_.chance(2) ? 1 + below(random_.chance(2) ? 3 : 6) : base_.size());
    switch (random_.between(0, 4)) {
      case 0:
        std::iota(list.begin(), list.end(), 0);
        for (std::size_t i = list.size(); i > 1; --i) std::swap(list[i - 1], list[below(i)]);
        break;
      case 1:
        for (std::size_t i = 0; i < list.size(); ++i) list[i] = i < base_.size() ? base_[i] : size();
        if (list.size() >= 2) std::swap(list[below(list.size())], list.back());
        break;
      case 2: std::fill(list.begin(), list.end(), random_.between(0, 3)); break;
      default:
        for (std::int64_t& number : list) number = random_.between(-1, 3);
    }
    return list;
  }

  ir::Argument argument(const ops::Parameter& parameter) {
    using Kind = ops::ParameterKind;
    static constexpr std::int64_t wholes[] = {0, 1, 1, 2, 3, -1, -2};
    static constexpr double numbers[] = {0.5, 1, 2, -1, 0.1, 3};
    static constexpr const char* words[] = {"none",     "tanh",    "floor",     "trunc",     "mean",
                                            "constant", "reflect", "replicate", "ij,jk->ik", "ij"};
    if (parameter.optional && random_.chance(3)) return {};
    switch (parameter.kind) {
      case Kind::tensor: return value(parameter.name);
      case Kind::tensor_or_number:
        if (random_.chance(2)) return value(parameter.name);
        return random_.chance(2) ? ir::Argument(pick(numbers)) : ir::Argument(pick(wholes));
      case Kind::tensors:
      case Kind::optional_tensors: {
        ir::ValueList list;
        for (std::size_t i = 0, count = 1 + below(3); i < count; ++i)
          list.push_back(parameter.kind == Kind::optional_tensors && random_.chance(3) ? nullptr : value("list"));
        return list;
      }
      case Kind::integer: return random_.chance(4) ? size() : pick(wholes);
      case Kind::number: return random_.chance(2) ? ir::Argument(pick(numbers)) : ir::Argument(pick(wholes));
      case Kind::boolean: return random_.chance(2);
      case Kind::integers: return integers();
      case Kind::numbers: return std::vector<double>(1 + below(3), pick(numbers));
      case Kind::booleans: return std::vector<bool>(1 + below(3), random_.chance(2));
      case Kind::text: return std::string(pick(words));
      case Kind::dtype: return random_.chance(4) ? DType::i64 : DType::f32;
      case Kind::any: return {};
    }
    return {};
  }

  const ops::Definition& definition_;
  ops::Random random_;
  RandomNode made_;
  ir::Shape base_;                        // of the first tensor, most of the time
  std::int64_t channels_ = 1;             // of all vectors of the node
  std::int32_t domain_ = 0;               // of all its numbers
  bool integers_ = false;                 // most tensors hold integers
  bool vectors_ = false, equal_ = false;  // the others are vectors, or of the first one's shape
  bool first_ = true;
};

}  // namespace

std::optional<RandomNode> random_node(const ops::Definition& definition, std::uint64_t seed) {
  return Maker(definition, seed).make();
}

}  // namespace cortado::tests
