#include "compiler/calibrate/fingerprint.h"

#include <fmt/format.h>

#include <bit>
#include <cstdint>
#include <type_traits>

namespace cortado::compiler {
namespace {

// FNV-1a on 64-bit words; tensors enter as little-endian words.
class Hash {
 public:
  void word(std::uint64_t word) {
    state_ = (state_ ^ word) * 0x100000001b3ull;
    state_ ^= state_ >> 29;  // FNV's high bits never reach the low ones by themselves
  }
  void add(std::int64_t number) { word(static_cast<std::uint64_t>(number)); }
  void add(double number) { word(std::bit_cast<std::uint64_t>(number)); }
  void add(std::string_view text) {
    word(text.size());
    for (const char c : text) word(static_cast<std::uint8_t>(c));
  }
  void add(const ir::Tensor& tensor) {
    add(std::int64_t{static_cast<std::uint8_t>(tensor.dtype())});
    for (const std::int64_t size : tensor.shape()) add(size);
    const auto bytes = tensor.bytes();
    for (std::size_t i = 0; i < bytes.size(); i += 8) {
      std::uint64_t eight = 0;
      for (std::size_t k = 0; k < 8 && i + k < bytes.size(); ++k) eight |= std::uint64_t{bytes[i + k]} << (8 * k);
      word(eight);
    }
  }
  std::uint64_t state() const { return state_; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ull;
};

void add_value(Hash& hash, const ir::Value* value) {
  hash.add(value != nullptr ? std::string_view(value->name) : std::string_view("null"));
}

template <class T>
void add_item(Hash& hash, const T& item) {
  if constexpr (std::is_same_v<T, ir::None>)
    hash.word(0);
  else if constexpr (std::is_same_v<T, ir::Value*>)
    add_value(hash, item);
  else if constexpr (std::is_same_v<T, double>)
    hash.add(item);
  else if constexpr (std::is_same_v<T, std::string>)
    hash.add(std::string_view(item));
  else
    hash.add(static_cast<std::int64_t>(item));  // bool, integers, DType
}

void add_argument(Hash& hash, const ir::Argument& argument) {
  hash.word(argument.index());
  std::visit(
      [&]<class T>(const T& item) {
        if constexpr (std::is_same_v<T, std::string>)
          add_item(hash, item);
        else if constexpr (requires { item.size(); }) {
          hash.word(item.size());
          for (typename T::value_type element : item) add_item(hash, element);
        } else
          add_item(hash, item);
      },
      static_cast<const ir::Argument::variant&>(argument));
}

}  // namespace

std::string fingerprint(const ir::Graph& graph) {
  Hash hash;
  for (const auto& value : graph.values()) {
    if (value->kind == ir::ValueKind::result || value->kind == ir::ValueKind::scratch) continue;
    hash.add(std::string_view(value->name));
    hash.add(static_cast<std::int64_t>(value->kind));
    hash.add(value->kind == ir::ValueKind::input ? ir::Tensor(value->type.dtype, {0}) : value->data);
    for (const std::int64_t size : value->type.shape) hash.add(size);
  }
  for (const auto& node : graph.nodes()) {
    hash.add(std::string_view(node->op));
    for (const ir::Value* output : node->outputs) add_value(hash, output);
    for (const ir::NamedArgument& argument : node->arguments) {
      hash.add(std::string_view(argument.name));
      add_argument(hash, argument.value);
    }
  }
  for (const ir::Output& output : graph.outputs()) add_value(hash, output.value);
  for (const ir::Mutation& mutation : graph.mutations())
    add_value(hash, mutation.target), add_value(hash, mutation.value);
  return fmt::format("hash64:{:016x}", hash.state());
}

}  // namespace cortado::compiler
