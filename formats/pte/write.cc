#include "formats/pte/write.h"

#include <cstring>

#include "formats/pte/check.h"
#include "formats/pte/program_generated.h"
#include "formats/pte/segments.h"

namespace cortado::pte {
namespace {

using flatbuffers::FlatBufferBuilder;
using flatbuffers::Offset;

constexpr std::size_t prefix_bytes = 8;   // root reference and identifier
constexpr std::size_t header_bytes = 32;  // "eh00", its length, three sizes

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
  const auto processed = wire::CreateBackendDelegateDataReference(builder, wire::DataLocation::SEGMENT,
                                                                  segments.add(delegate.processed));
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

// --- the program

Offset<flatbuffers::Vector<Offset<wire::Buffer>>> write_inline_constants(FlatBufferBuilder& builder,
                                                                          const std::vector<Bytes>& constants) {
  std::vector<Offset<wire::Buffer>> buffers;
  if (!constants.empty()) buffers.push_back(wire::CreateBuffer(builder, builder.CreateVector(Bytes())));  // entry 0
  for (const Bytes& constant : constants) {
    builder.ForceVectorAlignment(constant.size(), 1, 16);
    buffers.push_back(wire::CreateBuffer(builder, builder.CreateVector(constant)));
  }
  return builder.CreateVector(buffers);
}

Offset<wire::SubsegmentOffsets> write_offsets(FlatBufferBuilder& builder, std::uint32_t segment,
                                              const std::vector<std::uint64_t>& offsets) {
  return wire::CreateSubsegmentOffsets(builder, segment, builder.CreateVector(offsets));
}

void write_program(FlatBufferBuilder& builder, const Program& program, const WriteOptions& options, Segments& segments) {
  Offset<wire::SubsegmentOffsets> constant_segment;
  if (!options.inline_constants) {
    std::vector<std::uint64_t> offsets;
    const std::uint32_t segment = segments.add(program.constants, options.constant_alignment, offsets);
    constant_segment = write_offsets(builder, segment, offsets);
  }
  std::vector<Offset<wire::SubsegmentOffsets>> states;
  if (!program.initial_states.empty()) {
    std::vector<std::uint64_t> offsets;
    const std::uint32_t segment = segments.add(program.initial_states, 1, offsets);
    states.push_back(write_offsets(builder, segment, offsets));
  }
  std::vector<Offset<wire::ExecutionPlan>> plans;
  for (const Plan& plan : program.plans) plans.push_back(write_plan(builder, plan, segments));
  std::vector<Offset<wire::NamedData>> named;
  for (const NamedData& data : program.named_data) {
    const auto key = builder.CreateString(data.key);
    named.push_back(wire::CreateNamedData(builder, key, segments.add(data.data)));
  }
  std::vector<Offset<wire::DataSegment>> entries;
  for (const Segment& segment : segments.all())
    entries.push_back(wire::CreateDataSegment(builder, segment.offset_bytes, segment.data.size()));

  const auto all_plans = builder.CreateVector(plans);
  const auto constants = write_inline_constants(builder, options.inline_constants ? program.constants : std::vector<Bytes>());
  const auto blobs = builder.CreateVector(std::vector<Offset<wire::BackendDelegateInlineData>>());
  const auto all_segments = builder.CreateVector(entries);
  const auto all_states = states.empty() ? 0 : builder.CreateVector(states);
  const auto all_named = named.empty() ? 0 : builder.CreateVector(named);
  builder.Finish(wire::CreateProgram(builder, program.version, all_plans, constants, blobs,
                                     all_segments, constant_segment, all_states, all_named),
                 wire::ProgramIdentifier());
}

template <class T>
void put(std::vector<std::uint8_t>& bytes, std::size_t position, T value) {
  std::memcpy(bytes.data() + position, &value, sizeof value);
}

// Makes room for the header behind the identifier: every reference but the root's is relative, and 32 keeps alignment.
std::vector<std::uint8_t> with_header(const FlatBufferBuilder& builder, const Segments& segments, std::uint32_t alignment) {
  const std::uint8_t* table = builder.GetBufferPointer();
  std::vector<std::uint8_t> file(table, table + builder.GetSize());
  if (segments.size_bytes() == 0) return file;  // as ExecuTorch: no data, no header
  file.insert(file.begin() + prefix_bytes, header_bytes, 0);
  std::uint32_t root = 0;
  std::memcpy(&root, file.data(), sizeof root);
  put(file, 0, static_cast<std::uint32_t>(root + header_bytes));
  std::memcpy(file.data() + prefix_bytes, "eh00", 4);
  put(file, prefix_bytes + 4, static_cast<std::uint32_t>(header_bytes));
  const std::uint64_t program_bytes = file.size();
  const std::uint64_t base = aligned(program_bytes, alignment);
  put(file, prefix_bytes + 8, program_bytes);
  put(file, prefix_bytes + 16, base);
  put(file, prefix_bytes + 24, segments.size_bytes());
  for (const Segment& segment : segments.all()) {
    file.resize(base + segment.offset_bytes);
    file.insert(file.end(), segment.data.begin(), segment.data.end());
  }
  return file;
}

bool is_alignment(std::uint32_t value) { return value != 0 && value <= 4096 && (value & (value - 1)) == 0; }

}  // namespace

Result<std::vector<std::uint8_t>> write(const Program& program, const WriteOptions& options) {
  if (!is_alignment(options.constant_alignment) || !is_alignment(options.segment_alignment))
    return internal_error("writing a program: an alignment is not a power of two up to 4096");
  CORTADO_CHECK(check(program));
  std::uint64_t inline_bytes = 0;
  for (const Bytes& constant : program.constants) inline_bytes += options.inline_constants ? constant.size() + 32 : 0;
  if (inline_bytes > std::uint64_t{1} << 30)
    return input_error("the constants take more than 1 GiB, too much for a program with inline constants");
  Segments segments(options.segment_alignment);
  FlatBufferBuilder builder(1 << 16);
  builder.ForceDefaults(false);
  write_program(builder, program, options, segments);
  return with_header(builder, segments, options.segment_alignment);
}

}  // namespace cortado::pte
