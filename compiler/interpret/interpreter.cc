#include "compiler/interpret/interpreter.h"

#include <fmt/format.h>

#include <unordered_map>

#include "ops/affine.h"
#include "ops/infer.h"

namespace cortado::compiler {
namespace {

struct Step {
  const ir::Node* node = nullptr;
  const ops::Definition* definition = nullptr;
  std::vector<const ir::Value*> last_used;  // freed after the step
};

Status check_input(const ir::Value& value, const ir::Tensor& tensor) {
  if (tensor.dtype() == value.type.dtype && tensor.shape() == value.type.shape) return {};
  return input_error(fmt::format("input '{}' must be {}, not {}", value.name,
                                 ir::to_string({value.type.dtype, value.type.shape, {}, {}}),
                                 ir::to_string({tensor.dtype(), tensor.shape(), {}, {}})));
}

// The node's declared outputs must be what its operator makes of its inputs: evaluation relies on the declared types.
Status check_outputs(const ir::Node& node, const std::vector<ir::Type>& inferred) {
  if (inferred.size() != node.outputs.size())
    return ops::at_node(
        input_error(fmt::format("it has {} outputs, the operator makes {}", node.outputs.size(), inferred.size())),
        node);
  for (std::size_t i = 0; i < inferred.size(); ++i) {
    const ir::Type& declared = node.outputs[i]->type;
    if (declared.shape != inferred[i].shape || (!declared.is_quantized() && declared.dtype != inferred[i].dtype))
      return ops::at_node(input_error(fmt::format("output {} is declared {}, but the operator makes {}", i,
                                                  ir::to_string(declared), ir::to_string(inferred[i]))),
                          node);
  }
  return {};
}

Result<Step> make_step(const ir::Node& node) {
  CORTADO_TRY(const ops::Definition* definition, ops::find_definition(node));
  CORTADO_TRY(const std::vector<ir::Type> types, ops::infer_types(*definition, node));
  CORTADO_CHECK(check_outputs(node, types));
  if (definition->evaluate == nullptr) return ops::at_node(internal_error("the operator cannot be evaluated"), node);
  return Step{&node, definition, {}};
}

Result<std::vector<ir::Tensor>> evaluate(const Step& step, const ops::Environment& environment) {
  const ops::Operands operands(*step.node, step.definition->schema);
  auto results = step.definition->evaluate(operands, environment);
  if (!results) return ops::at_node(std::move(results).error(), *step.node);
  for (std::size_t i = 0; i < step.node->outputs.size(); ++i) {
    const ir::Type& type = step.node->outputs[i]->type;
    if (i >= results.value().size()) return ops::at_node(internal_error("evaluation made too few results"), *step.node);
    ir::Tensor& tensor = results.value()[i];
    if (type.is_quantized() && !step.definition->takes_stored_integers)
      tensor = ops::quantized(tensor, *type.quantization, type.dtype);
    if (tensor.dtype() != type.dtype || tensor.shape() != type.shape)
      return ops::at_node(
          internal_error(fmt::format("evaluation made {} where {} is declared",
                                     ir::to_string({tensor.dtype(), tensor.shape(), {}, {}}), ir::to_string(type))),
          *step.node);
  }
  return results;
}

using Tensors = std::unordered_map<const ir::Value*, ir::Tensor>;

}  // namespace

struct Session::Program {
  const ir::Graph* graph = nullptr;
  std::vector<Step> steps;
  Tensors states;
  // Real forms of quantized constants, made at first use.
  mutable Tensors real_constants;

  struct Run final : ops::Environment {
    const Program* program = nullptr;
    bool stored_integers = false;
    Tensors values;
    mutable Tensors real;  // of the current step

    const ir::Tensor& stored(const ir::Value& value) const {
      if (value.kind == ir::ValueKind::constant) return value.data;
      if (value.kind == ir::ValueKind::state) return program->states.at(&value);
      return values.at(&value);
    }
    const ir::Tensor& at(const ir::Value& value) const override {
      const ir::Tensor& tensor = stored(value);
      if (!value.type.is_quantized() || stored_integers) return tensor;
      Tensors& cache = value.kind == ir::ValueKind::constant ? program->real_constants : real;
      const auto [entry, is_new] = cache.try_emplace(&value);
      if (is_new) entry->second = ops::dequantized(tensor, *value.type.quantization);
      return entry->second;
    }
  };

  void find_last_uses();
  Status start(Run& run, const std::vector<ir::Tensor>& inputs, const Observer& observer) const;
};

void Session::Program::find_last_uses() {
  std::unordered_map<const ir::Value*, std::size_t> last;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    for (const ir::Value* value : ir::input_values(*steps[i].node)) last[value] = i;
    for (const ir::Value* value : steps[i].node->outputs) last[value] = i;
  }
  for (const ir::Output& output : graph->outputs()) last.erase(output.value);
  for (const ir::Mutation& mutation : graph->mutations()) last.erase(mutation.value);
  for (const auto& [value, step] : last)
    if (value->kind == ir::ValueKind::result || value->kind == ir::ValueKind::input)
      steps[step].last_used.push_back(value);
}

Status Session::Program::start(Run& run, const std::vector<ir::Tensor>& inputs, const Observer& observer) const {
  if (inputs.size() != graph->inputs.size())
    return input_error(fmt::format("the model takes {} inputs, {} are given", graph->inputs.size(), inputs.size()));
  run.program = this;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    CORTADO_CHECK(check_input(*graph->inputs[i], inputs[i]));
    run.values[graph->inputs[i]] = inputs[i];
    if (observer) observer(*graph->inputs[i], inputs[i]);
  }
  if (!observer) return {};
  for (const auto& value : graph->values())
    if (value->kind == ir::ValueKind::state) observer(*value, states.at(value.get()));
  return {};
}

Session::Session(std::unique_ptr<Program> program) : program_(std::move(program)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::create(const ir::Graph& graph) {
  auto program = std::make_unique<Program>();
  program->graph = &graph;
  for (const auto& node : graph.nodes()) {
    CORTADO_TRY(Step step, make_step(*node));
    program->steps.push_back(std::move(step));
  }
  program->find_last_uses();
  Session session(std::move(program));
  session.reset();
  return session;
}

Result<std::vector<ir::Tensor>> Session::run(const std::vector<ir::Tensor>& inputs, const Observer& observer) {
  Program::Run run;
  CORTADO_CHECK(program_->start(run, inputs, observer));
  for (const Step& step : program_->steps) {
    run.stored_integers = step.definition->takes_stored_integers;
    CORTADO_TRY(std::vector<ir::Tensor> results, evaluate(step, run));
    for (std::size_t i = 0; i < step.node->outputs.size(); ++i) {
      const ir::Value* output = step.node->outputs[i];
      if (observer) observer(*output, results[i]);
      run.values[output] = std::move(results[i]);
    }
    run.real.clear();
    for (const ir::Value* value : step.last_used) run.values.erase(value);
  }
  std::vector<ir::Tensor> outputs;
  for (const ir::Output& output : program_->graph->outputs()) outputs.push_back(run.stored(*output.value));
  std::vector<ir::Tensor> written;  // all are read before any is written
  for (const ir::Mutation& mutation : program_->graph->mutations()) written.push_back(run.stored(*mutation.value));
  for (std::size_t i = 0; i < written.size(); ++i)
    program_->states[program_->graph->mutations()[i].target] = std::move(written[i]);
  return outputs;
}

const ir::Tensor* Session::state(const ir::Value& value) const {
  const auto found = program_->states.find(&value);
  return found != program_->states.end() ? &found->second : nullptr;
}

void Session::reset() {
  program_->states.clear();
  for (const auto& value : program_->graph->values())
    if (value->kind == ir::ValueKind::state) program_->states[value.get()] = value->data;
}

Result<std::vector<ir::Tensor>> interpret(const ir::Graph& graph, const std::vector<ir::Tensor>& inputs,
                                          const Observer& observer) {
  CORTADO_TRY(Session session, Session::create(graph));
  return session.run(inputs, observer);
}

Result<std::vector<ir::Tensor>> evaluate_node(const ir::Node& node,
                                              const std::function<ir::Tensor(const ir::Value&)>& at) {
  struct Given final : ops::Environment {
    Tensors values;
    const ir::Tensor& at(const ir::Value& value) const override { return values.at(&value); }
  } environment;
  CORTADO_TRY(const Step step, make_step(node));
  for (const ir::Value* value : ir::input_values(node)) {
    ir::Tensor tensor = at(*value);
    if (value->type.is_quantized() && !step.definition->takes_stored_integers)
      tensor = ops::dequantized(tensor, *value->type.quantization);
    environment.values[value] = std::move(tensor);
  }
  return evaluate(step, environment);
}

}  // namespace cortado::compiler
