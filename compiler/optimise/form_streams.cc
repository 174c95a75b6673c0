#include "compiler/optimise/form_streams.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>

#include "compiler/optimise/choose_chains.h"
#include "ops/alias/alias.h"
#include "ops/stage_draft.h"

namespace cortado::compiler {
namespace {

Drafts make_drafts(const ir::Graph& graph) {
  Drafts drafts;
  for (const auto& node : graph.nodes()) {
    if (auto draft = ops::make_stage(*node)) drafts.emplace(node.get(), *std::move(draft));
  }
  return drafts;
}

std::vector<std::int64_t> numbers_of(const std::vector<Overlay>& overlays) {
  std::vector<std::int64_t> numbers;
  for (const Overlay& overlay : overlays)
    for (const std::int64_t number :
         {static_cast<std::int64_t>(overlay.output), static_cast<std::int64_t>(overlay.input), overlay.lead_bytes})
      numbers.push_back(number);
  return numbers;
}

// Values that streams and moved aliases have taken the place of; the keys may be gone.
using Replaced = std::unordered_map<const ir::Value*, ir::Value*>;

ir::ValueList inputs_of(const Chain& chain, const Replaced& replaced) {
  ir::ValueList inputs;
  for (ir::Value* input : chain.inputs) {
    const auto found = replaced.find(input);
    inputs.push_back(found != replaced.end() ? found->second : input);
  }
  return inputs;
}

stream::LoopChoice loops_for(const CompileOptions& options) {
  const bool is_compact =
      options.loops == Loops::compact || (options.loops == Loops::by_optimize && options.optimize == Optimize::ram);
  return is_compact ? stream::LoopChoice::compact : stream::LoopChoice::fast;
}

// Inserts the stream before `next` and gives its outputs the place and the names of those that it replaces.
void insert_stream(ir::Graph& graph, const Chain& chain, stream::LoopChoice loops, const ir::Node* next,
                   const std::string& name, Replaced& replaced) {
  const std::vector<std::uint8_t> blob = write_blob(chain, loops);
  const auto blob_bytes = static_cast<std::int64_t>(blob.size());
  ir::Argument workspace;
  if (chain.workspace_bytes != 0) workspace = graph.add_scratch(name + "_workspace", chain.workspace_bytes);
  ir::Value* content = graph.add_constant(name + "_blob", ir::Tensor::of<std::uint8_t>(DType::u8, {blob_bytes}, blob));
  std::vector<ir::Type> types;
  for (const ir::Value* output : chain.outputs) types.push_back(output->type);
  const ir::Node* stream = graph.insert(next, std::string(stream_op), name,
                                        {{"inputs", inputs_of(chain, replaced)},
                                         {"workspace", std::move(workspace)},
                                         {"blob", content},
                                         {"overlays", numbers_of(chain.overlays)},
                                         {"input_rows", chain.takes_input_rows}},
                                        std::move(types), chain.outputs.back()->producer->source);
  for (std::size_t i = 0; i < chain.outputs.size(); ++i) {
    std::string kept = chain.outputs[i]->name;
    graph.rename(*chain.outputs[i], kept + "_replaced");
    graph.replace_uses(*chain.outputs[i], *stream->outputs[i]);
    graph.rename(*stream->outputs[i], kept);
    replaced[chain.outputs[i]] = stream->outputs[i];
  }
}

bool is_used(const ir::Graph& graph, const ir::Node& node) {
  for (const ir::Value* output : node.outputs)
    if (graph.use_count(*output) != 0) return true;
  return false;
}

// What the alias names, past those among `nodes` that it was made of: they do not stand behind the stream.
ir::Value* source_past(const ir::Node& alias, const std::vector<ir::Node*>& nodes) {
  ir::Value* source = ops::alias_source(alias);
  while (source->producer != nullptr && ops::is_alias(*source->producer) &&
         std::find(nodes.begin(), nodes.end(), source->producer) != nodes.end())
    source = ops::alias_source(*source->producer);
  return source;
}

// Aliases of an output that others still need stand behind the stream.
void replace_nodes(ir::Graph& graph, const std::vector<ir::Node*>& nodes, const ir::Node* next, Replaced& replaced) {
  for (ir::Node* node : nodes) {
    if (!ops::is_alias(*node)) continue;
    ir::Value* view = node->outputs[0];
    bool outside = view->users.size() != graph.use_count(*view);
    for (const ir::Node* user : view->users)
      outside = outside || std::find(nodes.begin(), nodes.end(), user) == nodes.end();
    if (!outside) continue;
    const ir::Node* moved =
        ops::insert_alias(graph, next, node->name, source_past(*node, nodes), view->type, node->source);
    graph.replace_uses(*view, *moved->outputs[0]);
    replaced[view] = moved->outputs[0];
  }
  for (auto node = nodes.rbegin(); node != nodes.rend(); ++node)
    if (!is_used(graph, **node)) graph.erase(**node);
}

// The first input comes by rows: a node for the stage that asks for them reads it, and all others the node.
Status take_input_rows(ir::Graph& graph) {
  const auto is_tensor = [](const ir::Value* value) { return ops::row_shape(value->type).has_value(); };
  const auto first = std::find_if(graph.inputs.begin(), graph.inputs.end(), is_tensor);
  if (first == graph.inputs.end() || graph.nodes().empty())
    return input_error("the model has no input that could come by rows", "leave --input-rows out");
  ir::Value& input = **first;
  for (const ir::Mutation& mutation : graph.mutations())
    if (mutation.target == &input)
      return input_error("the input '" + input.name + "' cannot come by rows: the model changes it",
                         "leave --input-rows out");
  ir::Node* rows =
      graph.insert(graph.nodes().front().get(), std::string(input_rows_op), input.name + "_rows", {}, {input.type});
  graph.replace_uses(input, *rows->outputs[0]);
  graph.set_argument(*rows, "input", &input);
  return {};
}

}  // namespace

Status form_streams(ir::Graph& graph, const CompileOptions& options) {
  if (options.input_rows) CORTADO_CHECK(take_input_rows(graph));
  const Drafts drafts = make_drafts(graph);
  const std::vector<Piece> pieces = choose_chains(graph, drafts, options);
  const std::vector<ir::Node*> nodes = graph.snapshot();
  Replaced replaced;
  int count = 0;
  for (const Piece& piece : pieces) {
    if (!piece.is_stream) continue;
    const ir::Node* next = piece.last < nodes.size() ? nodes[piece.last] : nullptr;
    insert_stream(graph, piece.chain, loops_for(options), next, fmt::format("stream_{}", count++), replaced);
    replace_nodes(graph,
                  {nodes.begin() + static_cast<std::ptrdiff_t>(piece.first),
                   nodes.begin() + static_cast<std::ptrdiff_t>(piece.last)},
                  next, replaced);
  }
  graph.remove_dead();
  return {};
}

}  // namespace cortado::compiler
