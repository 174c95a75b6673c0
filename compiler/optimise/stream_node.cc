#include "compiler/optimise/stream_node.h"

namespace cortado::compiler {

bool comes_by_rows(const ir::Value& value) {
  if (value.kind != ir::ValueKind::input || value.users.size() != 1) return false;
  const ir::Node& user = *value.users[0];
  if (user.op == input_rows_op) return true;
  const ir::Argument* given = is_stream(user) ? user.find("input_rows") : nullptr;
  return given != nullptr && std::get<bool>(*given) && stream_inputs(user)[0] == &value;
}

const ir::ValueList& stream_inputs(const ir::Node& node) { return std::get<ir::ValueList>(*node.find("inputs")); }

ir::Value* stream_workspace(const ir::Node& node) {
  const ir::Argument* given = node.find("workspace");
  const auto* value = given != nullptr ? std::get_if<ir::Value*>(given) : nullptr;
  return value != nullptr ? *value : nullptr;
}

const ir::Tensor& stream_blob(const ir::Node& node) { return std::get<ir::Value*>(*node.find("blob"))->data; }

std::vector<Overlay> stream_overlays(const ir::Node& node) {
  std::vector<Overlay> overlays;
  const auto& numbers = std::get<std::vector<std::int64_t>>(*node.find("overlays"));
  for (std::size_t i = 0; i + 2 < numbers.size(); i += 3)
    overlays.push_back(
        {static_cast<std::size_t>(numbers[i]), static_cast<std::size_t>(numbers[i + 1]), numbers[i + 2]});
  return overlays;
}

std::vector<const ir::Value*> stream_arguments(const ir::Node& node) {
  std::vector<const ir::Value*> arguments(stream_inputs(node).begin(), stream_inputs(node).end());
  arguments.insert(arguments.end(), node.outputs.begin(), node.outputs.end());
  if (const ir::Value* workspace = stream_workspace(node)) arguments.push_back(workspace);
  return arguments;
}

}  // namespace cortado::compiler
