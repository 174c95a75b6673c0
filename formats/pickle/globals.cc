#include "formats/pickle/globals.h"

#include <algorithm>
#include <optional>

namespace cortado::formats {
namespace {

Diagnostic bad_arguments(std::string_view name) {
  return input_error("the pickle calls '" + std::string(name) + "' with arguments that do not fit");
}

// --- names that stand for a value

struct TypeName {
  std::string_view name;
  DType dtype;
};
constexpr TypeName storage_types[] = {
    {"torch.ByteStorage", DType::u8},      {"torch.CharStorage", DType::i8},
    {"torch.ShortStorage", DType::i16},    {"torch.IntStorage", DType::i32},
    {"torch.LongStorage", DType::i64},     {"torch.HalfStorage", DType::f16},
    {"torch.FloatStorage", DType::f32},    {"torch.DoubleStorage", DType::f64},
    {"torch.BoolStorage", DType::boolean}, {"torch.BFloat16Storage", DType::bf16},
    {"torch.UntypedStorage", DType::u8},   {"torch.storage.UntypedStorage", DType::u8},
};
constexpr TypeName element_types[] = {
    {"torch.uint8", DType::u8},      {"torch.int8", DType::i8},     {"torch.int16", DType::i16},
    {"torch.int32", DType::i32},     {"torch.int64", DType::i64},   {"torch.float16", DType::f16},
    {"torch.float32", DType::f32},   {"torch.float64", DType::f64}, {"torch.bool", DType::boolean},
    {"torch.bfloat16", DType::bf16},
};

template <std::size_t n>
std::optional<DType> lookup(const TypeName (&table)[n], std::string_view name) {
  for (const TypeName& row : table)
    if (row.name == name) return row.dtype;
  return std::nullopt;
}

// --- arguments

const PickleItems* sequence(const PickleValue& value) {
  if (const auto* tuple = value.get<PickleTuple>()) return &tuple->items;
  if (const auto* list = value.get<PickleList>()) return &list->items;
  return nullptr;
}

bool read_integers(const PickleValue& value, std::vector<std::int64_t>& integers) {
  const PickleItems* items = sequence(value);
  constexpr std::size_t most_dimensions = 64;
  if (items == nullptr || items->size() > most_dimensions) return false;
  for (const PickleValue* item : *items) {
    const auto* integer = item->get<std::int64_t>();
    if (integer == nullptr) return false;
    integers.push_back(*integer);
  }
  return true;
}

// --- callables

using Call = Result<PickleValue> (*)(std::string_view name, const PickleItems& arguments);

// (storage, offset, size, stride, …); v3 names the element type in argument 6.
Result<PickleValue> rebuild_tensor(std::string_view name, const PickleItems& arguments) {
  const bool typed = name == "torch._utils._rebuild_tensor_v3";
  if (arguments.size() < (typed ? 7u : 4u)) return bad_arguments(name);
  const auto* storage = arguments[0]->get<PickleStorage>();
  const auto* offset = arguments[1]->get<std::int64_t>();
  PickleTensor tensor;
  if (storage == nullptr || offset == nullptr || !read_integers(*arguments[2], tensor.layout.sizes) ||
      !read_integers(*arguments[3], tensor.layout.strides) ||
      tensor.layout.sizes.size() != tensor.layout.strides.size())
    return bad_arguments(name);
  tensor.layout.dtype = storage->dtype;
  if (typed) {
    const auto* dtype = arguments[6]->get<DType>();
    if (dtype == nullptr) return bad_arguments(name);
    tensor.layout.dtype = *dtype;
  }
  tensor.layout.offset = *offset;
  tensor.storage = storage->key;
  return PickleValue{tensor};
}

// (tensor, requires_grad, hooks[, state]): a parameter is its tensor.
Result<PickleValue> first_argument(std::string_view name, const PickleItems& arguments) {
  if (arguments.empty() || arguments[0]->get<PickleTensor>() == nullptr) return bad_arguments(name);
  return *arguments[0];
}

// (function, class, arguments, state): a tensor with attributes is the tensor.
Result<PickleValue> rebuild_from_type(std::string_view name, const PickleItems& arguments) {
  if (arguments.size() < 3) return bad_arguments(name);
  const auto* function = arguments[0]->get<PickleGlobal>();
  const auto* type = arguments[1]->get<PickleGlobal>();
  const PickleItems* inner = sequence(*arguments[2]);
  if (function == nullptr || type == nullptr || inner == nullptr || function->name == name) return bad_arguments(name);
  if (type->name != "torch.Tensor" && type->name != "torch.nn.parameter.Parameter") return bad_arguments(name);
  return call_global(function->name, *inner);
}

// () or (list of pairs)
Result<PickleValue> make_dict(std::string_view name, const PickleItems& arguments) {
  PickleDict dict;
  if (arguments.empty()) return PickleValue{dict};
  if (const auto* other = arguments[0]->get<PickleDict>()) return PickleValue{*other};
  const PickleItems* pairs = sequence(*arguments[0]);
  if (pairs == nullptr) return bad_arguments(name);
  for (const PickleValue* pair : *pairs) {
    const PickleItems* items = sequence(*pair);
    if (items == nullptr || items->size() != 2) return bad_arguments(name);
    dict.entries.emplace_back((*items)[0], (*items)[1]);
  }
  return PickleValue{dict};
}

Result<PickleValue> make_set(std::string_view name, const PickleItems& arguments) {
  if (arguments.empty()) return PickleValue{PickleSet{}};
  const PickleItems* items = sequence(*arguments[0]);
  if (items == nullptr) return bad_arguments(name);
  return PickleValue{PickleSet{*items}};
}

Result<PickleValue> make_tuple(std::string_view name, const PickleItems& arguments) {
  if (arguments.empty()) return PickleValue{PickleTuple{}};
  const PickleItems* items = sequence(*arguments[0]);
  if (items == nullptr) return bad_arguments(name);
  return PickleValue{PickleTuple{*items}};
}

// ('cpu'[, index]): the device's name; tensors are read to the host from any device.
Result<PickleValue> make_device(std::string_view name, const PickleItems& arguments) {
  if (arguments.empty() || arguments[0]->get<std::string>() == nullptr) return bad_arguments(name);
  return *arguments[0];
}

// How protocol 2 writes bytes: (text, 'latin1'), each character one byte.
Result<PickleValue> encode(std::string_view name, const PickleItems& arguments) {
  const std::string* text = arguments.empty() ? nullptr : arguments[0]->get<std::string>();
  if (text == nullptr) return bad_arguments(name);
  PickleBytes bytes;
  for (std::size_t i = 0; i < text->size(); ++i) {
    const auto lead = static_cast<std::uint8_t>((*text)[i]);
    if (lead < 0x80) {
      bytes.bytes.push_back(lead);
      continue;
    }
    const bool two_bytes = (lead & 0xfeu) == 0xc2u && i + 1 < text->size();  // U+0080 … U+00FF
    if (!two_bytes) return bad_arguments(name);
    bytes.bytes.push_back(
        static_cast<std::uint8_t>((lead & 3u) << 6 | (static_cast<std::uint8_t>((*text)[++i]) & 0x3fu)));
  }
  return PickleValue{bytes};
}

struct Callable {
  std::string_view name;
  Call call;
};
constexpr Callable callables[] = {
    {"torch._utils._rebuild_tensor", rebuild_tensor},
    {"torch._utils._rebuild_tensor_v2", rebuild_tensor},
    {"torch._utils._rebuild_tensor_v3", rebuild_tensor},
    {"torch._utils._rebuild_parameter", first_argument},
    {"torch._utils._rebuild_parameter_with_state", first_argument},
    {"torch._tensor._rebuild_from_type_v2", rebuild_from_type},
    {"collections.OrderedDict", make_dict},
    {"builtins.dict", make_dict},
    {"builtins.set", make_set},
    {"builtins.frozenset", make_set},
    {"__builtin__.set", make_set},
    {"__builtin__.frozenset", make_set},
    {"torch.Size", make_tuple},
    {"torch.device", make_device},
    {"_codecs.encode", encode},
};
// Classes that only occur as arguments.
constexpr std::string_view classes[] = {"torch.Tensor", "torch.nn.parameter.Parameter"};

}  // namespace

bool is_allowed_global(std::string_view name) {
  const auto is_it = [&](const auto& row) { return row.name == name; };
  return lookup(storage_types, name) || lookup(element_types, name) ||
         std::any_of(std::begin(callables), std::end(callables), is_it) ||
         std::find(std::begin(classes), std::end(classes), name) != std::end(classes);
}

std::optional<DType> element_type_of_global(std::string_view name) { return lookup(element_types, name); }

Result<PickleValue> call_global(std::string_view name, const PickleItems& arguments) {
  for (const Callable& row : callables)
    if (row.name == name) return row.call(name, arguments);
  return input_error("the pickle calls '" + std::string(name) + "', which is no function");
}

Result<PickleStorage> storage_of(const PickleValue& persistent_id) {
  const PickleItems* items = sequence(persistent_id);
  const Diagnostic malformed = input_error("the pickle names an external object that is no storage of a tensor",
                                           "save tensors, not modules: torch.save(model.state_dict(), …)");
  if (items == nullptr || items->size() < 5) return malformed;
  const auto* kind = (*items)[0]->get<std::string>();
  const auto* type = (*items)[1]->get<PickleGlobal>();
  const auto* key = (*items)[2]->get<std::string>();
  const auto* elements = (*items)[4]->get<std::int64_t>();
  if (kind == nullptr || *kind != "storage" || type == nullptr || key == nullptr || elements == nullptr ||
      *elements < 0)
    return malformed;
  const auto dtype = lookup(storage_types, type->name);
  if (!dtype) return malformed;
  if (items->size() > 5 && !(*items)[5]->is_none())
    return input_error("the pickle holds a view of a storage in a form that PyTorch stopped writing in 2018");
  return PickleStorage{*key, *dtype, *elements};
}

}  // namespace cortado::formats
