#include "runtime/method.h"

#include "support/checked.h"

namespace cortado::runtime {
namespace field = pte::field;

ErrorCode Method::open(const Options& options, ErrorReport& report) {
  pte::Table plan;
  if (file.open(options.program, options.program_bytes, report) != ErrorCode::ok) return report.code();
  if (file.find_method(options.method, plan, report) != ErrorCode::ok) return report.code();
  const pte::Tables chains = plan.tables(field::execution_plan::chains);
  values = plan.vector<std::uint32_t>(field::execution_plan::values);
  operators = plan.tables(field::execution_plan::operators);
  delegates = plan.tables(field::execution_plan::delegates);
  inputs = plan.vector<std::int32_t>(field::execution_plan::inputs);
  outputs = plan.vector<std::int32_t>(field::execution_plan::outputs);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  if (chains.count() != 1)
    return report.fail(ErrorCode::unsupported, "the method has ")
        .add(chains.count())
        .add(" chains of instructions, must be 1");
  if (inputs.count > max_ports || outputs.count > max_ports)
    return report.fail(ErrorCode::unsupported, "the method has more than ").add(max_ports).add(" inputs or outputs");
  instructions = chains[0].tables(field::chain::instructions);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  return open_regions(plan, report);
}

ErrorCode Method::open_regions(const pte::Table& plan, ErrorReport& report) {
  const auto sizes = plan.vector<std::int64_t>(field::execution_plan::non_const_buffer_sizes);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  if (sizes.count > max_regions + 1)
    return report.fail(ErrorCode::unsupported, "the method has ")
        .add(sizes.count - 1)
        .add(" memory regions, more than ")
        .add(max_regions);
  region_count = sizes.count == 0 ? 0 : sizes.count - 1;
  for (std::uint32_t i = 1; i <= region_count; ++i) {
    if (!checked_cast(sizes[i], regions[i].bytes) || regions[i].bytes > 0x7fffffff)
      return report.fail(ErrorCode::invalid_program, "memory region ").add(i).add(" has ").add(sizes[i]).add(" bytes");
  }
  return for_each_state(
      [&](const pte::TensorRecord& record) {
        regions[record.memory_id].persists = true;
        return true;
      },
      report);
}

namespace {
enum : unsigned { value_type, value_table };
constexpr pte::FieldSize value_fields[] = {{field::evalue::val_type, 1}, {field::evalue::val, 4}};
constexpr pte::FieldSize integer_fields[] = {{field::scalar::value, 8}};

// Apart from the way of sound programs, which stays short.
__attribute__((noinline)) ErrorCode refuse_value(const pte::File& file, std::int32_t index, ErrorReport& report) {
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  return report.fail(ErrorCode::invalid_program, "value ").add(index).add(" does not exist or is of an unknown kind");
}

}  // namespace

ErrorCode Method::value(std::int32_t index, ValueRecord& value, ErrorReport& report) {
  if (static_cast<std::uint32_t>(index) < values.count) {
    pte::Buffer& buffer = file.buffer();
    const std::uint32_t position = buffer.follow(buffer.position_of(values.values + index));
    if (const pte::TableView entry = known_values_.open(buffer, position, value_fields);
        entry && entry.has(value_table)) {
      const auto kind = entry.scalar<std::uint8_t>(value_type);
      value.kind = static_cast<pte::ValueKind>(kind);
      value.position = buffer.follow(entry.reference(value_table));
      if (kind <= static_cast<std::uint8_t>(pte::ValueKind::optional_tensor_list)) return ErrorCode::ok;
    }
  }
  return refuse_value(file, index, report);
}

std::int64_t Method::integer(const ValueRecord& value) {
  const pte::TableView entry = known_integers_.open(file.buffer(), value.position, integer_fields);
  return entry ? entry.scalar<std::int64_t>(0) : 0;
}

ErrorCode Method::tensor(const ValueRecord& value, pte::TensorRecord& record, ErrorReport& report) {
  if (pte::read_tensor(file, value.position, record, report) != ErrorCode::ok) return report.code();
  if (record.place != pte::TensorPlace::planned) return ErrorCode::ok;
  if (record.memory_id == 0 || record.memory_id > region_count)
    return report.fail(ErrorCode::invalid_program, "memory region ").add(record.memory_id).add(" does not exist");
  const Region& region = regions[record.memory_id];
  if (record.offset_bytes > region.bytes || record.bytes > region.bytes - record.offset_bytes)
    return report.fail(ErrorCode::invalid_program, "a tensor at ")
        .add(static_cast<std::int64_t>(record.offset_bytes))
        .add(" of ")
        .add(static_cast<std::int64_t>(record.bytes))
        .add(" bytes leaves memory region ")
        .add(record.memory_id)
        .add(" of ")
        .add(static_cast<std::int64_t>(region.bytes))
        .add(" bytes");
  if (region.base != nullptr) record.tensor.data = region.base + record.offset_bytes;
  return ErrorCode::ok;
}

bool Method::works_in_place(std::uint32_t op) {
  const pte::Text name = operators[op].text(field::op::name);
  return name.length > 1 && name.text[name.length - 1] == '_' && name.text[name.length - 2] != '_';  // not "__and__"
}

bool Method::has_in_place_operators() {
  for (std::uint32_t i = 0; i < operators.count(); ++i)
    if (works_in_place(i)) return true;
  return false;
}

ErrorCode Method::in_place_target(std::uint32_t instruction, pte::TensorRecord& record, bool& found,
                                  ErrorReport& report) {
  const pte::Table entry = instructions[instruction];
  if (entry.scalar<std::uint8_t>(field::instruction::instr_args_type) !=
      static_cast<std::uint8_t>(pte::InstructionKind::kernel_call))
    return file.check_damage(report);
  const pte::Table call = entry.table(field::instruction::instr_args);
  const auto op = call.scalar<std::uint32_t>(field::kernel_call::op_index);
  const auto arguments = call.vector<std::int32_t>(field::kernel_call::args);
  if (arguments.count == 0 || op >= operators.count() || !works_in_place(op)) return file.check_damage(report);
  for (std::uint32_t i = 0; i < inputs.count; ++i)
    if (inputs[i] == arguments[0]) return ErrorCode::ok;
  ValueRecord target;
  if (value(arguments[0], target, report) != ErrorCode::ok) return report.code();
  if (target.kind != pte::ValueKind::tensor) return ErrorCode::ok;
  if (tensor(target, record, report) != ErrorCode::ok) return report.code();
  found = record.place == pte::TensorPlace::planned;
  return ErrorCode::ok;
}

}  // namespace cortado::runtime
