#include "compiler/import/in_place.h"

#include <algorithm>
#include <array>
#include <unordered_map>

namespace cortado::compiler {
namespace {

using formats::Json;

// aten operators whose results are, or may be, windows on their first argument.
constexpr std::array views = {
    "alias",
    "as_strided",
    "broadcast_to",
    "chunk",
    "contiguous",
    "detach",
    "detach_",
    "diagonal",
    "expand",
    "expand_as",
    "flatten",
    "mH",
    "mT",
    "movedim",
    "moveaxis",
    "narrow",
    "numpy_T",
    "permute",
    "real",
    "reshape",
    "reshape_as",
    "select",
    "slice",
    "split",
    "split_with_sizes",
    "squeeze",
    "squeeze_",
    "swapaxes",
    "swapdims",
    "t",
    "t_",
    "tensor_split",
    "to",
    "transpose",
    "transpose_",
    "unbind",
    "unflatten",
    "unfold",
    "unsqueeze",
    "unsqueeze_",
    "unsafe_chunk",
    "unsafe_split",
    "unsafe_split_with_sizes",
    "view",
    "view_as",
    "_unsafe_view",
};

// "add_" of "aten::add_.Tensor".
std::string_view base_name(std::string_view op) {
  const std::size_t colons = op.find("::");
  if (colons != std::string_view::npos) op.remove_prefix(colons + 2);
  return op.substr(0, op.find('.'));
}

bool is_view(std::string_view op) {
  return std::any_of(views.begin(), views.end(), [&](const char* view) { return base_name(op) == view; });
}

const std::string* first_tensor(const Json& node) {
  const Json* inputs = formats::find(node, "inputs");
  if (inputs == nullptr || !inputs->is_array() || inputs->empty()) return nullptr;
  return formats::as_string(formats::find(formats::find(formats::find(inputs->front(), "arg"), "as_tensor"), "name"));
}

template <class F>
void for_each_output(const Json& node, F f) {
  const Json* outputs = formats::find(node, "outputs");
  if (outputs == nullptr || !outputs->is_array()) return;
  for (const Json& output : *outputs) {
    if (const auto* name = formats::as_string(formats::find(formats::find(output, "as_tensor"), "name"))) f(*name);
    if (const Json* list = formats::find(output, "as_tensors"); list != nullptr && list->is_array())
      for (const Json& entry : *list)
        if (const auto* name = formats::as_string(formats::find(entry, "name"))) f(*name);
  }
}

}  // namespace

bool writes_first_argument(std::string_view op) {
  const std::string_view name = base_name(op);
  if (name.size() < 2 || name.back() != '_' || name[name.size() - 2] == '_') return false;
  return !is_view(op) && name != "requires_grad_";
}

std::string operator_name(const std::string& target) {
  constexpr std::string_view prefix = "torch.ops.";
  if (target.compare(0, prefix.size(), prefix) != 0) return target;
  std::string name = target.substr(prefix.size());
  const std::size_t dot = name.find('.');
  if (dot != std::string::npos) name.replace(dot, 1, "::");
  return name;
}

std::unordered_set<std::string> tensors_changed_in_place(const Json& nodes) {
  std::unordered_set<std::string> changed;
  std::unordered_map<std::string, std::string> base;  // tensor -> the tensor whose memory it is
  if (!nodes.is_array()) return changed;
  for (const Json& node : nodes) {
    const std::string* target = formats::as_string(formats::find(node, "target"));
    const std::string* self = first_tensor(node);
    if (target == nullptr || self == nullptr) continue;
    const std::string op = operator_name(*target);
    const bool writes = writes_first_argument(op);
    if (!writes && !is_view(op)) continue;
    const auto known = base.find(*self);
    const std::string owner = known == base.end() ? *self : known->second;
    if (writes) changed.insert(owner);
    for_each_output(node, [&](const std::string& output) { base.emplace(output, owner); });
  }
  return changed;
}

}  // namespace cortado::compiler
