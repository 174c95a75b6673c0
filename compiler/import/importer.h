// The work of import_model, step by step. Internal to compiler/import.
#pragma once

#include <string>
#include <unordered_map>
#include <unordered_set>

#include "compiler/import/import.h"
#include "compiler/import/sizes.h"
#include "formats/pt2/archive.h"

namespace cortado::compiler {

class Importer {
 public:
  Importer(formats::Pt2Archive& archive, const ImportOptions& options) : archive_(archive), options_(options) {}

  Result<ir::Graph> run();

 private:
  using Json = formats::Json;

  // signature.cc
  Status read_sizes();  // what each symbol stands for
  Status read_input_size(const std::string& input, std::size_t dimension, const Json& size,
                         std::unordered_set<std::string>& batch_symbols);
  Status find_changed_tensors();  // fills changed_
  Status add_inputs();            // inputs, constants, state
  Status add_input(const Json& spec);
  Status add_tensor(const std::string& name, const std::string& source_name);
  Status add_outputs();
  Status add_output(const Json& spec);
  Status add_user_output(const Json& spec);
  Status add_mutation(const Json* spec, const char* target_key);
  Status read_pytree_specs();

  // nodes.cc
  Status add_nodes();
  Status add_node(const Json& node);
  Status add_node_results(const Json& outputs, std::vector<std::string>& names, std::vector<ir::Type>& types);
  bool computes_sizes(const Json& node) const;  // of tensors, known by now: no node of the graph

  // condition.cc
  Status add_condition(const Json& inputs, const std::string& name, const ir::Source& source,
                       const std::vector<std::string>& names);
  Result<ir::ValueList> add_branch(const Json& graph, const ir::ValueList& operands);
  Result<ir::Value*> condition(const Json* json, const std::string& name, const ir::Source& source, bool& known);

  // arguments.cc
  Result<ir::Argument> argument(const Json* value);
  Result<ir::Value*> tensor_argument(const Json* value) const;
  Result<std::int64_t> symbolic_int(const Json* value) const;
  Result<ir::Argument> symbolic_bool(const Json* value) const;
  Result<ir::Argument> symbolic_float(const Json* value) const;

  Result<ir::Type> type_of(const std::string& name) const;
  void notice(std::string line);

  formats::Pt2Archive& archive_;
  const ImportOptions& options_;
  const Json* graph_json_ = nullptr;
  const Json* signature_ = nullptr;
  ir::Graph graph_;
  Sizes sizes_;
  std::unordered_map<std::string, ir::Value*> values_;          // by the name in the file
  std::unordered_map<std::string, ir::Value*> stored_;          // constants and state, by identity in the archive
  std::unordered_map<std::string, ir::Value*> by_source_name_;  // by the name in the user's module
  std::unordered_set<std::string> changed_;  // identities in the archive of tensors that the graph changes
  int nesting_ = 0;                          // of conditions
  bool outputs_left_out_ = false;            // results that are no tensors
};

}  // namespace cortado::compiler
