#include "compiler/emit/value_table.h"

#include <cstring>

#include "compiler/optimise/stream_node.h"
#include "support/checked.h"

namespace cortado::compiler {
namespace {

template <class T>
std::string bytes_of(const T* data, std::size_t count) {
  return {reinterpret_cast<const char*>(data), count * sizeof(T)};
}

std::string key(char kind, const std::string& content) {
  std::string text(1, kind);
  text += content;
  return text;
}

}  // namespace

pte::Index ValueTable::add(pte::Value value) {
  method_.values.push_back(std::move(value));
  return static_cast<pte::Index>(method_.values.size() - 1);
}

pte::Index ValueTable::once(std::string content, pte::Value value) {
  const auto [entry, is_new] = scalars_.try_emplace(std::move(content), 0);
  if (is_new) entry->second = add(std::move(value));
  return entry->second;
}

pte::Index ValueTable::none() { return once("none", pte::None{}); }
pte::Index ValueTable::integer(std::int64_t value) { return once(key('i', std::to_string(value)), value); }
pte::Index ValueTable::boolean(bool value) { return once(value ? "true" : "false", value); }
pte::Index ValueTable::number(double value) { return once(key('d', bytes_of(&value, 1)), value); }
pte::Index ValueTable::string(const std::string& value) { return once(key('s', value), value); }

pte::Index ValueTable::integers(const std::vector<std::int64_t>& values) {
  pte::IntList list;
  for (std::int64_t value : values) list.items.push_back(integer(value));
  return once(key('I', bytes_of(values.data(), values.size())), std::move(list));
}

pte::Index ValueTable::numbers(const std::vector<double>& values) {
  return once(key('D', bytes_of(values.data(), values.size())), pte::DoubleList{values});
}

pte::Index ValueTable::booleans(const std::vector<bool>& values) {
  std::string text;
  for (bool value : values) text += value ? '1' : '0';
  return once(key('B', text), pte::BoolList{values});
}

Result<std::vector<pte::Index>> ValueTable::indices(const std::vector<const ir::Value*>& values) {
  std::vector<pte::Index> items;
  for (const ir::Value* value : values) {
    if (value == nullptr) {
      items.push_back(none());
      continue;
    }
    CORTADO_TRY(const pte::Index item, tensor(*value));
    items.push_back(item);
  }
  return items;
}

Result<pte::Index> ValueTable::tensors(const std::vector<const ir::Value*>& values) {
  CORTADO_TRY(std::vector<pte::Index> items, indices(values));
  std::string content = key('T', bytes_of(items.data(), items.size()));
  return once(std::move(content), pte::TensorList{std::move(items)});
}

Result<pte::Index> ValueTable::optional_tensors(const std::vector<const ir::Value*>& values) {
  CORTADO_TRY(std::vector<pte::Index> items, indices(values));
  std::string content = key('O', bytes_of(items.data(), items.size()));
  return once(std::move(content), pte::OptionalTensorList{std::move(items)});
}

std::uint32_t ValueTable::data(std::vector<pte::Bytes>& table, std::map<std::string, std::uint32_t>& known,
                               const ir::Value& value) {
  const ir::Tensor physical = ir::to_physical(value.data, value.type.dim_order);
  const auto bytes = physical.bytes();
  std::string content(bytes.begin(), bytes.end());
  const auto [entry, is_new] = known.try_emplace(std::move(content), static_cast<std::uint32_t>(table.size()));
  if (is_new) table.emplace_back(bytes.begin(), bytes.end());
  return entry->second;
}

Result<pte::Index> ValueTable::tensor(const ir::Value& value) {
  if (const auto known = tensors_.find(&value); known != tensors_.end()) return known->second;
  pte::Tensor tensor;
  tensor.dtype = value.type.dtype;
  tensor.dim_order = value.type.full_dim_order();
  for (std::int64_t size : value.type.shape) {
    std::int32_t narrow = 0;
    if (!checked_cast(size, narrow)) return input_error("'" + value.name + "' is too large for the program format");
    tensor.sizes.push_back(narrow);
  }
  if (value.kind == ir::ValueKind::constant) {
    tensor.constant = data(program_.constants, constants_, value);
  } else if (!comes_by_rows(value)) {
    const auto place = plan_.offset_bytes.find(&value);
    if (place == plan_.offset_bytes.end()) return internal_error("'" + value.name + "' has no place in the plan");
    tensor.allocation = pte::Allocation{1, place->second};
  }
  if (value.kind == ir::ValueKind::state) {
    std::map<std::string, std::uint32_t> separate;  // buffers are written to: each has its own content
    tensor.initial = data(program_.initial_states, separate, value);
  }
  const pte::Index index = add(std::move(tensor));
  tensors_[&value] = index;
  return index;
}

}  // namespace cortado::compiler
