#include "runtime/loader.h"

#include "support/to_double.h"

namespace cortado::runtime {
namespace {

bool is_aligned(const Memory& memory) { return reinterpret_cast<std::uintptr_t>(memory.data) % 16 == 0; }

std::uint8_t* end_of(const Memory& memory) {
  return static_cast<std::uint8_t*>(memory.data) + (memory.bytes & ~std::size_t{15});
}

}  // namespace

Program* Program::load(const Options& options, ErrorReport& report) { return Loader(options, report).load(); }

Program* Loader::load() {
  Program* program = nullptr;
  if (load(program) != ErrorCode::ok) {
    if (ErrorReport::has_texts && out_of_memory_) explain_memory();
    log(report_->text());
    return nullptr;
  }
  program->reset();
  return program;
}

ErrorCode Loader::load(Program*& program) {
  if (options_->kernels == nullptr) return report_->fail(ErrorCode::invalid_argument, "no kernel table is given");
  if (method_.open(*options_, *report_) != ErrorCode::ok) return report_->code();
  if (lay_memory(method_, *options_, layout_, *report_) != ErrorCode::ok) return report_->code();
  if (place_memory() != ErrorCode::ok) return report_->code();
  void* memory = arena_.keep(sizeof(Program));
  if (memory == nullptr) return out_of_memory();
  program = new (memory) Program;
  program->observer_ = options_->observer;
  if (make_ports(*program) != ErrorCode::ok) return report_->code();
  if (make_states(*program) != ErrorCode::ok) return report_->code();
  return make_instructions(*program);
}

// --- memory

ErrorCode Loader::place_memory() {
  const Memory& arena = options_->arena;
  const Memory& state = options_->state;
  const bool shared = state.data == nullptr;
  if (!is_aligned(arena) || !is_aligned(state))
    return report_->fail(ErrorCode::invalid_argument, "the memory given for arena or state is not 16-aligned");
  auto* arena_begin = static_cast<std::uint8_t*>(arena.data);
  std::uint8_t* arena_end = end_of(arena);
  const std::size_t arena_bytes = static_cast<std::size_t>(arena_end - arena_begin);
  const std::size_t state_bytes =
      shared ? arena_bytes : static_cast<std::size_t>(end_of(state) - static_cast<std::uint8_t*>(state.data));
  const std::size_t persistent = layout_.persistent_bytes;
  if (layout_.working_bytes > arena_bytes || persistent > state_bytes ||
      (shared && persistent > arena_bytes - layout_.working_bytes))
    return out_of_memory();
  // State lies behind the tables, at the end of its memory.
  std::uint8_t* tables_end = (shared ? arena_end : end_of(state)) - persistent;
  if (shared)
    arena_ = Arena(arena_begin, tables_end, layout_.working_bytes);
  else
    arena_ = Arena(arena_begin, arena_end, static_cast<std::uint8_t*>(state.data), tables_end);
  return place_regions(arena_begin, tables_end);
}

ErrorCode Loader::place_regions(std::uint8_t* working, std::uint8_t* persistent) {
  for (std::uint32_t i = 1; i <= method_.region_count; ++i) {
    Region& region = method_.regions[i];
    if (const Placement* placement = find_placement(*options_, i); placement != nullptr) {
      if (!is_aligned(placement->memory) || placement->memory.data == nullptr || placement->memory.bytes < region.bytes)
        return report_->fail(ErrorCode::arena_too_small, "the memory for region ")
            .add(i)
            .add(" must be 16-aligned and have ")
            .add(static_cast<std::int64_t>(region.bytes))
            .add(" bytes, it has ")
            .add(static_cast<std::int64_t>(placement->memory.bytes));
      region.base = static_cast<std::uint8_t*>(placement->memory.data);
      continue;
    }
    std::uint8_t*& next = region.persists ? persistent : working;
    region.base = next;
    next += round_up(region.bytes, 16);
  }
  unplanned_next_ = working;
  return ErrorCode::ok;
}

ErrorCode Loader::out_of_memory() {
  out_of_memory_ = true;
  return report_->fail(ErrorCode::arena_too_small, "the arena is too small");
}

void Loader::explain_memory() {
  Sizes sizes;
  ErrorReport measured;
  if (measure(*options_, sizes, measured) != ErrorCode::ok) return;
  const bool shared = options_->state.data == nullptr;
  report_->add(": it has ")
      .add(static_cast<std::int64_t>(options_->arena.bytes))
      .add(" bytes, the program needs ")
      .add(static_cast<std::int64_t>(shared ? sizes.arena_bytes : sizes.shared_arena_bytes));
  if (!shared)
    report_->add(", and for state ")
        .add(static_cast<std::int64_t>(options_->state.bytes))
        .add(" of ")
        .add(static_cast<std::int64_t>(sizes.state_bytes));
}

void Loader::log(const char* text) {
  if (options_->observer.log != nullptr) options_->observer.log(options_->observer.context, text);
}

// --- ports and state

ErrorCode Loader::make_port(bool is_output, std::uint32_t index, Port& port) {
  const std::int32_t value = is_output ? method_.outputs[index] : method_.inputs[index];
  std::size_t unplanned = 0;
  const bool by_rows = comes_by_rows(*options_, is_output, index);
  if (!by_rows && unplanned_bytes(method_, is_output, index, unplanned, *report_) != ErrorCode::ok)
    return report_->code();
  ValueRecord entry;
  if (method_.value(value, entry, *report_) != ErrorCode::ok) return report_->code();
  const pte::Table table = method_.table(entry);
  port.is_tensor = entry.kind == pte::ValueKind::tensor;
  if (!port.is_tensor) {
    namespace scalar = pte::field::scalar;
    if (entry.kind == pte::ValueKind::number) port.number = table.scalar<double>(scalar::value);
    if (entry.kind == pte::ValueKind::integer) port.number = to_double(table.scalar<std::int64_t>(scalar::value));
    if (entry.kind == pte::ValueKind::boolean) port.number = table.scalar<std::uint8_t>(scalar::value) != 0 ? 1 : 0;
    return method_.file.check_damage(*report_);
  }
  const pte::Text name = pte::tensor_name(table);
  port.name.text = name.text;
  port.name.length = name.length;
  pte::TensorRecord record;
  if (method_.tensor(entry, record, *report_) != ErrorCode::ok) return report_->code();
  port.tensor = record.tensor;
  port.bytes = record.bytes;
  if (by_rows && record.place != pte::TensorPlace::unplanned)
    return report_->fail(ErrorCode::invalid_argument, "input ")
        .add(index)
        .add(" cannot come by rows: compile the model with --input-rows");
  if (by_rows || record.place != pte::TensorPlace::unplanned) return ErrorCode::ok;
  if (unplanned == 0) {
    port.tensor.data = unplanned_.find(value);
    return ErrorCode::ok;
  }
  port.tensor.data = unplanned_next_;
  unplanned_next_ += unplanned;
  return ErrorCode::ok;
}

ErrorCode Loader::make_ports(Program& program) {
  const std::uint32_t inputs = method_.inputs.count;
  const std::uint32_t outputs = method_.outputs.count;
  if (options_->rows.source.read != nullptr && options_->rows.input >= inputs)
    return report_->fail(ErrorCode::invalid_argument, "there is no input ")
        .add(options_->rows.input)
        .add(" that could come by rows");
  auto* ports = arena_.keep_array<Port>(inputs + outputs);
  if (ports == nullptr) return out_of_memory();
  unplanned_.inputs = program.inputs_ = ports;
  unplanned_.outputs = program.outputs_ = ports + inputs;
  program.input_count_ = inputs;
  program.output_count_ = outputs;
  for (std::uint32_t i = 0; i < inputs; ++i, ++unplanned_.known_inputs)
    if (make_port(false, i, *new (&ports[i]) Port) != ErrorCode::ok) return report_->code();
  for (std::uint32_t i = 0; i < outputs; ++i, ++unplanned_.known_outputs)
    if (make_port(true, i, *new (&ports[inputs + i]) Port) != ErrorCode::ok) return report_->code();
  return ErrorCode::ok;
}

ErrorCode Loader::make_states(Program& program) {
  auto* states = arena_.keep_array<Program::State>(layout_.state_count);
  if (states == nullptr) return out_of_memory();
  program.states_ = states;
  return method_.for_each_state(
      [&](const pte::TensorRecord& record) {
        states[program.state_count_++] = {record.tensor.data, record.initial, record.bytes};
        return program.state_count_ < layout_.state_count;
      },
      *report_);
}

}  // namespace cortado::runtime
