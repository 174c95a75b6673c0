#include "formats/pte/check.h"

namespace cortado::pte {
namespace {

Status in_range(std::int64_t index, std::size_t count, const std::string& what) {
  if (index >= 0 && static_cast<std::uint64_t>(index) < count) return {};
  return internal_error("writing a program: " + what + " " + std::to_string(index) + " does not exist, there are " +
                        std::to_string(count));
}

Status all_in_range(const std::vector<Index>& indices, std::size_t count, const std::string& what) {
  for (Index index : indices) CORTADO_CHECK(in_range(index, count, what));
  return {};
}

Status check_tensor(const Program& program, const Plan& plan, const Tensor& tensor) {
  if (tensor.sizes.size() != tensor.dim_order.size())
    return internal_error("writing a program: a tensor's dim_order and sizes differ in length");
  if (tensor.constant && tensor.allocation) return internal_error("writing a program: a constant has planned memory");
  if (tensor.initial && !tensor.allocation)
    return internal_error("writing a program: a mutable buffer has no planned memory");
  if (tensor.constant) CORTADO_CHECK(in_range(*tensor.constant, program.constants.size(), "constant"));
  if (tensor.initial) CORTADO_CHECK(in_range(*tensor.initial, program.initial_states.size(), "initial state"));
  if (tensor.allocation) {
    CORTADO_CHECK(in_range(tensor.allocation->memory_id, plan.buffer_sizes.size(), "memory region"));
    if (tensor.allocation->memory_id == 0) return internal_error("writing a program: memory region 0 is reserved");
  }
  return {};
}

Status check_value(const Program& program, const Plan& plan, const Value& value) {
  const std::size_t count = plan.values.size();
  if (const auto* tensor = std::get_if<Tensor>(&value)) return check_tensor(program, plan, *tensor);
  if (const auto* ints = std::get_if<IntList>(&value)) return all_in_range(ints->items, count, "value");
  if (const auto* tensors = std::get_if<TensorList>(&value)) return all_in_range(tensors->items, count, "value");
  if (const auto* tensors = std::get_if<OptionalTensorList>(&value))
    for (Index index : tensors->items)
      if (index != -1) CORTADO_CHECK(in_range(index, count, "value"));
  return {};
}

Status check_instruction(const Plan& plan, const Instruction& instruction) {
  const std::size_t values = plan.values.size();
  if (const auto* call = std::get_if<KernelCall>(&instruction)) {
    CORTADO_CHECK(in_range(call->op, plan.operators.size(), "operator"));
    return all_in_range(call->arguments, values, "value");
  }
  if (const auto* call = std::get_if<DelegateCall>(&instruction)) {
    CORTADO_CHECK(in_range(call->delegate, plan.delegates.size(), "delegate"));
    return all_in_range(call->arguments, values, "value");
  }
  if (const auto* move = std::get_if<Move>(&instruction)) return all_in_range({move->from, move->to}, values, "value");
  if (const auto* jump = std::get_if<JumpFalse>(&instruction)) {
    CORTADO_CHECK(in_range(jump->condition, values, "value"));
    return in_range(jump->destination, plan.instructions.size() + 1, "instruction");
  }
  return in_range(std::get<Free>(instruction).value, values, "value");
}

Status check_plan(const Program& program, const Plan& plan) {
  CORTADO_CHECK(all_in_range(plan.inputs, plan.values.size(), "value"));
  CORTADO_CHECK(all_in_range(plan.outputs, plan.values.size(), "value"));
  for (const Value& value : plan.values) CORTADO_CHECK(check_value(program, plan, value));
  for (const Instruction& instruction : plan.instructions) CORTADO_CHECK(check_instruction(plan, instruction));
  return {};
}

}  // namespace

Status check(const Program& program) {
  for (const Plan& plan : program.plans)
    if (auto status = check_plan(program, plan); !status) return std::move(status).error().in("method " + plan.name);
  return {};
}

}  // namespace cortado::pte
