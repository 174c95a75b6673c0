#include "runtime/method.h"

#include "support/checked.h"

namespace cortado::runtime {
namespace field = pte::field;

ErrorCode Method::open(const Options& options, ErrorReport& report) {
  pte::Table plan;
  if (file.open(options.program, options.program_bytes, report) != ErrorCode::ok) return report.code();
  if (file.find_method(options.method, plan, report) != ErrorCode::ok) return report.code();
  const pte::Tables chains = plan.tables(field::execution_plan::chains);
  values = plan.tables(field::execution_plan::values);
  operators = plan.tables(field::execution_plan::operators);
  delegates = plan.tables(field::execution_plan::delegates);
  inputs = plan.vector<std::int32_t>(field::execution_plan::inputs);
  outputs = plan.vector<std::int32_t>(field::execution_plan::outputs);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  if (chains.count() != 1)
    return report.fail(ErrorCode::unsupported, "the method has ").add(chains.count()).add(" chains of instructions, must be 1");
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
    return report.fail(ErrorCode::unsupported, "the method has ").add(sizes.count - 1).add(" memory regions, more than ")
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

ErrorCode Method::value(std::int32_t index, pte::ValueKind& kind, pte::Table& value, ErrorReport& report) {
  if (index < 0 || static_cast<std::uint32_t>(index) >= values.count())
    return report.fail(ErrorCode::invalid_program, "value ").add(index).add(" does not exist");
  const pte::Table entry = values[static_cast<std::uint32_t>(index)];
  const auto type = entry.scalar<std::uint8_t>(field::evalue::val_type);
  value = entry.table(field::evalue::val);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  if (!value || type > static_cast<std::uint8_t>(pte::ValueKind::optional_tensor_list))
    return report.fail(ErrorCode::invalid_program, "value ").add(index).add(" is of an unknown kind: ").add(type);
  kind = static_cast<pte::ValueKind>(type);
  return ErrorCode::ok;
}

ErrorCode Method::tensor(const pte::Table& table, pte::TensorRecord& record, ErrorReport& report) {
  if (pte::read_tensor(file, table, record, report) != ErrorCode::ok) return report.code();
  if (record.place != pte::TensorPlace::planned) return ErrorCode::ok;
  if (record.memory_id == 0 || record.memory_id > region_count)
    return report.fail(ErrorCode::invalid_program, "memory region ").add(record.memory_id).add(" does not exist");
  const Region& region = regions[record.memory_id];
  if (record.offset_bytes > region.bytes || record.bytes > region.bytes - record.offset_bytes)
    return report.fail(ErrorCode::invalid_program, "a tensor at ").add(static_cast<std::int64_t>(record.offset_bytes))
        .add(" of ").add(static_cast<std::int64_t>(record.bytes)).add(" bytes leaves memory region ").add(record.memory_id)
        .add(" of ").add(static_cast<std::int64_t>(region.bytes)).add(" bytes");
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

ErrorCode Method::in_place_target(std::uint32_t instruction, pte::TensorRecord& record, bool& found, ErrorReport& report) {
  const pte::Table entry = instructions[instruction];
  if (entry.scalar<std::uint8_t>(field::instruction::instr_args_type) != static_cast<std::uint8_t>(pte::InstructionKind::kernel_call))
    return file.check_damage(report);
  const pte::Table call = entry.table(field::instruction::instr_args);
  const auto op = call.scalar<std::uint32_t>(field::kernel_call::op_index);
  const auto arguments = call.vector<std::int32_t>(field::kernel_call::args);
  if (arguments.count == 0 || op >= operators.count() || !works_in_place(op)) return file.check_damage(report);
  for (std::uint32_t i = 0; i < inputs.count; ++i)
    if (inputs[i] == arguments[0]) return ErrorCode::ok;
  pte::ValueKind kind;
  pte::Table table;
  if (value(arguments[0], kind, table, report) != ErrorCode::ok) return report.code();
  if (kind != pte::ValueKind::tensor) return ErrorCode::ok;
  if (tensor(table, record, report) != ErrorCode::ok) return report.code();
  found = record.place == pte::TensorPlace::planned;
  return ErrorCode::ok;
}

}  // namespace cortado::runtime
