#include "compiler/lower/layout/clone.h"

namespace cortado::compiler {

ir::Value* insert_clone(ir::Graph& graph, const ir::Node* before, ir::Value& value, ir::Type type, ir::Source source) {
  const std::vector<std::uint8_t> dims = type.full_dim_order();
  const std::vector<std::int64_t> order(dims.begin(), dims.end());
  return graph
      .insert(before, std::string(clone_op), value.name + "_reordered",
              {{"self", &value}, {"non_blocking", false}, {"dim_order", order}}, {std::move(type)}, std::move(source))
      ->outputs[0];
}

}  // namespace cortado::compiler
