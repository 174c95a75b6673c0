// A node's arguments read by name, with the schema's defaults. Host.
#pragma once

#include <initializer_list>
#include <optional>
#include <string_view>

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::ops {

enum class ParameterKind : std::uint8_t {
  any,  // not checked: layouts, devices, memory formats
  tensor,
  tensor_or_number,
  tensors,
  optional_tensors,
  integer,
  number,
  boolean,
  integers,
  numbers,
  booleans,
  text,
  dtype,
};

// One parameter of a PyTorch schema; ops/schema.h makes them from its text.
struct Parameter {
  std::string_view name;
  std::optional<ir::Argument> default_value = std::nullopt;  // nullopt: required
  ParameterKind kind = ParameterKind::any;
  bool optional = false;  // None is allowed
};

class Operands {
 public:
  Operands(const ir::Node& node, const std::vector<Parameter>& schema) : node_(&node), schema_(&schema) {}

  const ir::Node& node() const { return *node_; }
  const std::vector<Parameter>& schema() const { return *schema_; }
  // All required arguments are there, all names are known and all values of the schema's types; the error names the
  // first that is not. After it, value() and type() of a required tensor are safe.
  Status check() const;

  bool has(std::string_view name) const;              // given or defaulted, and not None
  ir::Value* value(std::string_view name) const;      // null when None
  ir::ValueList values(std::string_view name) const;  // a tensor list
  // Numbers convert: an int where a float is asked, a bool where an int is asked.
  std::int64_t integer(std::string_view name) const;
  double number(std::string_view name) const;
  bool flag(std::string_view name) const;
  std::string text(std::string_view name) const;
  // A list; a single number counts as a list of one, and `count` > 1 repeats a list of one (PyTorch's int[2]).
  std::vector<std::int64_t> integers(std::string_view name, std::size_t count = 0) const;
  std::optional<DType> dtype(std::string_view name) const;
  const ir::Argument& argument(std::string_view name) const;  // None when absent

  std::vector<double> numbers(std::string_view name) const;  // a list; a single number counts as a list of one

  const ir::Type& type(std::string_view name) const { return value(name)->type; }
  const ir::Shape& shape(std::string_view name) const { return type(name).shape; }
  // The element type as the operator's equation sees it: f32 for a quantized value.
  DType real_dtype(std::string_view name) const { return real_dtype(*value(name)); }
  static DType real_dtype(const ir::Value& value) { return value.type.is_quantized() ? DType::f32 : value.type.dtype; }
  const ir::Type& output_type(std::size_t i = 0) const { return node_->outputs[i]->type; }
  // A dimension as PyTorch counts it: negative from the end, result in 0 … rank−1 (rank 0 counts as 1).
  static std::size_t dimension(std::int64_t dim, std::size_t rank);

 private:
  const ir::Node* node_;
  const std::vector<Parameter>* schema_;
};

}  // namespace cortado::ops
