#include "report.h"

#include "cycle_counter.h"
#include "json.h"

namespace timing {
namespace {

// Sorted, so that the median is in the middle.
void sort(uint64_t* values, uint32_t count) {
  for (uint32_t i = 1; i < count; ++i)
    for (uint32_t j = i; j > 0 && values[j] < values[j - 1]; --j) {
      const uint64_t value = values[j];
      values[j] = values[j - 1];
      values[j - 1] = value;
    }
}

void print_cycles(Json& json, const Measured& measured, uint32_t clock_hz) {
  uint64_t sorted[cortado_timing_most_runs];
  for (uint32_t i = 0; i < measured.runs; ++i) sorted[i] = measured.cycles[i];
  sort(sorted, measured.runs);
  const uint64_t median = sorted[measured.runs / 2];
  json.member("runs", measured.runs);
  json.key("cycles");
  json.open("{");
  json.member("first", measured.cycles[0]);
  json.member("min", sorted[0]);
  json.member("median", median);
  json.member("max", sorted[measured.runs - 1]);
  json.close("}");
  if (clock_hz != 0) {
    json.member("clock_hz", clock_hz);
    json.member("microseconds", median * 1000000 / clock_hz);
  }
}

void print_parts(Json& json, const Measured& measured) {
  json.key("per_operator");
  json.open("[");
  for (uint32_t i = 0; i < measured.part_count && i < cortado_timing_most_parts; ++i) {
    json.raw(i == 0 ? "\n  " : ",\n  ");
    Json part = json;
    part.open("{");
    part.member("instruction", measured.parts[i].instruction);
    part.member("op", measured.parts[i].name);
    part.member("cycles", measured.parts[i].cycles);
    part.close("}");
  }
  json.close("]");
  if (measured.part_count > cortado_timing_most_parts)
    json.member("operators_left_out", measured.part_count - cortado_timing_most_parts);
}

void print_checksum(Json& json, uint32_t sum) {
  char digits[9] = {};
  for (int i = 0; i < 8; ++i) digits[i] = "0123456789abcdef"[sum >> (28 - 4 * i) & 15];
  json.member("outputs_crc32", digits);
}

}  // namespace

void print(const cortado_timing& timing, const Measured& measured, const Stack& stack) {
  Json json(timing.put);
  json.open("{");
  json.member("core", core_name());
  if (measured.counter != nullptr) json.member("counter", measured.counter);
  json.member("program_bytes", timing.program_bytes);
  if (measured.arena_bytes != 0) json.member("arena_bytes", measured.arena_bytes);
  if (measured.runs != 0) {
    json.member("load_cycles", measured.load);
    print_cycles(json, measured, timing.clock_hz);
    print_checksum(json, measured.checksum);
    print_parts(json, measured);
  }
  if (stack.is_known) json.member("stack_bytes", stack.bytes);
  if (measured.error.text[0] != '\0') json.member("error", measured.error.text);
  json.close("}");
  json.raw("\n");
}

}  // namespace timing
