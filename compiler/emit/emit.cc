#include "compiler/emit/emit.h"

#include "compiler/emit/arguments.h"
#include "compiler/emit/value_table.h"
#include "compiler/optimise/stream_node.h"
#include "ops/alias/alias.h"
#include "ops/infer.h"
#include "stream/blob.h"

namespace cortado::compiler {
namespace {

constexpr std::string_view write_back_op = "aten::copy_";

class Emitter {
 public:
  Emitter(const ir::Graph& graph, const Plan& plan) : graph_(graph), values_(plan, program_, method_) {
    method_.name = graph.method_name;
    method_.input_spec = graph.input_spec;
    method_.output_spec = graph.output_spec;
    method_.buffer_sizes = {0, static_cast<std::int64_t>(plan.arena_bytes)};
  }

  Result<pte::Program> run() {
    for (const ir::Value* input : graph_.inputs) {
      CORTADO_TRY(const pte::Index index, values_.tensor(*input));
      method_.inputs.push_back(index);
    }
    for (const auto& node : graph_.nodes()) {
      if (ops::is_alias(*node)) continue;
      if (Status status = is_stream(*node) ? delegate_call(*node) : call(*node); !status)
        return ops::at_node(std::move(status).error(), *node);
    }
    for (const ir::Mutation& mutation : graph_.mutations()) CORTADO_CHECK(write_back(mutation));
    for (const ir::Output& output : graph_.outputs()) {
      CORTADO_TRY(const pte::Index index, values_.tensor(*output.value));
      method_.outputs.push_back(index);
    }
    program_.plans.push_back(std::move(method_));
    return std::move(program_);
  }

 private:
  Status call(const ir::Node& node) {
    const ops::WireOperator* wire = ops::registry().find_wire(node.op);
    if (wire == nullptr) return internal_error("the operator is not one of a program");
    pte::KernelCall instruction;
    instruction.op = operator_index(node.op);
    CORTADO_TRY(instruction.arguments, call_arguments(node, *wire, values_));
    method_.instructions.emplace_back(std::move(instruction));
    return {};
  }

  Status delegate_call(const ir::Node& node) {
    pte::DelegateCall instruction;
    instruction.delegate = static_cast<pte::Index>(method_.delegates.size());
    for (const ir::Value* value : stream_arguments(node)) {
      CORTADO_TRY(const pte::Index index, values_.tensor(*value));
      instruction.arguments.push_back(index);
    }
    const auto blob = stream_blob(node).bytes();
    method_.delegates.push_back({stream::backend_name, {blob.begin(), blob.end()}, {}});
    method_.instructions.emplace_back(std::move(instruction));
    return {};
  }

  // copy_(target, value, non_blocking = False) -> target
  Status write_back(const ir::Mutation& mutation) {
    if (ops::registry().find_wire(write_back_op) == nullptr)
      return input_error("the model changes the buffer '" + mutation.target->name + "', which is not supported yet",
                         "pass the state in and out as an input and an output");
    CORTADO_TRY(const pte::Index target, values_.tensor(*mutation.target));
    CORTADO_TRY(const pte::Index value, values_.tensor(*mutation.value));
    method_.instructions.emplace_back(
        pte::KernelCall{operator_index(write_back_op), {target, value, values_.boolean(false), target}});
    return {};
  }

  // "cortex_m::quantized_add.out" is the operator "cortex_m::quantized_add" with the overload "out".
  pte::Index operator_index(std::string_view op) {
    const std::size_t dot = op.find('.');
    const std::string name(op.substr(0, dot));
    const std::string overload(dot == std::string_view::npos ? std::string_view() : op.substr(dot + 1));
    for (std::size_t i = 0; i < method_.operators.size(); ++i)
      if (method_.operators[i].name == name && method_.operators[i].overload == overload)
        return static_cast<pte::Index>(i);
    method_.operators.push_back({name, overload});
    return static_cast<pte::Index>(method_.operators.size() - 1);
  }

  const ir::Graph& graph_;
  pte::Program program_;
  pte::Plan method_;
  ValueTable values_;
};

}  // namespace

Result<pte::Program> to_program(const ir::Graph& graph, const Plan& plan) { return Emitter(graph, plan).run(); }

}  // namespace cortado::compiler
