#include "boards/emulator/run.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <sstream>

#include "boards/emulator/cycles.h"
#include "boards/emulator/emulate.h"
#include "boards/emulator/files.h"
#include "boards/emulator/firmware.h"
#include "boards/emulator/interruption.h"
#include "boards/target/exit_codes.h"

namespace cortado::boards {
namespace {

namespace fs = std::filesystem;

// Checks what becomes a word of the firmware's command line.
Status check_options(const CoreRunOptions& options) {
  for (const char letter : options.method)
    if (letter == ' ' || letter == ',' || static_cast<unsigned char>(letter) < 33 ||
        static_cast<unsigned char>(letter) > 126)
      return usage_error(fmt::format("the method's name '{}' cannot be given to a firmware", options.method));
  if ((options.per_operator || options.cycles) && options.samples.empty())
    return usage_error("counting instructions by operator, and modelling cycles, needs a sample");
  if (options.cycles && options.core != "cortex-m55")
    return usage_error(fmt::format("cycles are modelled for the cortex-m55 alone, not for the {}", options.core));
  return {};
}

Result<std::uint64_t> smallest_firmware(const Core& core, const CoreRunOptions& options, const Tools& tools,
                                        const fs::path& scratch) {
  const FirmwareSpec spec{
      .core = &core, .main = "boards/firmware/smallest.cc", .error_texts = false, .operators = options.operators};
  CORTADO_TRY(const Firmware firmware, build_firmware(spec, tools, {options.progress, options.notice, scratch}));
  const FlashBytes& flash = firmware.flash;
  return flash.runtime + flash.kernels + flash.board + flash.other;
}

Result<Place> place_of(const CoreRunOptions& options, const Core& core, const Firmware& firmware, CoreRun& run) {
  run.large_program = options.program.size() > firmware.program.size_bytes;
  const Place& place = run.large_program ? firmware.large_program : firmware.program;
  if (options.program.size() <= place.size_bytes) return place;
  return input_error(fmt::format("the program has {} bytes, the board {} has room for {}", options.program.size(),
                                 core.board, std::max(firmware.program.size_bytes, firmware.large_program.size_bytes)));
}

Status write_inputs(const CoreRunOptions& options, const fs::path& folder) {
  CORTADO_CHECK(write_bytes(folder / "program.pte", options.program));
  for (std::size_t s = 0; s < options.samples.size(); ++s)
    for (std::size_t i = 0; i < options.samples[s].size(); ++i)
      CORTADO_CHECK(write_bytes(folder / fmt::format("input_{}_{}", s, i), options.samples[s][i]));
  return {};
}

Status read_report(const fs::path& folder, std::size_t samples, CoreRun& run) {
  CORTADO_TRY(const std::string report, read_text(folder / "report"));
  std::istringstream lines(report);
  std::string name;
  std::uint64_t outputs = 0;
  for (std::uint64_t value = 0; lines >> name >> value;) {
    if (name == "load_instructions") run.load_instructions = value;
    if (name == "arena_bytes") run.arena_bytes = value;
    if (name == "large_arena") run.large_arena = value != 0;
    if (name == "outputs") outputs = value;
    if (name == "stack_bytes") run.stack_bytes = value;
  }
  for (std::size_t s = 0; s < samples; ++s) {
    Sample& sample = run.outputs.emplace_back();
    for (std::uint64_t i = 0; i < outputs; ++i) {
      CORTADO_TRY(const std::string bytes, read_text(folder / fmt::format("output_{}_{}", s, i)));
      sample.emplace_back(bytes.begin(), bytes.end());
    }
    CORTADO_TRY(const std::string count, read_text(folder / fmt::format("instructions_{}_0", s)));
    std::uint64_t instructions = 0;
    if (count.size() == sizeof instructions) std::memcpy(&instructions, count.data(), sizeof instructions);
    run.run_instructions.push_back(instructions);
  }
  return {};
}

// An instruction or a stage that runs several times has one row with the sum.
Status read_operators(const fs::path& folder, CoreRun& run, std::vector<std::uint32_t>& regions) {
  CORTADO_TRY(const std::string text, read_text(folder / "operators"));
  std::istringstream lines(text);
  std::map<std::uint32_t, OperatorCost> rows;  // by region, which has the order of the plan
  OperatorCost cost;
  std::uint32_t region = 0;
  while (lines >> cost.instruction >> cost.part >> cost.op >> cost.instructions >> region) {
    const auto [row, is_new] = rows.emplace(region, cost);
    if (!is_new) row->second.instructions += cost.instructions;
  }
  for (const auto& [number, row] : rows) {
    run.per_operator.push_back(row);
    regions.push_back(number);
  }
  return {};
}

struct NamedMemory {
  const char* name;
  Place place;
};
std::vector<NamedMemory> memories_of(const Firmware& firmware, const Place& program) {
  return {{"program", program},
          {"arena", firmware.arena},
          {"arena", firmware.large_arena},
          {"stack and variables", firmware.data},
          {"code and its constants", firmware.code}};
}

// Of memories of one name, as small and large arena are, the sum.
std::vector<Traffic> traffic_of(const std::vector<NamedMemory>& memories, const RegionCounts& counts) {
  std::vector<Traffic> traffic;
  for (std::size_t i = 0; i < std::min(memories.size(), counts.traffic.size()); ++i) {
    if (traffic.empty() || traffic.back().memory != memories[i].name) traffic.push_back({.memory = memories[i].name});
    traffic.back().read += counts.traffic[i].read;
    traffic.back().written += counts.traffic[i].written;
    traffic.back().fetched += counts.traffic[i].fetched;
  }
  return traffic;
}

// Regions of boards/firmware/run.cc.
Status read_cycles(const fs::path& folder, const fs::path& elf, const std::vector<NamedMemory>& memories,
                   const std::vector<std::uint32_t>& operator_regions, CoreRun& run) {
  CORTADO_TRY(const Counts counts, read_counts(folder / counts_file));
  CORTADO_TRY(auto regions, model_cycles(elf, counts, folder));
  run.load_functions = std::move(regions[1].functions);
  run.functions = std::move(regions[2].functions);
  run.cycles = regions[2].cycles;
  if (const auto counted = counts.find(2); counted != counts.end()) run.traffic = traffic_of(memories, counted->second);
  for (std::size_t i = 0; i < operator_regions.size(); ++i) {
    run.per_operator[i].cycles = regions[operator_regions[i]].cycles;
    const auto counted = counts.find(operator_regions[i]);
    if (counted == counts.end()) continue;
    for (const Traffic& traffic : traffic_of(memories, counted->second))
      if (traffic.memory == memories[0].name) run.per_operator[i].fetched = traffic.fetched;
  }
  return {};
}

}  // namespace

Result<CoreRun> run_on_core(const CoreRunOptions& options) {
  CORTADO_TRY(const Core* core, find_core(options.core));
  CORTADO_CHECK(check_options(options));
  CORTADO_TRY(const Tools tools, find_tools(*core));
  const Interruption interruption;  // outlives the temporary folder
  CORTADO_TRY(const TemporaryFolder folder, TemporaryFolder::create());
  CORTADO_TRY(const Firmware firmware,
              build_firmware({.core = core, .main = "boards/firmware/run.cc", .operators = options.operators}, tools,
                             {options.progress, options.notice, folder.path()}));
  CoreRun run;
  run.board = core->board;
  CORTADO_TRY(const Place place, place_of(options, *core, firmware, run));
  CORTADO_CHECK(write_inputs(options, folder.path()));

  EmulatorOptions emulator{
      core, firmware.elf, folder.path(), {}, {{"program.pte", place.address}}, options.time_limit, {}, {}};
  const std::vector<NamedMemory> memories = memories_of(firmware, {place.address, options.program.size()});
  if (options.cycles) {
    CORTADO_TRY(emulator.plugin, build_counting_plugin(options.notice, folder.path()));
    for (const NamedMemory& memory : memories) emulator.memories.push_back(memory.place);
  }
  for (const std::uint64_t number :
       {place.address, std::uint64_t{options.program.size()}, std::uint64_t{options.samples.size()},
        options.instruction_limit, std::uint64_t{options.per_operator}, std::uint64_t{options.input_rows}})
    emulator.arguments.push_back(std::to_string(number));
  if (!options.method.empty()) emulator.arguments.push_back(options.method);
  if (options.progress) options.progress({fmt::format("running on {}", core->name), 0, 0});
  CORTADO_TRY(const Ending ending, emulate(emulator, tools.emulator));
  if (options.progress) options.progress({});
  if (ending.kind != Ending::Kind::exited) return describe(ending, emulator);
  if (ending.exit_code == board::exit_failed)
    return input_error(
        fmt::format("on {}: {}", core->name, ending.console.substr(0, ending.console.find_last_not_of('\n') + 1)));
  if (ending.exit_code != board::exit_done) return describe(ending, emulator);

  CORTADO_CHECK(read_report(folder.path(), options.samples.size(), run));
  std::vector<std::uint32_t> operator_regions;
  if (options.per_operator) CORTADO_CHECK(read_operators(folder.path(), run, operator_regions));
  if (options.cycles) CORTADO_CHECK(read_cycles(folder.path(), firmware.elf, memories, operator_regions, run));
  run.flash = firmware.flash;
  run.flash.program = options.program.size();
  if (options.smallest_firmware) {
    CORTADO_TRY(run.flash.smallest_firmware, smallest_firmware(*core, options, tools, folder.path()));
  }
  run.console = ending.console;
  return run;
}

}  // namespace cortado::boards
