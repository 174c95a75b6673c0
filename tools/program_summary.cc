#include "tools/program_summary.h"

#include <algorithm>
#include <set>

#include "formats/pte/parse.h"
#include "stream/blob.h"

namespace cortado::tools {
namespace {

const pte::Value* value(const pte::Plan& plan, pte::Index index) {
  const auto i = static_cast<std::size_t>(index);
  return index >= 0 && i < plan.values.size() ? &plan.values[i] : nullptr;
}

// A value that is no tensor has no type to show.
SummaryPort port(const pte::Plan& plan, pte::Index index, const std::string& name) {
  SummaryPort result{name, {}};
  const pte::Value* entry = value(plan, index);
  const auto* tensor = entry == nullptr ? nullptr : std::get_if<pte::Tensor>(entry);
  if (tensor == nullptr) return result;
  result.type.dtype = tensor->dtype;
  result.type.shape.assign(tensor->sizes.begin(), tensor->sizes.end());
  if (!std::is_sorted(tensor->dim_order.begin(), tensor->dim_order.end())) result.type.dim_order = tensor->dim_order;
  if (!tensor->name.empty()) result.name = tensor->name;
  return result;
}

std::vector<SummaryPort> ports(const pte::Plan& plan, const std::vector<pte::Index>& indices,
                               const std::string& prefix) {
  std::vector<SummaryPort> list;
  for (const pte::Index index : indices) list.push_back(port(plan, index, prefix + std::to_string(list.size())));
  return list;
}

// The result of a call is its last argument: a tensor, or a list of them.
std::vector<SummaryPort> results(const pte::Plan& plan, const std::vector<pte::Index>& arguments) {
  const pte::Value* last = arguments.empty() ? nullptr : value(plan, arguments.back());
  if (last == nullptr) return {};
  std::vector<pte::Index> indices = {arguments.back()};
  if (const auto* list = std::get_if<pte::TensorList>(last)) indices = list->items;
  std::vector<SummaryPort> outputs;
  for (const pte::Index index : indices) outputs.push_back(port(plan, index, "value_" + std::to_string(index)));
  return outputs;
}

std::string op_name(const pte::Plan& plan, pte::Index index) {
  const auto i = static_cast<std::size_t>(index);
  if (index < 0 || i >= plan.operators.size()) return "?";
  const pte::Operator& op = plan.operators[i];
  return op.name + (op.overload.empty() ? "" : "." + op.overload);
}

// Calls the delegate by its backend's name; our own blobs tell their stages.
Status describe_delegate(const pte::Plan& plan, const pte::DelegateCall& instruction, SummaryCall& call) {
  const auto i = static_cast<std::size_t>(instruction.delegate);
  if (instruction.delegate < 0 || i >= plan.delegates.size()) return {};
  const pte::Delegate& delegate = plan.delegates[i];
  call.op = delegate.backend;
  if (delegate.backend != stream::backend_name) return {};
  CORTADO_TRY(call.stages, summarise_stream(delegate.processed));
  return {};
}

Result<SummaryCall> call(const pte::Plan& plan, const pte::Instruction& instruction, std::size_t position) {
  SummaryCall call{"", std::to_string(position), {}, {}};
  if (const auto* kernel = std::get_if<pte::KernelCall>(&instruction)) {
    call.op = op_name(plan, kernel->op);
    call.outputs = results(plan, kernel->arguments);
  } else {
    constexpr const char* names[] = {"", "delegate", "move", "jump_false", "free"};
    call.op = names[instruction.index()];
    if (const auto* delegate = std::get_if<pte::DelegateCall>(&instruction))
      CORTADO_CHECK(describe_delegate(plan, *delegate, call));
  }
  return call;
}

std::uint64_t constants_bytes(const pte::Plan& plan) {
  std::set<std::uint32_t> seen;
  std::uint64_t total = 0;
  for (const pte::Value& entry : plan.values) {
    const auto* tensor = std::get_if<pte::Tensor>(&entry);
    if (tensor == nullptr || !tensor->constant || !seen.insert(*tensor->constant).second) continue;
    std::uint64_t bytes = size_bytes(tensor->dtype);
    for (const std::int32_t size : tensor->sizes) bytes *= static_cast<std::uint64_t>(std::max(size, 0));
    total += bytes;
  }
  return total;
}

Result<const pte::Plan*> find_method(const pte::Program& program, const std::string& method) {
  for (const pte::Plan& plan : program.plans)
    if (plan.name == (method.empty() ? "forward" : method)) return &plan;
  if (method.empty() && program.plans.size() == 1) return program.plans.data();
  std::string names;
  for (const pte::Plan& plan : program.plans) names += (names.empty() ? "" : ", ") + plan.name;
  return input_error("there is no method '" + (method.empty() ? "forward" : method) + "'", "methods: " + names);
}

}  // namespace

Result<ProgramSummary> summarise_program(std::span<const std::uint8_t> bytes, const std::string& file,
                                         const std::string& method) {
  auto program = pte::parse(bytes);
  if (!program) return std::move(program).error().in(file);
  auto found = find_method(program.value(), method);
  if (!found) return std::move(found).error().in(file);
  const pte::Plan& plan = *found.value();
  ProgramSummary summary;
  for (const pte::Plan& other : program.value().plans) summary.methods.push_back(other.name);
  summary.inputs = ports(plan, plan.inputs, "input_");
  summary.outputs = ports(plan, plan.outputs, "output_");
  for (const pte::Instruction& instruction : plan.instructions) {
    auto described = call(plan, instruction, summary.calls.size());
    if (!described) return std::move(described).error().in(file);
    summary.calls.push_back(std::move(described).value());
  }
  summary.constants_bytes = constants_bytes(plan);
  for (const std::int64_t size : plan.buffer_sizes)
    summary.arena_bytes += static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0));
  return summary;
}

}  // namespace cortado::tools
