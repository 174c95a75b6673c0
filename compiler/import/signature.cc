// What goes into the graph and what comes out: torch._export.serde.schema.GraphSignature.
#include <algorithm>
#include <numeric>

#include "compiler/import/importer.h"
#include "formats/pt2/meta.h"

namespace cortado::compiler {
namespace {

using formats::Json;

// ExecuTorch's dim order of an example input: outermost dimension first, by falling stride; ties keep their order.
// Empty when that is 0, 1, 2, …
std::vector<std::uint8_t> dim_order_of(const formats::StridedLayout& layout) {
  std::vector<std::uint8_t> order(layout.sizes.size());
  std::iota(order.begin(), order.end(), std::uint8_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::uint8_t a, std::uint8_t b) { return layout.strides[a] > layout.strides[b]; });
  if (std::is_sorted(order.begin(), order.end())) order.clear();
  return order;
}

// {"arg": {"name"}} and {"arg": {"as_tensor": {"name"}}} both occur.
const std::string* tensor_name(const Json* spec) {
  const Json* argument = formats::find(spec, "arg");
  if (const Json* tensor = formats::find(argument, "as_tensor")) argument = tensor;
  return formats::as_string(formats::find(argument, "name"));
}

Diagnostic malformed(const char* what, const Json& spec) {
  return input_error(std::string(what) + " of the graph's signature is malformed: " + formats::excerpt(spec));
}

}  // namespace

void Importer::notice(std::string line) {
  if (options_.notices != nullptr) options_.notices->push_back(std::move(line));
}

Result<ir::Type> Importer::type_of(const std::string& name) const {
  const Json* meta = formats::find(formats::find(*graph_json_, "tensor_values"), name.c_str());
  if (meta == nullptr) return input_error("the type of tensor '" + name + "' is missing");
  auto layout = formats::read_tensor_meta(meta, [this](const Json* size) { return sizes_.size(size); });
  if (!layout) return std::move(layout).error().in("tensor '" + name + "'");
  return ir::Type{layout.value().dtype, std::move(layout.value().sizes), {}, {}};
}

// Every symbol that stands alone as some tensor's size gets the example's size, or the batch that the user chose. Only
// the batch may be dynamic.
Status Importer::read_sizes() {
  const Json* tensors = formats::find(*graph_json_, "tensor_values");
  const Json* specs = formats::find(*signature_, "input_specs");
  if (tensors == nullptr || !tensors->is_object()) return input_error("the graph has no types of tensors");
  if (specs == nullptr || !specs->is_array()) return input_error("the graph has no list of inputs");
  for (const Json& meta : *tensors) {
    const Json* sizes = formats::find(meta, "sizes");
    if (sizes == nullptr || !sizes->is_array()) continue;
    for (const Json& size : *sizes)
      if (const auto example = Sizes::example(&size); example && !Sizes::symbol(&size).empty())
        sizes_.add_example(Sizes::symbol(&size), *example);
  }
  std::unordered_set<std::string> batch_symbols;
  for (const bool is_batch : {true, false})
    for (const Json& spec : *specs) {
      const std::string* name = tensor_name(formats::find(spec, "user_input"));
      const Json* sizes = name != nullptr ? formats::find(formats::find(tensors, name->c_str()), "sizes") : nullptr;
      if (sizes == nullptr || !sizes->is_array()) continue;
      for (std::size_t d = 0; d < sizes->size(); ++d)
        if ((d == 0) == is_batch) CORTADO_CHECK(read_input_size(*name, d, (*sizes)[d], batch_symbols));
    }
  return {};
}

Status Importer::read_input_size(const std::string& input, std::size_t dimension, const Json& size,
                                 std::unordered_set<std::string>& batch_symbols) {
  if (formats::find(size, "as_expr") == nullptr) return {};
  const std::string symbol = Sizes::symbol(&size);
  const std::string place = "input '" + input + "': dimension " + std::to_string(dimension) + " is dynamic";
  if (dimension > 0) {
    if (symbol.empty() || batch_symbols.count(symbol) != 0) return {};
    return input_error(place,
                       "export it with one size; only the batch, dimension 0, may be dynamic: --batch N fixes it");
  }
  if (!symbol.empty()) batch_symbols.insert(symbol);
  if (options_.batch && !symbol.empty()) {
    sizes_.fix(symbol, *options_.batch);
    return {};
  }
  CORTADO_TRY(const std::int64_t chosen, sizes_.size(&size));
  notice(place + "; compiled for " + std::to_string(chosen) +
         ", the size of the example that the model was exported with; --batch N chooses another");
  return {};
}

Status Importer::add_inputs() {
  const Json* specs = formats::find(*signature_, "input_specs");
  for (const Json& spec : *specs) CORTADO_CHECK(add_input(spec));
  return {};
}

Status Importer::add_input(const Json& spec) {
  const auto kind = formats::as_union(&spec);
  if (!kind) return malformed("an input", spec);
  if (kind->tag == "constant_input") return {};  // a number given at export: the nodes hold it
  if (kind->tag == "token") return input_error("the model orders side effects by tokens, which is not supported");
  if (kind->tag == "custom_obj") return input_error("the model takes a custom object, which is not supported");
  const std::string* name = tensor_name(kind->value);
  if (kind->tag == "user_input") {
    const auto argument = formats::as_union(formats::find(kind->value, "arg"));
    if (argument && argument->tag != "as_tensor")
      return input_error("an input of the model is no tensor: " + formats::excerpt(spec),
                         "export it as a tensor, or as a constant");
    if (name == nullptr) return malformed("an input", spec);
    const Json* meta = formats::find(formats::find(*graph_json_, "tensor_values"), name->c_str());
    auto layout = formats::read_tensor_meta(meta, [this](const Json* size) { return sizes_.size(size); });
    if (!layout) return std::move(layout).error().in("input '" + *name + "'");
    ir::Type type{layout.value().dtype, layout.value().sizes, dim_order_of(layout.value()), {}};
    values_[*name] = graph_.add_input(*name, std::move(type));
    return {};
  }
  const char* key = kind->tag == "parameter" ? "parameter_name"
                    : kind->tag == "buffer"  ? "buffer_name"
                                             : "tensor_constant_name";
  const std::string* source_name = formats::as_string(formats::find(kind->value, key));
  if (name == nullptr || source_name == nullptr) return malformed("an input", spec);
  return add_tensor(*name, *source_name);
}

Status Importer::add_tensor(const std::string& name, const std::string& source_name) {
  const std::string identity = archive_.identity(source_name);
  const bool changes = changed_.count(identity) != 0;
  if (const auto twin = stored_.find(identity); twin != stored_.end()) {
    values_[name] = by_source_name_[source_name] = twin->second;
    return {};
  }
  CORTADO_TRY(ir::Tensor data, archive_.tensor(source_name));
  CORTADO_TRY(const ir::Type type, type_of(name));
  if (type.dtype != data.dtype() || type.shape != data.shape())
    return input_error("tensor '" + source_name + "' is " + ir::to_string({data.dtype(), data.shape(), {}, {}}) +
                       " in the archive but " + ir::to_string(type) + " in the graph");
  ir::Value* value = changes ? graph_.add_state(name, std::move(data), source_name)
                             : graph_.add_constant(name, std::move(data), source_name);
  stored_.emplace(identity, value);
  values_[name] = by_source_name_[source_name] = value;
  return {};
}

Status Importer::add_outputs() {
  const Json* specs = formats::find(*signature_, "output_specs");
  if (specs == nullptr || !specs->is_array()) return input_error("the graph has no list of outputs");
  for (const Json& spec : *specs) CORTADO_CHECK(add_output(spec));
  return {};
}

Status Importer::add_output(const Json& spec) {
  const auto kind = formats::as_union(&spec);
  if (!kind) return malformed("an output", spec);
  if (kind->tag == "user_output") return add_user_output(*kind->value);
  if (kind->tag == "buffer_mutation") return add_mutation(kind->value, "buffer_name");
  if (kind->tag == "parameter_mutation") return add_mutation(kind->value, "parameter_name");
  if (kind->tag == "user_input_mutation") return add_mutation(kind->value, "user_input_name");
  if (kind->tag == "token") return {};
  return input_error("the graph computes a " + std::string(kind->tag) + ", as for training",
                     "export the model for inference: model.eval(), without a loss");
}

Status Importer::add_user_output(const Json& spec) {
  const Json* argument = formats::find(spec, "arg");
  const auto kind = formats::as_union(argument);
  if (!kind) return input_error("an output of the graph is malformed: " + formats::excerpt(spec));
  if (kind->tag == "as_tensor") {
    auto value = tensor_argument(kind->value);
    if (!value) return std::move(value).error().in("an output");
    graph_.add_output(*value.value(), value.value()->name);
    return {};
  }
  // None, numbers and sizes are the same at every run.
  outputs_left_out_ = true;
  notice("an output that is no tensor is left out: " + formats::excerpt(*argument));
  return {};
}

Status Importer::add_mutation(const Json* spec, const char* target_key) {
  const std::string* target_name = formats::as_string(formats::find(spec, target_key));
  if (target_name == nullptr)
    return input_error("a mutation in the graph's signature is malformed: " + formats::excerpt(*spec));
  auto value = tensor_argument(formats::find(spec, "arg"));
  if (!value) return std::move(value).error().in("the new content of '" + *target_name + "'");
  const bool is_input = std::string_view(target_key) == "user_input_name";
  const auto& table = is_input ? values_ : by_source_name_;
  const auto target = table.find(*target_name);
  if (target == table.end())
    return input_error("'" + *target_name + "' is changed by the graph but is not one of its inputs");
  graph_.add_mutation(*target->second, *value.value());
  return {};
}

// The containers of the user's arguments and results, for programs that carry them. Left empty where the graph has
// fewer results than the containers have places.
Status Importer::read_pytree_specs() {
  const Json* calls = formats::find(formats::find(archive_.program(), "graph_module"), "module_call_graph");
  if (calls == nullptr || !calls->is_array()) return {};
  for (const Json& call : *calls) {
    const std::string* name = formats::as_string(formats::find(call, "fqn"));
    const Json* signature = formats::find(call, "signature");
    if (name == nullptr || !name->empty() || signature == nullptr) continue;
    if (const auto* spec = formats::as_string(formats::find(signature, "in_spec"))) graph_.input_spec = *spec;
    if (const auto* spec = formats::as_string(formats::find(signature, "out_spec"));
        spec != nullptr && !outputs_left_out_)
      graph_.output_spec = *spec;
  }
  return {};
}

}  // namespace cortado::compiler
