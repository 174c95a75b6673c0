#include "compiler/import/import.h"

#include "compiler/import/importer.h"
#include "compiler/import/in_place.h"
#include "compiler/import/single_precision.h"

namespace cortado::compiler {

Result<ir::Graph> import_model(const std::filesystem::path& path, const ImportOptions& options) {
  CORTADO_TRY(formats::Pt2Archive archive, formats::Pt2Archive::open(path));
  auto graph = import_archive(archive, options);
  if (!graph) return std::move(graph).error().in(path.string());
  return graph;
}

Result<ir::Graph> import_archive(formats::Pt2Archive& archive, const ImportOptions& options) {
  return Importer(archive, options).run();
}

Result<ir::Graph> Importer::run() {
  constexpr std::int64_t schema_major = 8;
  const Json& program = archive_.program();
  const auto major = formats::as_int(formats::find(formats::find(program, "schema_version"), "major"));
  if (!major || *major != schema_major)
    return input_error("the graph's schema version is " + (major ? std::to_string(*major) : std::string("missing")) +
                           "; version 8 is supported",
                       "export the model with torch 2.8 … 2.13");
  const Json* module = formats::find(program, "graph_module");
  graph_json_ = formats::find(module, "graph");
  signature_ = formats::find(module, "signature");
  if (graph_json_ == nullptr || signature_ == nullptr) return input_error("the program holds no graph");

  CORTADO_CHECK(read_sizes());
  CORTADO_CHECK(find_changed_tensors());
  CORTADO_CHECK(add_inputs());
  CORTADO_CHECK(add_nodes());
  CORTADO_CHECK(add_outputs());
  CORTADO_CHECK(read_pytree_specs());
  if (to_single_precision(graph_))
    notice("tensors of float16, bfloat16 or float64 are taken for float32, inputs and outputs too");
  return std::move(graph_);
}

// In place by a node, or declared in the signature. By identity: tied tensors change together.
Status Importer::find_changed_tensors() {
  const Json* nodes = formats::find(*graph_json_, "nodes");
  std::unordered_set<std::string> in_place;
  if (nodes != nullptr) in_place = tensors_changed_in_place(*nodes);
  std::unordered_set<std::string> targets;
  const Json* outputs = formats::find(*signature_, "output_specs");
  for (const Json& spec : outputs != nullptr ? *outputs : Json::array()) {
    for (const char* kind : {"buffer_mutation", "parameter_mutation"}) {
      const Json* mutation = formats::find(spec, kind);
      for (const char* key : {"buffer_name", "parameter_name"})
        if (const std::string* name = formats::as_string(formats::find(mutation, key))) targets.insert(*name);
    }
  }
  for (const Json& spec : *formats::find(*signature_, "input_specs")) {
    const auto kind = formats::as_union(&spec);
    if (!kind) continue;
    for (const char* key : {"buffer_name", "parameter_name", "tensor_constant_name"}) {
      const std::string* source_name = formats::as_string(formats::find(kind->value, key));
      const std::string* name = formats::as_string(formats::find(formats::find(kind->value, "arg"), "name"));
      if (source_name != nullptr && name != nullptr && (targets.count(*source_name) != 0 || in_place.count(*name) != 0))
        changed_.insert(archive_.identity(*source_name));
    }
  }
  return {};
}

}  // namespace cortado::compiler
