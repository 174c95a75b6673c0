// The C interface: runtime/program.h in C's types.
#include "runtime/cortado.h"

#include <string.h>

#include "runtime/program.h"
#include "stream/stream.h"

namespace {

using cortado::ErrorReport;
using cortado::runtime::Options;
using cortado::runtime::Placement;
using cortado::runtime::Port;
using cortado::runtime::Program;

static_assert(static_cast<int>(cortado::ErrorCode::invalid_program) == CORTADO_INVALID_PROGRAM, "one list of codes");
static_assert(static_cast<int>(cortado::ErrorCode::unsupported) == CORTADO_UNSUPPORTED, "one list of codes");
static_assert(static_cast<int>(cortado::ErrorCode::missing_operator) == CORTADO_MISSING_OPERATOR, "one list of codes");
static_assert(static_cast<int>(cortado::ErrorCode::invalid_argument) == CORTADO_INVALID_ARGUMENT, "one list of codes");
static_assert(static_cast<int>(cortado::ErrorCode::arena_too_small) == CORTADO_ARENA_TOO_SMALL, "one list of codes");
static_assert(static_cast<int>(cortado::DType::bf16) == CORTADO_BF16, "one list of element types");
static_assert(sizeof(Placement) == sizeof(cortado_placement), "the same layout in both interfaces");
static_assert(sizeof(cortado_error::text) >= ErrorReport::capacity_bytes, "every message fits");

Options to_options(const cortado_options& from) {
  Options options;
  options.program = from.program;
  options.program_bytes = from.program_bytes;
  options.method = from.method;
  options.arena = {from.arena.data, from.arena.bytes};
  options.state = {from.state.data, from.state.bytes};
  options.placements = reinterpret_cast<const Placement*>(from.placements);
  options.placement_count = from.placements != nullptr ? from.placement_count : 0;
  if (from.rows != nullptr) options.rows = {from.rows->input, {from.rows->read, from.rows->context}};
  options.observer = {from.context, from.log, from.on_instruction};
  return options;
}

cortado_status give(const ErrorReport& report, cortado_error* error) {
  const auto status = static_cast<cortado_status>(report.code());
  if (error != nullptr) {
    error->status = status;
    memcpy(error->text, report.text(), strlen(report.text()) + 1);
  }
  return status;
}

Program* program_of(cortado_model* model) { return reinterpret_cast<Program*>(model); }
const Program* program_of(const cortado_model* model) { return reinterpret_cast<const Program*>(model); }

cortado_status describe(const Port& port, cortado_tensor* tensor) {
  tensor->name = port.name.length != 0 ? port.name.text : nullptr;
  tensor->name_length = port.name.length;
  tensor->dtype = port.is_tensor ? static_cast<cortado_dtype>(port.tensor.dtype) : CORTADO_F64;
  tensor->rank = port.tensor.rank;
  tensor->sizes = port.tensor.sizes;
  tensor->dim_order = port.tensor.dim_order;
  tensor->data = port.is_tensor ? port.tensor.data : nullptr;
  tensor->bytes = port.bytes;
  return CORTADO_OK;
}

}  // namespace

cortado_status cortado_measure(const cortado_options* options, cortado_sizes* sizes, cortado_error* error) {
  ErrorReport report;
  cortado::runtime::Sizes measured;
  cortado::runtime::measure(to_options(*options), measured, report);
  sizes->arena_bytes = measured.arena_bytes;
  sizes->shared_arena_bytes = measured.shared_arena_bytes;
  sizes->state_bytes = measured.state_bytes;
  return give(report, error);
}

cortado_status cortado_load(const cortado_options* options, cortado_model** model, cortado_error* error) {
  ErrorReport report;
  *model = reinterpret_cast<cortado_model*>(Program::load(to_options(*options), report));
  return give(report, error);
}

uint32_t cortado_input_count(const cortado_model* model) { return program_of(model)->input_count(); }
uint32_t cortado_output_count(const cortado_model* model) { return program_of(model)->output_count(); }

cortado_status cortado_input(const cortado_model* model, uint32_t index, cortado_tensor* tensor) {
  if (index >= program_of(model)->input_count()) return CORTADO_INVALID_ARGUMENT;
  return describe(program_of(model)->input(index), tensor);
}

cortado_status cortado_output(const cortado_model* model, uint32_t index, cortado_tensor* tensor) {
  if (index >= program_of(model)->output_count()) return CORTADO_INVALID_ARGUMENT;
  return describe(program_of(model)->output(index), tensor);
}

cortado_status cortado_run(cortado_model* model) {
  return program_of(model)->run() ? CORTADO_OK : CORTADO_INVALID_ARGUMENT;
}
bool cortado_step(cortado_model* model) { return program_of(model)->step(); }
bool cortado_failed(const cortado_model* model) { return program_of(model)->failed(); }
void cortado_reset(cortado_model* model) { program_of(model)->reset(); }

uint32_t cortado_instruction_count(const cortado_model* model) { return program_of(model)->instruction_count(); }

uint32_t cortado_part_count(const cortado_model* model, uint32_t instruction) {
  if (instruction >= program_of(model)->instruction_count()) return 0;
  const cortado::stream::Stream* stream = program_of(model)->instruction_stream(instruction);
  return stream != nullptr ? stream->stage_count() : 1;
}

const char* cortado_part_name(const cortado_model* model, uint32_t instruction, uint32_t part) {
  if (part >= cortado_part_count(model, instruction)) return "";
  const cortado::stream::Stream* stream = program_of(model)->instruction_stream(instruction);
  return stream != nullptr ? stream->stage_name(part) : program_of(model)->instruction_name(instruction);
}

uint32_t cortado_next_part(const cortado_model* model, uint32_t instruction) {
  if (instruction >= program_of(model)->instruction_count()) return 0;
  const cortado::stream::Stream* stream = program_of(model)->instruction_stream(instruction);
  if (stream == nullptr) return 0;
  return stream->next() < stream->stage_count() ? stream->next() : stream->stage_count() - 1;
}
