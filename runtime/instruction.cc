#include "runtime/method.h"
#include "stream/blob.h"

namespace cortado::runtime {
namespace field = pte::field;
namespace {

// Compares "name.overload" with a row's name; the sign is that of strcmp.
int compare(const pte::Text& name, const pte::Text& overload, const char* row) {
  for (std::uint32_t i = 0; i < name.length; ++i)
    if (name.text[i] != row[i] || row[i] == '\0') return name.text[i] < row[i] ? -1 : 1;
  row += name.length;
  if (overload.length == 0) return *row == '\0' ? 0 : -1;
  if (*row != '.') return '.' < *row ? -1 : 1;
  ++row;
  for (std::uint32_t i = 0; i < overload.length; ++i)
    if (overload.text[i] != row[i] || row[i] == '\0') return overload.text[i] < row[i] ? -1 : 1;
  return row[overload.length] == '\0' ? 0 : -1;
}

void add_text(ErrorReport& report, const pte::Text& text) {
  char part[2] = {};
  for (std::uint32_t i = 0; i < text.length && i < 64; ++i) {
    part[0] = text.text[i] < ' ' ? '?' : text.text[i];
    report.add(part);
  }
}

}  // namespace

ErrorCode Method::find_kernel(const ops::KernelTable& kernels, std::uint32_t index, const ops::Kernel*& kernel,
                              ErrorReport& report) {
  if (index >= operators.count())
    return report.fail(ErrorCode::invalid_program, "operator ").add(index).add(" does not exist");
  if (index < cached_operators && found_[index] != nullptr) {
    kernel = found_[index];
    return ErrorCode::ok;
  }
  const pte::Table op = operators[index];
  const pte::Text name = op.text(field::op::name);
  const pte::Text overload = op.text(field::op::overload);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  std::uint32_t low = 0;
  std::uint32_t high = kernels.count;
  while (low < high) {
    const std::uint32_t middle = (low + high) / 2;
    const int order = compare(name, overload, kernels.rows[middle]->name);
    if (order == 0) {
      kernel = kernels.rows[middle];
      if (index < cached_operators) found_[index] = kernel;
      return ErrorCode::ok;
    }
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  report.fail(ErrorCode::missing_operator, "operator ");
  add_text(report, name);
  if (overload.length != 0) {
    report.add(".");
    add_text(report, overload);
  }
  return report.add(" is not in this build: link it or recompile the model");
}

ErrorCode Method::kernel_call(const pte::Table& call, const ops::KernelTable& kernels, InstructionRecord& record,
                              ErrorReport& report) {
  const auto op = call.scalar<std::uint32_t>(field::kernel_call::op_index);
  record.arguments = call.vector<std::int32_t>(field::kernel_call::args);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  if (find_kernel(kernels, op, record.kernel, report) != ErrorCode::ok) return report.code();
  const std::int64_t expected = record.kernel->arguments + 1;
  if (record.arguments.count != expected)
    return report.fail(ErrorCode::invalid_program, record.kernel->name)
        .add(" takes ")
        .add(expected)
        .add(" arguments with the returned one, the program gives ")
        .add(record.arguments.count);
  return ErrorCode::ok;
}

ErrorCode Method::instruction(std::uint32_t index, const ops::KernelTable& kernels, InstructionRecord& record,
                              ErrorReport& report) {
  const pte::Table entry = instructions[index];
  const auto kind = entry.scalar<std::uint8_t>(field::instruction::instr_args_type);
  const pte::Table call = entry.table(field::instruction::instr_args);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  record.kind = static_cast<pte::InstructionKind>(kind);
  if (!call) record.kind = pte::InstructionKind::absent;
  switch (record.kind) {
    case pte::InstructionKind::kernel_call: return kernel_call(call, kernels, record, report);
    case pte::InstructionKind::move:
      record.from = call.scalar<std::int32_t>(field::move_call::move_from);
      record.to = call.scalar<std::int32_t>(field::move_call::move_to);
      return file.check_damage(report);
    case pte::InstructionKind::jump_false:
      record.from = call.scalar<std::int32_t>(field::jump_false_call::cond_value_index);
      record.to = call.scalar<std::int32_t>(field::jump_false_call::destination_instruction);
      if (file.check_damage(report) != ErrorCode::ok) return report.code();
      if (record.to <= static_cast<std::int64_t>(index))
        return report.fail(ErrorCode::unsupported, "loops are not supported: a jump leads back to instruction ")
            .add(record.to);
      if (record.to > static_cast<std::int64_t>(instructions.count()))
        return report.fail(ErrorCode::invalid_program, "a jump leads behind the last instruction, to ").add(record.to);
      return ErrorCode::ok;
    case pte::InstructionKind::free: return ErrorCode::ok;
    case pte::InstructionKind::delegate_call: return delegate_call(call, record, report);
    default: return report.fail(ErrorCode::invalid_program, "an instruction of unknown kind: ").add(kind);
  }
}

// Ours is the only backend: its programs are row streams.
ErrorCode Method::delegate_call(const pte::Table& call, InstructionRecord& record, ErrorReport& report) {
  const auto index = call.scalar<std::uint32_t>(field::delegate_call::delegate_index);
  record.arguments = call.vector<std::int32_t>(field::delegate_call::args);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  if (index >= delegates.count())
    return report.fail(ErrorCode::invalid_program, "delegate ").add(index).add(" does not exist");
  const pte::Table delegate = delegates[index];
  const pte::Text id = delegate.text(field::delegate::id);
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  if (compare(id, pte::Text(), stream::backend_name) == 0)
    return file.delegate_data(delegate, record.blob, record.blob_bytes, report);
  report.fail(ErrorCode::unsupported, "the backend \"");
  add_text(report, id);
  return report.add("\" is not in this build: compile the model without delegates");
}

}  // namespace cortado::runtime
