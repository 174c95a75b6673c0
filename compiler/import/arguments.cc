// torch._export.serde.schema.Argument -> ir::Argument, kind by kind.
#include <array>
#include <functional>

#include "compiler/import/importer.h"
#include "formats/pt2/meta.h"

namespace cortado::compiler {
namespace {

using formats::Json;

Diagnostic malformed(const Json* value) {
  return input_error("is malformed: " + (value != nullptr ? formats::excerpt(*value) : std::string("nothing")));
}

// serde's numbers for torch.memory_format and torch.layout.
constexpr std::array memory_formats = {"", "contiguous_format", "channels_last", "channels_last_3d", "preserve_format"};
constexpr std::array layouts = {"",           "sparse_coo", "sparse_csr", "sparse_csc",
                                "sparse_bsr", "sparse_bsc", "_mkldnn",    "strided"};

template <std::size_t n>
Result<ir::Argument> enumerator(const std::array<const char*, n>& names, const Json* value) {
  const auto code = formats::as_int(value);
  if (!code || *code < 1 || *code >= static_cast<std::int64_t>(n)) return malformed(value);
  return ir::Argument(std::string(names[static_cast<std::size_t>(*code)]));
}

// Why a kind of argument has no place in the graph; null for kinds that have.
const char* refusal(std::string_view tag) {
  if (tag == "as_graph") return "is a graph: of control flow only torch.cond is supported, not while_loop, map or scan";
  if (tag == "as_operator") return "is an operator: higher-order operators are not supported";
  if (tag == "as_custom_obj") return "is a custom object, which is not supported";
  if (tag == "as_complex") return "is a complex number, which is not supported";
  if (tag == "as_strings") return "is a list of strings, which is not supported";
  if (tag == "as_nested_tensors") return "is a list of lists of tensors, which is not supported";
  if (tag == "as_int_lists" || tag == "as_float_lists") return "is a list of lists, which is not supported";
  if (tag == "as_string_to_argument") return "is a dictionary, which is not supported";
  return nullptr;
}

// A list whose entries `read` gives: vector<T>.
template <class T, class Read>
Result<ir::Argument> list_of(const Json* value, Read read) {
  if (value == nullptr || !value->is_array()) return malformed(value);
  std::vector<T> list;
  for (const Json& entry : *value) {
    auto element = read(&entry);
    if (!element) return malformed(&entry);
    list.push_back(*element);
  }
  return ir::Argument(std::move(list));
}

template <class T>
Result<ir::Argument> scalar(std::optional<T> value, const Json* json) {
  if (!value) return malformed(json);
  return ir::Argument(std::move(*value));
}

// Entries read by a function that returns a Result.
template <class T, class Read>
Result<ir::Argument> checked_list(const Json* value, Read read) {
  if (value == nullptr || !value->is_array()) return malformed(value);
  std::vector<T> list;
  for (const Json& entry : *value) {
    CORTADO_TRY(T element, read(&entry));
    list.push_back(element);
  }
  return ir::Argument(std::move(list));
}

}  // namespace

Result<ir::Value*> Importer::tensor_argument(const Json* value) const {
  const std::string* name = formats::as_string(formats::find(value, "name"));
  if (name == nullptr) return malformed(value);
  const auto found = values_.find(*name);
  if (found == values_.end()) return input_error("names the tensor '" + *name + "', which nothing before it computes");
  return found->second;
}

// SymInt arguments name a node that computed a size, or hold the number.
Result<std::int64_t> Importer::symbolic_int(const Json* value) const {
  if (const auto number = formats::as_int(formats::find(value, "as_int"))) return *number;
  const std::string* name = formats::as_string(formats::find(value, "as_name"));
  if (name == nullptr) return malformed(value);
  return sizes_.size(formats::find(formats::find(*graph_json_, "sym_int_values"), name->c_str()));
}

Result<ir::Argument> Importer::symbolic_bool(const Json* value) const {
  if (const auto known = formats::as_bool(formats::find(value, "as_bool"))) return ir::Argument(*known);
  const std::string* name = formats::as_string(formats::find(value, "as_name"));
  if (name == nullptr) return malformed(value);
  const Json* symbool = formats::find(formats::find(*graph_json_, "sym_bool_values"), name->c_str());
  if (const auto known = formats::as_bool(formats::find(symbool, "as_bool"))) return ir::Argument(*known);
  return input_error("is a condition on dynamic sizes", "export the model without dynamic_shapes");
}

Result<ir::Argument> Importer::symbolic_float(const Json* value) const {
  if (const auto known = formats::as_double(formats::find(value, "as_float"))) return ir::Argument(*known);
  const std::string* name = formats::as_string(formats::find(value, "as_name"));
  if (name == nullptr) return malformed(value);
  const Json* symfloat = formats::find(formats::find(*graph_json_, "sym_float_values"), name->c_str());
  if (const auto known = formats::as_double(formats::find(symfloat, "as_float"))) return ir::Argument(*known);
  return input_error("is a number computed from dynamic sizes", "export the model without dynamic_shapes");
}

Result<ir::Argument> Importer::argument(const Json* json) {
  const auto kind = formats::as_union(json);
  if (!kind) return malformed(json);
  const std::string_view tag = kind->tag;
  const Json* value = kind->value;
  const auto tensor = [this](const Json* entry) { return tensor_argument(entry); };
  const auto optional_tensor = [this](const Json* entry) -> Result<ir::Value*> {
    const Json* named = formats::find(entry, "as_tensor");
    if (named == nullptr && formats::find(entry, "as_none") != nullptr) return static_cast<ir::Value*>(nullptr);
    return tensor_argument(named);
  };
  if (tag == "as_none") return ir::Argument();
  if (tag == "as_tensor") {
    CORTADO_TRY(ir::Value* found, tensor_argument(value));
    return ir::Argument(found);
  }
  if (tag == "as_optional_tensor") {
    CORTADO_TRY(ir::Value* found, optional_tensor(value));
    return found != nullptr ? ir::Argument(found) : ir::Argument();
  }
  if (tag == "as_tensors") return checked_list<ir::Value*>(value, tensor);
  if (tag == "as_optional_tensors") return checked_list<ir::Value*>(value, optional_tensor);
  if (tag == "as_int") return scalar(formats::as_int(value), value);
  if (tag == "as_ints") return list_of<std::int64_t>(value, formats::as_int);
  if (tag == "as_float") return scalar(formats::as_double(value), value);
  if (tag == "as_floats") return list_of<double>(value, formats::as_double);
  if (tag == "as_bool") return scalar(formats::as_bool(value), value);
  if (tag == "as_bools") return list_of<bool>(value, formats::as_bool);
  if (tag == "as_sym_bool") return symbolic_bool(value);
  if (tag == "as_sym_float") return symbolic_float(value);
  if (tag == "as_sym_ints")
    return checked_list<std::int64_t>(value, [this](const Json* entry) { return symbolic_int(entry); });
  if (tag == "as_sym_int") {
    CORTADO_TRY(const std::int64_t number, symbolic_int(value));
    return ir::Argument(number);
  }
  if (tag == "as_scalar_type") {
    CORTADO_TRY(const DType dtype, formats::read_scalar_type(value));
    return ir::Argument(dtype);
  }
  if (tag == "as_memory_format") return enumerator(memory_formats, value);
  if (tag == "as_layout") return enumerator(layouts, value);
  if (tag == "as_string" || tag == "as_device") {
    const std::string* text = formats::as_string(tag == "as_string" ? value : formats::find(value, "type"));
    if (text == nullptr) return malformed(value);
    return ir::Argument(*text);
  }
  if (const char* reason = refusal(tag)) return input_error(reason);
  return input_error("is of the unknown kind '" + std::string(tag) + "'", "export the model with torch 2.8 … 2.13");
}

}  // namespace cortado::compiler
