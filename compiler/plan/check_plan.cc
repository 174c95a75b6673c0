// The independent checker: it runs the graph in thought, remembering whose bytes lie where. It shares nothing with the
// planner, in particular not its lifetimes.
#include <map>

#include "compiler/optimise/stream_node.h"
#include "compiler/plan/check_stream.h"
#include "compiler/plan/plan.h"
#include "ops/alias/alias.h"

namespace cortado::compiler {
namespace {

class Simulation {
 public:
  Simulation(const ir::Graph& graph, const Plan& plan) : graph_(graph), plan_(plan) {}

  Status run() {
    for (const ir::Value* input : graph_.inputs) CORTADO_CHECK(write(*input));
    for (const auto& value : graph_.values())
      if (value->kind == ir::ValueKind::state && graph_.use_count(*value) != 0) CORTADO_CHECK(write(*value));
    for (const ir::Value* input : graph_.inputs) CORTADO_CHECK(read(*input, "the start"));
    for (const auto& node : graph_.nodes())
      CORTADO_CHECK(ops::is_alias(*node) ? alias(*node) : is_stream(*node) ? stream(*node) : execute(*node));
    for (const ir::Output& output : graph_.outputs()) CORTADO_CHECK(read(*output.value, "the end"));
    for (const ir::Mutation& mutation : graph_.mutations()) CORTADO_CHECK(read(*mutation.value, "the end"));
    for (const auto& value : graph_.values())
      if (value->kind == ir::ValueKind::state && graph_.use_count(*value) != 0) CORTADO_CHECK(read(*value, "the end"));
    return {};
  }

 private:
  struct Region {
    std::size_t end;
    const ir::Value* owner;
  };

  Status execute(const ir::Node& node) {
    const auto inputs = ir::input_values(node);
    for (const ir::Value* value : inputs)
      if (value->kind == ir::ValueKind::scratch) CORTADO_CHECK(write(*value));
    for (const ir::Value* value : node.outputs) CORTADO_CHECK(write(*value));
    // What the node writes must have left what it reads, and each other, intact.
    for (const ir::Value* value : inputs) CORTADO_CHECK(read(*value, "'" + node.name + "'"));
    for (const ir::Value* value : node.outputs) CORTADO_CHECK(read(*value, "'" + node.name + "'"));
    return {};
  }

  // Its rows have a simulation of their own; from here it reads first, then writes.
  Status stream(const ir::Node& node) {
    const std::string where = "'" + node.name + "'";
    for (const ir::Value* value : stream_inputs(node)) CORTADO_CHECK(read(*value, where));
    std::vector<StreamArgument> arguments;
    for (const ir::Value* value : stream_arguments(node)) {
      StreamArgument& argument = arguments.emplace_back();
      argument.name = value->name;
      argument.bytes = value->type.size_bytes();
      argument.is_constant = value->kind == ir::ValueKind::constant || comes_by_rows(*value);
      if (argument.is_constant) continue;
      CORTADO_TRY(argument.offset, offset_of(*value));
    }
    CORTADO_CHECK(check_stream(stream_blob(node).bytes(), arguments, stream_inputs(node).size(), node.outputs.size()));
    if (const ir::Value* workspace = stream_workspace(node)) CORTADO_CHECK(write(*workspace));
    for (const ir::Value* value : node.outputs) CORTADO_CHECK(write(*value));
    for (const ir::Value* value : node.outputs) CORTADO_CHECK(read(*value, where));
    return {};
  }

  // The alias owns what its source owns, under its own name.
  Status alias(const ir::Node& node) {
    const ir::Value& source = *ops::alias_source(node);
    const ir::Value& view = *node.outputs[0];
    if (source.kind == ir::ValueKind::constant) return internal_error("'" + view.name + "' is an alias of a constant");
    CORTADO_CHECK(read(source, "'" + node.name + "'"));
    CORTADO_TRY(const std::size_t source_offset, offset_of(source));
    CORTADO_TRY(const std::size_t view_offset, offset_of(view));
    if (source_offset != view_offset || source.type.size_bytes() != view.type.size_bytes())
      return internal_error("the plan moves '" + view.name + "' away from '" + source.name + "', whose memory it is");
    owner_of_[&view] = owner(source);
    return {};
  }

  const ir::Value* owner(const ir::Value& value) const {
    const auto found = owner_of_.find(&value);
    return found != owner_of_.end() ? found->second : &value;
  }

  Result<std::size_t> offset_of(const ir::Value& value) const {
    const auto found = plan_.offset_bytes.find(&value);
    if (found == plan_.offset_bytes.end()) return internal_error("the plan has no place for '" + value.name + "'");
    if (found->second % arena_alignment_bytes != 0)
      return internal_error("the plan puts '" + value.name + "' on an odd place");
    return found->second;
  }

  Status write(const ir::Value& value) {
    if (comes_by_rows(value)) return {};
    CORTADO_TRY(const std::size_t begin, offset_of(value));
    const std::size_t size = value.type.size_bytes();
    if (begin > plan_.arena_bytes || size > plan_.arena_bytes - begin)
      return internal_error("the plan puts '" + value.name + "' outside the arena");
    if (size == 0) return {};
    auto region = regions_.lower_bound(begin);
    if (region != regions_.begin() && std::prev(region)->second.end > begin) --region;
    while (region != regions_.end() && region->first < begin + size) region = regions_.erase(region);
    regions_[begin] = {begin + size, &value};
    return {};
  }

  Status read(const ir::Value& value, const std::string& where) const {
    if (value.kind == ir::ValueKind::constant || comes_by_rows(value) || value.type.size_bytes() == 0) return {};
    CORTADO_TRY(const std::size_t begin, offset_of(value));
    const auto region = regions_.find(begin);
    if (region != regions_.end() && region->second.owner == owner(value)) return {};
    const auto above = regions_.upper_bound(begin);
    const std::string other = region != regions_.end()    ? region->second.owner->name
                              : above != regions_.begin() ? std::prev(above)->second.owner->name
                                                          : "another";
    return internal_error("the plan lets '" + other + "' overwrite '" + value.name + "', which " + where +
                          " still needs");
  }

  const ir::Graph& graph_;
  const Plan& plan_;
  std::map<std::size_t, Region> regions_;                            // by first byte
  std::unordered_map<const ir::Value*, const ir::Value*> owner_of_;  // of aliases
};

}  // namespace

Status check_plan(const ir::Graph& graph, const Plan& plan) { return Simulation(graph, plan).run(); }

}  // namespace cortado::compiler
