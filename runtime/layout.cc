#include "runtime/layout.h"

#include "stream/stream.h"
#include "support/checked.h"

namespace cortado::runtime {
namespace field = pte::field;
using pte::ValueKind;

const Placement* find_placement(const Options& options, std::uint32_t memory_id) {
  for (std::uint32_t i = 0; i < options.placement_count; ++i)
    if (options.placements[i].memory_id == memory_id) return &options.placements[i];
  return nullptr;
}

ErrorCode unplanned_bytes(Method& method, bool is_output, std::uint32_t port, std::size_t& bytes, ErrorReport& report) {
  bytes = 0;
  const std::int32_t value = is_output ? method.outputs[port] : method.inputs[port];
  for (std::uint32_t i = 0; i < (is_output ? method.inputs.count : port); ++i)
    if (method.inputs[i] == value) return ErrorCode::ok;
  for (std::uint32_t i = 0; is_output && i < port; ++i)
    if (method.outputs[i] == value) return ErrorCode::ok;
  ValueRecord entry;
  if (method.value(value, entry, report) != ErrorCode::ok) return report.code();
  if (entry.kind != ValueKind::tensor) return ErrorCode::ok;
  pte::TensorRecord record;
  if (method.tensor(entry, record, report) != ErrorCode::ok) return report.code();
  // Even an empty tensor gets an address of its own.
  if (record.place == pte::TensorPlace::unplanned) bytes = round_up(record.bytes == 0 ? 1 : record.bytes, 16);
  return ErrorCode::ok;
}

namespace {

ErrorCode too_large(ErrorReport& report) {
  return report.fail(ErrorCode::unsupported, "the method needs more memory than can be addressed");
}

// sum += bytes, with room left for rounding.
bool add(std::size_t& sum, std::size_t bytes) { return checked_add(sum, bytes, sum) && sum <= SIZE_MAX / 2; }

// Bytes that an argument borrows or, in `kept`, keeps.
ErrorCode add_argument(Method& method, std::int32_t value, std::size_t& borrowed, std::size_t& kept,
                       ErrorReport& report) {
  ValueRecord entry;
  if (method.value(value, entry, report) != ErrorCode::ok) return report.code();
  const ValueKind kind = entry.kind;
  const bool is_tensors = kind == ValueKind::tensor_list || kind == ValueKind::optional_tensor_list;
  if (!is_tensors && kind != ValueKind::int_list && kind != ValueKind::bool_list) return ErrorCode::ok;
  const pte::Table table = method.table(entry);
  std::size_t bytes = 0;
  if (kind == ValueKind::int_list)
    bytes = table.vector<std::int64_t>(field::list::items).count * sizeof(std::int64_t);
  else if (is_tensors)
    bytes = table.vector<std::int32_t>(field::list::items).count * sizeof(ops::Tensor);
  else
    bytes = table.vector<std::uint8_t>(field::list::items).count * sizeof(bool);
  if (method.file.check_damage(report) != ErrorCode::ok) return report.code();
  return add(is_tensors ? kept : borrowed, round_up(bytes, Arena::unit)) ? ErrorCode::ok : too_large(report);
}

ErrorCode add_instruction(Method& method, const Options& options, std::uint32_t index, Layout& layout,
                          ErrorReport& report) {
  InstructionRecord record;
  if (method.instruction(index, *options.kernels, record, report) != ErrorCode::ok) return report.code();
  std::size_t kept = 0;
  std::size_t borrowed = 0;
  if (record.kind == pte::InstructionKind::move) kept = round_up(sizeof(MovePlan), Arena::unit);
  if (record.kind == pte::InstructionKind::jump_false) kept = round_up(sizeof(JumpPlan), Arena::unit);
  if (record.kind == pte::InstructionKind::delegate_call) {
    stream::Blob blob;
    if (blob.open(record.blob, record.blob_bytes, report) != ErrorCode::ok) return report.code();
    if (stream::Stream::find_stages(blob, *options.stages, report) != ErrorCode::ok) return report.code();
    kept = stream::Stream::table_bytes(blob) + round_up(sizeof(StreamPlan), Arena::unit);
  }
  if (record.kind == pte::InstructionKind::kernel_call) {
    kept = round_up(record.kernel->plan_bytes, Arena::unit);
    for (std::uint32_t i = 0; i < record.kernel->arguments; ++i)
      if (add_argument(method, record.arguments[i], borrowed, kept, report) != ErrorCode::ok) return report.code();
  }
  if (borrowed > layout.borrowed_bytes) layout.borrowed_bytes = borrowed;
  return add(layout.table_bytes, kept) ? ErrorCode::ok : too_large(report);
}

}  // namespace

ErrorCode lay_memory(Method& method, const Options& options, Layout& layout, ErrorReport& report) {
  for (std::uint32_t i = 1; i <= method.region_count; ++i) {
    const Region& region = method.regions[i];
    layout.region_bytes += region.bytes;
    if (region.bytes > layout.largest_region_bytes) layout.largest_region_bytes = region.bytes;
    if (find_placement(options, i) != nullptr) continue;
    if (!add(region.persists ? layout.persistent_bytes : layout.working_bytes, round_up(region.bytes, 16)))
      return too_large(report);
  }
  for (std::uint32_t i = 0; i < method.inputs.count + method.outputs.count; ++i) {
    const bool is_output = i >= method.inputs.count;
    const std::uint32_t port = is_output ? i - method.inputs.count : i;
    std::size_t bytes = 0;
    if (comes_by_rows(options, is_output, port)) continue;
    if (unplanned_bytes(method, is_output, port, bytes, report) != ErrorCode::ok) return report.code();
    if (!add(layout.working_bytes, bytes)) return too_large(report);
  }
  return method.for_each_state(
      [&](const pte::TensorRecord&) {
        ++layout.state_count;
        return true;
      },
      report);
}

ErrorCode lay_tables(Method& method, const Options& options, Layout& layout, ErrorReport& report) {
  layout.table_bytes =
      Program::table_bytes(method.inputs.count + method.outputs.count, layout.state_count, method.instructions.count());
  for (std::uint32_t i = 0; i < method.instructions.count(); ++i)
    if (add_instruction(method, options, i, layout, report) != ErrorCode::ok) return report.code();
  layout.table_bytes = round_up(layout.table_bytes, 16);
  return ErrorCode::ok;
}

ErrorCode measure(const Options& options, Sizes& sizes, ErrorReport& report) {
  Method method;
  Layout layout;
  if (method.open(options, report) != ErrorCode::ok) return report.code();
  if (lay_memory(method, options, layout, report) != ErrorCode::ok) return report.code();
  if (lay_tables(method, options, layout, report) != ErrorCode::ok) return report.code();
  std::size_t total = layout.shared_arena_bytes();
  if (!add(total, layout.state_bytes())) return too_large(report);
  sizes.arena_bytes = layout.arena_bytes();
  sizes.shared_arena_bytes = layout.shared_arena_bytes();
  sizes.state_bytes = layout.state_bytes();
  sizes.region_bytes = layout.region_bytes;
  sizes.largest_region_bytes = layout.largest_region_bytes;
  sizes.instructions = method.instructions.count();
  sizes.inputs = method.inputs.count;
  sizes.outputs = method.outputs.count;
  sizes.region_count = method.region_count;
  return ErrorCode::ok;
}

}  // namespace cortado::runtime
