// Small programs for the tests of the runtime.
#pragma once

#include <cstring>
#include <vector>

#include "formats/pte/program.h"

namespace cortado::testing {

// Builds a method value by value.
class PlanBuilder {
 public:
  pte::Program program;

  PlanBuilder() {
    program.plans.emplace_back();
    plan().buffer_sizes = {0, 0};
  }
  pte::Plan& plan() { return program.plans.back(); }

  template <class T>
  pte::Index add(T value) {
    plan().values.emplace_back(std::move(value));
    return static_cast<pte::Index>(plan().values.size() - 1);
  }
  pte::Index integer(std::int64_t value) { return add(value); }
  pte::Index integers(const std::vector<std::int64_t>& values) {
    pte::IntList list;
    for (std::int64_t value : values) list.items.push_back(integer(value));
    return add(list);
  }
  // A tensor at the end of region `memory_id`.
  pte::Index planned(DType dtype, std::vector<std::int32_t> sizes, std::uint32_t memory_id = 1) {
    pte::Tensor tensor = shaped(dtype, std::move(sizes));
    auto& end = plan().buffer_sizes.at(memory_id);
    tensor.allocation = {memory_id, static_cast<std::uint64_t>(end)};
    end += static_cast<std::int64_t>((bytes(tensor) + 15) / 16 * 16);
    return add(tensor);
  }
  pte::Index unplanned(DType dtype, std::vector<std::int32_t> sizes) { return add(shaped(dtype, std::move(sizes))); }
  template <class T>
  pte::Index constant(DType dtype, std::vector<std::int32_t> sizes, const std::vector<T>& values) {
    pte::Tensor tensor = shaped(dtype, std::move(sizes));
    tensor.constant = static_cast<std::uint32_t>(program.constants.size());
    program.constants.push_back(to_bytes(values));
    return add(tensor);
  }
  // A mutable buffer with first content.
  template <class T>
  pte::Index state(DType dtype, std::vector<std::int32_t> sizes, const std::vector<T>& values,
                   std::uint32_t memory_id = 1) {
    const pte::Index index = planned(dtype, std::move(sizes), memory_id);
    std::get<pte::Tensor>(plan().values[static_cast<std::size_t>(index)]).initial =
        static_cast<std::uint32_t>(program.initial_states.size());
    program.initial_states.push_back(to_bytes(values));
    return index;
  }
  // Calls "name.overload"; the last argument is returned.
  void call(const std::string& name, const std::string& overload, std::vector<pte::Index> arguments) {
    std::size_t op = 0;
    while (op < plan().operators.size() && plan().operators[op].name != name) ++op;
    if (op == plan().operators.size()) plan().operators.push_back({name, overload});
    arguments.push_back(arguments.back());
    plan().instructions.push_back(pte::KernelCall{static_cast<pte::Index>(op), std::move(arguments)});
  }
  // y[n, o] = clamp(round(Σ_i x[n, i] · w[o, i]) · 2^shift): multiplier 2^30 is one half.
  void linear(pte::Index x, pte::Index weights, pte::Index out, std::int64_t shift = 1) {
    call("cortex_m::quantized_linear", "out",
         {x, weights, add(pte::None{}), add(pte::None{}), integer(0), integer(0), integer(0), integers({1 << 30}),
          integers({shift}), integer(127), integer(-128), out});
  }

 private:
  static pte::Tensor shaped(DType dtype, std::vector<std::int32_t> sizes) {
    pte::Tensor tensor;
    tensor.dtype = dtype;
    tensor.sizes = std::move(sizes);
    for (std::size_t i = 0; i < tensor.sizes.size(); ++i) tensor.dim_order.push_back(static_cast<std::uint8_t>(i));
    return tensor;
  }
  static std::size_t bytes(const pte::Tensor& tensor) {
    std::size_t count = size_bytes(tensor.dtype);
    for (std::int32_t size : tensor.sizes) count *= static_cast<std::size_t>(size);
    return count;
  }
  template <class T>
  static pte::Bytes to_bytes(const std::vector<T>& values) {
    pte::Bytes result(values.size() * sizeof(T));
    std::memcpy(result.data(), values.data(), result.size());
    return result;
  }
};

// x i8 [2, 3] → linear → i8 [2, 2] → linear → i8 [2, 2].
inline pte::Program two_linears() {
  PlanBuilder builder;
  const pte::Index x = builder.planned(DType::i8, {2, 3});
  const pte::Index middle = builder.planned(DType::i8, {2, 2});
  const pte::Index out = builder.planned(DType::i8, {2, 2});
  builder.linear(x, builder.constant<std::int8_t>(DType::i8, {2, 3}, {1, 0, 0, 1, 1, 1}), middle);
  builder.linear(middle, builder.constant<std::int8_t>(DType::i8, {2, 2}, {0, 1, 2, 0}), out);
  builder.plan().inputs = {x};
  builder.plan().outputs = {out};
  return std::move(builder.program);
}

// state ← state · 2, with the state in region `region`; the output is the state itself.
inline pte::Program doubling_state(std::uint32_t region) {
  PlanBuilder builder;
  builder.plan().buffer_sizes = {0, 0, 0};
  const auto x = builder.planned(DType::i8, {1, 1});
  const auto state = builder.state<std::int8_t>(DType::i8, {1, 1}, {3}, region);
  const auto doubled = builder.planned(DType::i8, {1, 1});
  builder.linear(state, builder.constant<std::int8_t>(DType::i8, {1, 1}, {2}), doubled);
  builder.plan().instructions.push_back(pte::Move{doubled, state});
  builder.plan().inputs = {x};
  builder.plan().outputs = {state};
  return std::move(builder.program);
}

// The shape of torch.cond: a branch that is skipped when the condition is false.
inline pte::Program branches() {
  PlanBuilder builder;
  const auto x = builder.planned(DType::i8, {1, 1});
  const auto condition = builder.planned(DType::boolean, {});
  const auto a = builder.planned(DType::i8, {1, 1});
  const auto out = builder.planned(DType::i8, {1, 1});
  const auto never = builder.add(false);
  builder.plan().instructions.push_back(pte::JumpFalse{condition, 4});
  builder.linear(x, builder.constant<std::int8_t>(DType::i8, {1, 1}, {2}), a);
  builder.plan().instructions.push_back(pte::Move{a, out});
  builder.plan().instructions.push_back(pte::JumpFalse{never, 6});
  builder.linear(x, builder.constant<std::int8_t>(DType::i8, {1, 1}, {5}), a);
  builder.plan().instructions.push_back(pte::Move{a, out});
  builder.plan().instructions.push_back(pte::Free{a});
  builder.plan().inputs = {x, condition};
  builder.plan().outputs = {out};
  return std::move(builder.program);
}

}  // namespace cortado::testing
