// The opcodes that build containers, and those that name and call globals.
#include "formats/pickle/globals.h"
#include "formats/pickle/unpickler.h"

namespace cortado::formats {
namespace {

Diagnostic damaged() { return input_error("the pickle is damaged: an opcode meets a value that it is not for"); }

// What a call may copy, in items and bytes.
std::size_t cost(const PickleValue& value) {
  if (const auto* text = value.get<std::string>()) return text->size();
  if (const auto* bytes = value.get<PickleBytes>()) return bytes->bytes.size();
  if (const auto* tuple = value.get<PickleTuple>()) return tuple->items.size();
  if (const auto* set = value.get<PickleSet>()) return set->items.size();
  if (const auto* dict = value.get<PickleDict>()) return dict->entries.size();
  return 0;
}

bool add_pairs(PickleDict& dict, const PickleItems& items) {
  if (items.size() % 2 != 0) return false;
  for (std::size_t i = 0; i < items.size(); i += 2) dict.entries.emplace_back(items[i], items[i + 1]);
  return true;
}

}  // namespace

Status Unpickler::push_tuple(std::uint64_t count) {
  PickleTuple tuple;
  tuple.items.resize(static_cast<std::size_t>(count));
  for (std::size_t i = tuple.items.size(); i-- > 0;) {
    CORTADO_TRY(tuple.items[i], popped());
  }
  return push({std::move(tuple)});
}

Status Unpickler::tuple_from_mark(std::uint64_t) {
  CORTADO_TRY(PickleItems items, popped_to_mark());
  return push({PickleTuple{std::move(items)}});
}

Status Unpickler::list_from_mark(std::uint64_t) {
  CORTADO_TRY(PickleItems items, popped_to_mark());
  return push({PickleList{std::move(items)}});
}

Status Unpickler::frozenset_from_mark(std::uint64_t) {
  CORTADO_TRY(PickleItems items, popped_to_mark());
  return push({PickleSet{std::move(items)}});
}

Status Unpickler::dict_from_mark(std::uint64_t) {
  CORTADO_TRY(const PickleItems items, popped_to_mark());
  PickleDict dict;
  if (!add_pairs(dict, items)) return damaged();
  return push({std::move(dict)});
}

Status Unpickler::append(std::uint64_t) {
  CORTADO_TRY(const PickleValue* item, popped());
  CORTADO_TRY(PickleValue* target, top());
  auto* list = target->get<PickleList>();
  if (list == nullptr) return damaged();
  list->items.push_back(item);
  return {};
}

Status Unpickler::append_from_mark(std::uint64_t) {
  CORTADO_TRY(const PickleItems items, popped_to_mark());
  CORTADO_TRY(PickleValue* target, top());
  auto* list = target->get<PickleList>();
  if (list == nullptr) return damaged();
  list->items.insert(list->items.end(), items.begin(), items.end());
  return {};
}

Status Unpickler::add_items_from_mark(std::uint64_t) {
  CORTADO_TRY(const PickleItems items, popped_to_mark());
  CORTADO_TRY(PickleValue* target, top());
  auto* set = target->get<PickleSet>();
  if (set == nullptr) return damaged();
  set->items.insert(set->items.end(), items.begin(), items.end());
  return {};
}

Status Unpickler::set_item(std::uint64_t) {
  CORTADO_TRY(const PickleValue* value, popped());
  CORTADO_TRY(const PickleValue* key, popped());
  CORTADO_TRY(PickleValue* target, top());
  auto* dict = target->get<PickleDict>();
  if (dict == nullptr) return damaged();
  dict->entries.emplace_back(key, value);
  return {};
}

Status Unpickler::set_items_from_mark(std::uint64_t) {
  CORTADO_TRY(const PickleItems items, popped_to_mark());
  CORTADO_TRY(PickleValue* target, top());
  auto* dict = target->get<PickleDict>();
  if (dict == nullptr || !add_pairs(*dict, items)) return damaged();
  return {};
}

// --- globals

Status Unpickler::push_global(const std::string& name) {
  if (!is_allowed_global(name))
    return input_error("the pickle names '" + name.substr(0, 100) +
                           "', which is not read: only tensors, containers, "
                           "strings and numbers are",
                       "save tensors alone, for example torch.save(model.state_dict(), \"weights.pth\")");
  if (const auto dtype = element_type_of_global(name)) return push({*dtype});
  return push({PickleGlobal{name}});
}

Status Unpickler::global(std::uint64_t) {
  CORTADO_TRY(const std::string module, take_line());
  CORTADO_TRY(const std::string name, take_line());
  return push_global(module + "." + name);
}

Status Unpickler::stack_global(std::uint64_t) {
  CORTADO_TRY(const PickleValue* name, popped());
  CORTADO_TRY(const PickleValue* module, popped());
  const auto* name_text = name->get<std::string>();
  const auto* module_text = module->get<std::string>();
  if (name_text == nullptr || module_text == nullptr) return damaged();
  return push_global(*module_text + "." + *name_text);
}

Status Unpickler::reduce(std::uint64_t) {
  CORTADO_TRY(const PickleValue* arguments, popped());
  CORTADO_TRY(const PickleValue* callable, popped());
  const auto* global = callable->get<PickleGlobal>();
  const auto* tuple = arguments->get<PickleTuple>();
  if (global == nullptr || tuple == nullptr) return damaged();
  CORTADO_TRY(PickleValue value, call_global(global->name, tuple->items));
  constexpr std::size_t most_copied = std::size_t{1} << 24;
  copied_ += cost(value);
  if (copied_ > most_copied) return input_error("the pickle copies its own content too often");
  return push(std::move(value));
}

// Attributes of dictionaries (a state dict's _metadata) and of tensors are not data.
Status Unpickler::build(std::uint64_t) {
  CORTADO_TRY([[maybe_unused]] const PickleValue* state, popped());
  CORTADO_TRY(const PickleValue* target, top());
  if (target->get<PickleDict>() == nullptr && target->get<PickleTensor>() == nullptr) return damaged();
  return {};
}

Status Unpickler::persistent_id(std::uint64_t) {
  CORTADO_TRY(const PickleValue* id, popped());
  CORTADO_TRY(PickleStorage storage, storage_of(*id));
  const auto [known, is_new] = storage_index_.emplace(storage.key, pickle_.storages.size());
  if (is_new) pickle_.storages.push_back(storage);
  const PickleStorage& first = pickle_.storages[known->second];
  if (first.dtype != storage.dtype || first.elements != storage.elements) {
    return input_error("the pickle describes the storage '" + storage.key + "' in two ways");
  }
  return push({std::move(storage)});
}

}  // namespace cortado::formats
