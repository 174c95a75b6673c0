#include "tools/program_summary.h"

#include <algorithm>
#include <set>

#include "formats/pte/program_generated.h"

namespace cortado::tools {
namespace {

namespace wire = pte::wire;

std::string text(const flatbuffers::String* string) { return string == nullptr ? std::string() : string->str(); }

class Reader {
 public:
  explicit Reader(const wire::ExecutionPlan& plan) : plan_(plan) {}

  ProgramSummary read() {
    ports(plan_.inputs(), "input_", summary_.inputs);
    ports(plan_.outputs(), "output_", summary_.outputs);
    if (plan_.chains() != nullptr)
      for (const auto* chain : *plan_.chains())
        if (chain != nullptr && chain->instructions() != nullptr)
          for (const auto* instruction : *chain->instructions())
            if (instruction != nullptr) call(*instruction);
    constants();
    if (plan_.non_const_buffer_sizes() != nullptr)
      for (const std::int64_t size : *plan_.non_const_buffer_sizes())
        summary_.arena_bytes += static_cast<std::uint64_t>(std::max<std::int64_t>(size, 0));
    return std::move(summary_);
  }

 private:
  const wire::EValue* value(std::int32_t index) const {
    const auto* values = plan_.values();
    return values != nullptr && index >= 0 && static_cast<std::uint32_t>(index) < values->size()
               ? values->Get(static_cast<std::uint32_t>(index))
               : nullptr;
  }

  SummaryPort port(std::int32_t index, const std::string& name) const {
    SummaryPort result{name, {}};
    const wire::EValue* entry = value(index);
    const wire::Tensor* tensor = entry == nullptr ? nullptr : entry->val_as_Tensor();
    if (tensor == nullptr) return result;
    result.type.dtype = static_cast<DType>(tensor->scalar_type());
    if (tensor->sizes() != nullptr) result.type.shape.assign(tensor->sizes()->begin(), tensor->sizes()->end());
    if (tensor->dim_order() != nullptr)
      result.type.dim_order.assign(tensor->dim_order()->begin(), tensor->dim_order()->end());
    if (const auto* extra = tensor->extra_tensor_info(); extra != nullptr && !text(extra->fully_qualified_name()).empty())
      result.name = text(extra->fully_qualified_name());
    return result;
  }

  void ports(const flatbuffers::Vector<std::int32_t>* indices, const std::string& prefix,
             std::vector<SummaryPort>& list) const {
    if (indices == nullptr) return;
    for (std::uint32_t i = 0; i < indices->size(); ++i)
      list.push_back(port(indices->Get(i), prefix + std::to_string(i)));
  }

  std::string op_name(std::int32_t index) const {
    const auto* operators = plan_.operators();
    if (operators == nullptr || index < 0 || static_cast<std::uint32_t>(index) >= operators->size()) return "?";
    const auto* op = operators->Get(static_cast<std::uint32_t>(index));
    const std::string overload = text(op->overload());
    return text(op->name()) + (overload.empty() ? "" : "." + overload);
  }

  // The result of a kernel call is its last argument: a tensor, or a list of tensors.
  void results(const flatbuffers::Vector<std::int32_t>* arguments, SummaryCall& call) const {
    if (arguments == nullptr || arguments->size() == 0) return;
    const std::int32_t last = arguments->Get(arguments->size() - 1);
    const wire::EValue* entry = value(last);
    if (entry == nullptr) return;
    if (const auto* list = entry->val_as_TensorList(); list != nullptr && list->items() != nullptr)
      for (const std::int32_t item : *list->items()) call.outputs.push_back(port(item, "value_" + std::to_string(item)));
    else
      call.outputs.push_back(port(last, "value_" + std::to_string(last)));
  }

  void call(const wire::Instruction& instruction) {
    SummaryCall call;
    call.name = std::to_string(summary_.calls.size());
    if (const auto* kernel = instruction.instr_args_as_KernelCall()) {
      call.op = op_name(kernel->op_index());
      results(kernel->args(), call);
    } else {
      call.op = wire::EnumNameInstructionArguments(instruction.instr_args_type());
    }
    summary_.calls.push_back(std::move(call));
  }

  void constants() {
    if (plan_.values() == nullptr) return;
    std::set<std::uint32_t> seen;
    for (const auto* entry : *plan_.values()) {
      const wire::Tensor* tensor = entry == nullptr ? nullptr : entry->val_as_Tensor();
      if (tensor == nullptr || tensor->data_buffer_idx() == 0 || tensor->allocation_info() != nullptr) continue;
      if (!seen.insert(tensor->data_buffer_idx()).second || tensor->sizes() == nullptr) continue;
      std::uint64_t bytes = size_bytes(static_cast<DType>(tensor->scalar_type()));
      for (const std::int32_t size : *tensor->sizes()) bytes *= static_cast<std::uint64_t>(std::max(size, 0));
      summary_.constants_bytes += bytes;
    }
  }

  const wire::ExecutionPlan& plan_;
  ProgramSummary summary_;
};

}  // namespace

Result<ProgramSummary> summarise_program(std::span<const std::uint8_t> bytes, const std::string& file,
                                         const std::string& method) {
  flatbuffers::Verifier verifier(bytes.data(), bytes.size(), 64, 10'000'000);
  if (bytes.size() < 8 || !wire::VerifyProgramBuffer(verifier))
    return input_error(file + ": not an ExecuTorch program, or damaged");
  const wire::Program& program = *wire::GetProgram(bytes.data());
  std::vector<std::string> methods;
  const wire::ExecutionPlan* chosen = nullptr;
  if (program.execution_plan() != nullptr)
    for (const auto* plan : *program.execution_plan()) {
      methods.push_back(text(plan->name()));
      if (methods.back() == (method.empty() ? "forward" : method)) chosen = plan;
    }
  if (chosen == nullptr && method.empty() && methods.size() == 1) chosen = program.execution_plan()->Get(0);
  if (chosen == nullptr) return input_error(file + ": has no method '" + (method.empty() ? "forward" : method) + "'");
  ProgramSummary summary = Reader(*chosen).read();
  summary.methods = std::move(methods);
  return summary;
}

}  // namespace cortado::tools
