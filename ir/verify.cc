#include "ir/verify.h"

#include <algorithm>
#include <cmath>
#include <unordered_map>
#include <unordered_set>

#include "support/checked.h"

namespace cortado::ir {
namespace {

Diagnostic wrong_value(const Value& value, const std::string& what) {
  return internal_error("value '" + value.name + "' " + what);
}

Diagnostic wrong_node(const Node& node, const std::string& what) {
  return internal_error("node '" + node.name + "' (" + node.op + ") " + what);
}

bool is_possible(const Shape& shape, DType dtype) {
  std::size_t elements = 0;
  std::size_t bytes = 0;
  return checked_product(shape.data(), shape.size(), elements) &&
         checked_mul(elements, std::max<std::size_t>(size_bytes(dtype), 1), bytes);
}

bool is_permutation(const std::vector<std::uint8_t>& order, std::size_t rank) {
  std::vector<bool> seen(rank, false);
  for (const std::uint8_t dim : order) {
    if (dim >= rank || seen[dim]) return false;
    seen[dim] = true;
  }
  return order.size() == rank;
}

bool fits(const Quantization& q, const Shape& shape) {
  if (q.axis < Quantization::per_tensor || q.axis >= static_cast<int>(shape.size())) return false;
  const std::size_t count = q.is_per_tensor() ? 1 : static_cast<std::size_t>(shape[static_cast<std::size_t>(q.axis)]);
  return q.scale.size() == count && q.zero_point.size() == count && q.quant_min <= q.quant_max &&
         std::all_of(q.scale.begin(), q.scale.end(), [](double scale) { return std::isfinite(scale) && scale > 0; });
}

Status verify_value(const Value& value) {
  const Type& type = value.type;
  if (value.name.empty()) return internal_error("a value has no name");
  if (!is_possible(type.shape, type.dtype)) return wrong_value(value, "has an impossible shape: " + to_string(type));
  if (!type.dim_order.empty() && !is_permutation(type.dim_order, type.shape.size()))
    return wrong_value(value, "has a dim order that is no permutation: " + to_string(type));
  if (type.quantization && !fits(*type.quantization, type.shape))
    return wrong_value(value, "has quantization parameters that do not fit its shape, or are not positive numbers");
  const bool has_content = value.kind == ValueKind::constant || value.kind == ValueKind::state;
  if (has_content && (value.data.dtype() != type.dtype || value.data.shape() != type.shape))
    return wrong_value(value, "is " + to_string(type) + " but its content is " +
                                  to_string(Type{value.data.dtype(), value.data.shape(), {}, {}}));
  if (has_content && type.dtype != DType::i4 && value.data.size_bytes() != type.size_bytes())
    return wrong_value(value, "has no content");
  if ((value.kind == ValueKind::result) != (value.producer != nullptr))
    return wrong_value(value, "is a result without a node, or has a node without being a result");
  return {};
}

class Verifier {
 public:
  explicit Verifier(const Graph& graph) : graph_(graph) {}

  Status run() {
    std::unordered_set<std::string> names;
    for (const auto& value : graph_.values()) {
      CORTADO_CHECK(verify_value(*value));
      if (!names.insert(value->name).second) return wrong_value(*value, "shares its name with another");
      known_.insert(value.get());
      if (value->kind != ValueKind::result) defined_.insert(value.get());
    }
    for (const auto& node : graph_.nodes()) CORTADO_CHECK(verify_node(*node));
    CORTADO_CHECK(verify_users());
    return verify_ends();
  }

 private:
  Status verify_node(const Node& node) {
    for (const Value* value : input_values(node)) {
      if (known_.count(value) == 0) return wrong_node(node, "takes a value that is not of this graph");
      if (defined_.count(value) == 0) return wrong_node(node, "takes '" + value->name + "' before it is computed");
      users_[value].insert(&node);
    }
    for (const Value* output : node.outputs) {
      if (known_.count(output) == 0 || output->producer != &node)
        return wrong_node(node, "has a result that is not of this graph or of another node");
      defined_.insert(output);
    }
    return {};
  }

  // Exactly the nodes that take the value, each once.
  Status verify_users() {
    for (const auto& value : graph_.values()) {
      const std::unordered_set<const Node*> listed(value->users.begin(), value->users.end());
      if (defined_.count(value.get()) == 0)
        return wrong_value(*value, "is the result of a node that is not of this graph");
      if (listed.size() != value->users.size() || listed != users_[value.get()])
        return wrong_value(*value, "has a list of users that is wrong");
    }
    return {};
  }

  Status verify_ends() {
    for (const Value* input : graph_.inputs)
      if (known_.count(input) == 0 || input->kind != ValueKind::input)
        return internal_error("an input is no input of this graph");
    for (const Output& output : graph_.outputs())
      if (known_.count(output.value) == 0)
        return internal_error("output '" + output.name + "' is no value of this graph");
    for (const Mutation& mutation : graph_.mutations()) {
      if (known_.count(mutation.target) == 0 || known_.count(mutation.value) == 0)
        return internal_error("a mutation is of no value of this graph");
      if (mutation.target->kind != ValueKind::state && mutation.target->kind != ValueKind::input)
        return wrong_value(*mutation.target, "is changed but is neither state nor input");
      if (mutation.target->type.shape != mutation.value->type.shape ||
          mutation.target->type.dtype != mutation.value->type.dtype)
        return wrong_value(*mutation.target, "would become " + to_string(mutation.value->type));
    }
    return {};
  }

  const Graph& graph_;
  std::unordered_set<const Value*> known_;
  std::unordered_set<const Value*> defined_;
  std::unordered_map<const Value*, std::unordered_set<const Node*>> users_;
};

}  // namespace

Status verify(const Graph& graph) { return Verifier(graph).run(); }

}  // namespace cortado::ir
