#include "formats/pte/write_plan.h"

namespace cortado::pte {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

// --- values

Offset<wire::Tensor> write_tensor(FlatBufferBuilder& builder, const Tensor& tensor) {
  const auto sizes = builder.CreateVector(tensor.sizes);
  const auto dim_order = builder.CreateVector(tensor.dim_order);
  Offset<wire::AllocationDetails> allocation;
  if (tensor.allocation)
    allocation = wire::CreateAllocationDetails(builder, tensor.allocation->memory_id,
                                               static_cast<std::uint32_t>(tensor.allocation->offset_bytes),
                                               static_cast<std::uint32_t>(tensor.allocation->offset_bytes >> 32));
  Offset<wire::ExtraTensorInfo> extra;
  if (!tensor.name.empty()) extra = wire::CreateExtraTensorInfo(builder, 0, builder.CreateString(tensor.name));
  const std::uint32_t data = tensor.constant ? *tensor.constant + 1 : tensor.initial ? *tensor.initial + 1 : 0;
  return wire::CreateTensor(builder, static_cast<wire::ScalarType>(tensor.dtype), 0, sizes, dim_order, false, data,
                            allocation, 0, static_cast<wire::TensorShapeDynamism>(tensor.dynamism), extra);
}

struct ValueWriter {
  FlatBufferBuilder& builder;

  template <class T>
  Offset<wire::EValue> entry(wire::KernelTypes type, Offset<T> value) {
    return wire::CreateEValue(builder, type, value.Union());
  }
  auto operator()(const None&) { return entry(wire::KernelTypes::Null, wire::CreateNull(builder)); }
  auto operator()(std::int64_t value) { return entry(wire::KernelTypes::Int, wire::CreateInt(builder, value)); }
  auto operator()(bool value) { return entry(wire::KernelTypes::Bool, wire::CreateBool(builder, value)); }
  auto operator()(double value) { return entry(wire::KernelTypes::Double, wire::CreateDouble(builder, value)); }
  auto operator()(const std::string& value) {
    return entry(wire::KernelTypes::String, wire::CreateString(builder, builder.CreateString(value)));
  }
  auto operator()(const Tensor& value) { return entry(wire::KernelTypes::Tensor, write_tensor(builder, value)); }
  auto operator()(const IntList& value) {
    const std::vector<std::int64_t> items(value.items.begin(), value.items.end());
    return entry(wire::KernelTypes::IntList, wire::CreateIntList(builder, builder.CreateVector(items)));
  }
  auto operator()(const DoubleList& value) {
    return entry(wire::KernelTypes::DoubleList, wire::CreateDoubleList(builder, builder.CreateVector(value.items)));
  }
  auto operator()(const BoolList& value) {
    return entry(wire::KernelTypes::BoolList, wire::CreateBoolList(builder, builder.CreateVector(value.items)));
  }
  auto operator()(const TensorList& value) {
    return entry(wire::KernelTypes::TensorList, wire::CreateTensorList(builder, builder.CreateVector(value.items)));
  }
  auto operator()(const OptionalTensorList& value) {
    return entry(wire::KernelTypes::OptionalTensorList,
                 wire::CreateOptionalTensorList(builder, builder.CreateVector(value.items)));
  }
};

// --- instructions

struct InstructionWriter {
  FlatBufferBuilder& builder;

  template <class T>
  Offset<wire::Instruction> entry(wire::InstructionArguments type, Offset<T> value) {
    return wire::CreateInstruction(builder, type, value.Union());
  }
  auto operator()(const KernelCall& call) {
    return entry(wire::InstructionArguments::KernelCall,
                 wire::CreateKernelCall(builder, call.op, builder.CreateVector(call.arguments)));
  }
  auto operator()(const DelegateCall& call) {
    return entry(wire::InstructionArguments::DelegateCall,
                 wire::CreateDelegateCall(builder, call.delegate, builder.CreateVector(call.arguments)));
  }
  auto operator()(const Move& move) {
    return entry(wire::InstructionArguments::MoveCall, wire::CreateMoveCall(builder, move.from, move.to));
  }
  auto operator()(const JumpFalse& jump) {
    return entry(wire::InstructionArguments::JumpFalseCall,
                 wire::CreateJumpFalseCall(builder, jump.condition, jump.destination));
  }
  auto operator()(const Free& free) {
    return entry(wire::InstructionArguments::FreeCall, wire::CreateFreeCall(builder, free.value));
  }
};

// --- methods

Offset<wire::BackendDelegate> write_delegate(FlatBufferBuilder& builder, const Delegate& delegate, Segments& segments) {
  std::vector<Offset<wire::CompileSpec>> specs;
  for (const CompileSpec& spec : delegate.compile_specs) {
    const auto key = builder.CreateString(spec.key);
    specs.push_back(wire::CreateCompileSpec(builder, key, builder.CreateVector(spec.value)));
  }
  const auto id = builder.CreateString(delegate.backend);
  const auto processed =
      wire::CreateBackendDelegateDataReference(builder, wire::DataLocation::SEGMENT, segments.add(delegate.processed));
  return wire::CreateBackendDelegate(builder, id, processed, builder.CreateVector(specs));
}

Offset<wire::Chain> write_chain(FlatBufferBuilder& builder, const Plan& plan) {
  std::vector<Offset<wire::Instruction>> instructions;
  for (const Instruction& instruction : plan.instructions)
    instructions.push_back(std::visit(InstructionWriter{builder}, instruction));
  const std::vector<std::int32_t> none;
  const auto inputs = builder.CreateVector(none);
  const auto outputs = builder.CreateVector(none);
  return wire::CreateChain(builder, inputs, outputs, builder.CreateVector(instructions));
}

}  // namespace

Offset<wire::ExecutionPlan> write_plan(FlatBufferBuilder& builder, const Plan& plan, Segments& segments) {
  std::vector<Offset<wire::EValue>> values;
  for (const Value& value : plan.values) values.push_back(std::visit(ValueWriter{builder}, value));
  std::vector<Offset<wire::Operator>> operators;
  for (const Operator& op : plan.operators) {
    const auto name = builder.CreateString(op.name);
    operators.push_back(wire::CreateOperator(builder, name, builder.CreateString(op.overload)));
  }
  std::vector<Offset<wire::BackendDelegate>> delegates;
  for (const Delegate& delegate : plan.delegates) delegates.push_back(write_delegate(builder, delegate, segments));
  const auto name = builder.CreateString(plan.name);
  const auto input_spec = builder.CreateString(plan.input_spec);
  const auto container = wire::CreateContainerMetadata(builder, input_spec, builder.CreateString(plan.output_spec));
  const auto all_values = builder.CreateVector(values);
  const auto inputs = builder.CreateVector(plan.inputs);
  const auto outputs = builder.CreateVector(plan.outputs);
  const auto chains = builder.CreateVector(std::vector{write_chain(builder, plan)});
  const auto all_operators = builder.CreateVector(operators);
  const auto all_delegates = builder.CreateVector(delegates);
  return wire::CreateExecutionPlan(builder, name, container, all_values, inputs, outputs, chains, all_operators,
                                   all_delegates, builder.CreateVector(plan.buffer_sizes));
}

}  // namespace cortado::pte
