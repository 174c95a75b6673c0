// What depends on constants alone is computed now and becomes a constant. Quantize and dequantize nodes stay: they say
// which numbers are quantized. A result much larger than what it is made from stays too: flash costs more than time.
#include "compiler/interpret/interpreter.h"
#include "compiler/normalise/passes.h"
#include "compiler/normalise/rewrite.h"

namespace cortado::compiler {
namespace {

constexpr std::size_t always_small_bytes = 4096;
constexpr std::size_t most_bytes_from_nothing = std::size_t{1} << 20;

bool is_constant(const ir::Node& node) {
  for (const ir::Value* value : ir::input_values(node))
    if (value->kind != ir::ValueKind::constant) return false;
  return true;
}

bool is_worth_it(const ir::Node& node) {
  std::size_t in = 0;
  std::size_t out = 0;
  for (const ir::Value* value : ir::input_values(node)) in += value->data.size_bytes();
  for (const ir::Value* value : node.outputs) out += value->type.size_bytes();
  return out <= always_small_bytes || (ir::input_values(node).empty() ? out <= most_bytes_from_nothing : out <= 2 * in);
}

}  // namespace

Status fold_constants(ir::Graph& graph) {
  for (ir::Node* node : graph.snapshot()) {
    const ops::Definition* definition = ops::registry().find(node->op);
    if (definition == nullptr || definition->takes_stored_integers || node->outputs.empty()) continue;
    if (!is_constant(*node) || !is_worth_it(*node)) continue;
    CORTADO_TRY(const auto results, evaluate_node(*node, [](const ir::Value& value) { return value.data; }));
    const std::vector<ir::Value*> inputs = ir::input_values(*node);
    for (std::size_t i = 0; i < node->outputs.size(); ++i) {
      if (graph.use_count(*node->outputs[i]) == 0) continue;
      const std::string source = inputs.size() == 1 ? inputs[0]->source_name : std::string();
      graph.replace_uses(*node->outputs[i], *graph.add_constant(node->outputs[i]->name + "_value", results[i], source));
    }
    graph.erase(*node);
  }
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
