#include "compiler/lower/check_calls.h"

#include <algorithm>

#include "compiler/lower/node_arguments.h"
#include "ops/infer.h"

namespace cortado::compiler {
namespace {

// Sizes beyond the file format's 32 bits are refused when the program is written.
bool fits_format(const ir::Value& value) {
  return std::all_of(value.type.shape.begin(), value.type.shape.end(),
                     [](std::int64_t size) { return size <= INT32_MAX; });
}

bool fits_format(const ir::Node& node) {
  const auto fits = [](const ir::Value* value) { return fits_format(*value); };
  const std::vector<ir::Value*> inputs = ir::input_values(node);
  return std::all_of(inputs.begin(), inputs.end(), fits) && std::all_of(node.outputs.begin(), node.outputs.end(), fits);
}

}  // namespace

Status check_calls(ir::Graph& graph) {
  for (const auto& value : graph.values()) {
    if (value->type.shape.size() <= ops::max_rank) continue;
    Diagnostic error = input_error("'" + value->name + "' has " + std::to_string(value->type.shape.size()) +
                                       " dimensions, a program may have " + std::to_string(ops::max_rank),
                                   "view it in fewer dimensions");
    return value->producer != nullptr ? ops::at_node(std::move(error), *value->producer) : error;
  }
  for (const auto& node : graph.nodes()) {
    const ops::WireOperator* wire = ops::registry().find_wire(node->op);
    if (wire == nullptr || !fits_format(*node)) continue;
    ErrorReport report;
    NodeArguments arguments(*node, *wire, report);
    std::vector<std::uint64_t> plan(wire->kernel->plan_bytes / sizeof(std::uint64_t) + 1);
    if (wire->kernel->prepare(arguments, plan.data()) != ErrorCode::ok)
      return ops::at_node(input_error(std::string("its kernel does not take this: ") + report.text()), *node);
  }
  return {};
}

}  // namespace cortado::compiler
