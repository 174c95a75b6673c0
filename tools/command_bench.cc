// cortado bench
#include <cmath>
#include <cstdio>
#include <fstream>

#include "boards/emulator/region_costs.h"
#include "tools/command.h"
#include "tools/console.h"
#include "tools/execute.h"
#include "tools/json.h"
#include "tools/made_up_inputs.h"
#include "tools/options.h"

namespace cortado::tools {
namespace {

struct BenchOptions {
  std::string program;
  std::vector<std::string> inputs;
  ExecuteOptions execute;
  ImageOptions image;
  bool json = false;
};

Result<Tensors> inputs_for(const LoadedProgram& program, const BenchOptions& options) {
  if (!options.inputs.empty()) return program_inputs(program, options.inputs, options.image);
  return made_up_inputs(program);
}

Json rounded(double cycles) { return cycles != 0 ? Json(std::llround(cycles)) : Json(nullptr); }

Json to_json(const std::vector<boards::FunctionCost>& functions) {
  Json rows = Json::array();
  for (const boards::FunctionCost& function : functions)
    rows.push_back({{"name", function.name},
                    {"instructions", function.instructions},
                    {"modelled_cycles", rounded(function.cycles.as_compiled)},
                    {"modelled_cycles_bound", rounded(function.cycles.bound)}});
  return rows;
}

Json to_json(const LoadedProgram& program, const boards::CoreRun& core, const BenchOptions& options) {
  Json operators = Json::array();
  for (const boards::OperatorCost& cost : core.per_operator)
    operators.push_back({{"name", std::to_string(cost.instruction)},
                         {"part", cost.part},
                         {"op", cost.op},
                         {"instructions", cost.instructions},
                         {"modelled_cycles", rounded(cost.cycles.as_compiled)},
                         {"modelled_cycles_bound", rounded(cost.cycles.bound)},
                         {"program_bytes_fetched", options.execute.cycles ? Json(cost.fetched) : Json(nullptr)}});
  Json json = {{"core", options.execute.on},
               {"board", core.board},
               {"instructions", core.run_instructions.at(0)},
               {"load_instructions", core.load_instructions},
               {"modelled_cycles", rounded(core.cycles.as_compiled)},
               {"modelled_cycles_bound", rounded(core.cycles.bound)},
               {"per_operator", operators},
               {"arena_bytes", core.arena_bytes},
               {"stack_bytes", core.stack_bytes},
               {"program_bytes", program.bytes.size()},
               {"flash_bytes",
                {{"runtime", core.flash.runtime},
                 {"kernels", core.flash.kernels},
                 {"loops", core.flash.loops},
                 {"board", core.flash.board},
                 {"other", core.flash.other}}}};
  if (options.execute.smallest_firmware) json["flash_bytes"]["smallest_firmware"] = core.flash.smallest_firmware;
  if (options.execute.cycles) {
    json["functions"] = to_json(core.functions);
    json["load_functions"] = to_json(core.load_functions);
    for (const boards::Traffic& traffic : core.traffic)
      json["traffic"][traffic.memory] = {
          {"read", traffic.read}, {"written", traffic.written}, {"fetched", traffic.fetched}};
  }
  return json;
}

void print_functions(const char* title, const std::vector<boards::FunctionCost>& functions) {
  std::printf("%s: instructions, modelled cycles as compiled and at best\n", title);
  for (const boards::FunctionCost& function : functions)
    std::printf("  %12llu %12.0f %12.0f  %s\n", static_cast<unsigned long long>(function.instructions),
                function.cycles.as_compiled, function.cycles.bound, function.name.c_str());
}

void print_traffic(const std::vector<boards::Traffic>& traffic) {
  std::printf("one run by memory: bytes read, fetched for it by a cache of 32 KB, written\n");
  for (const boards::Traffic& memory : traffic)
    std::printf("  %12llu %12llu %12llu  %s\n", static_cast<unsigned long long>(memory.read),
                static_cast<unsigned long long>(memory.fetched), static_cast<unsigned long long>(memory.written),
                memory.memory.c_str());
}

void print_operators(const std::vector<boards::OperatorCost>& operators, bool with_cycles) {
  if (operators.empty()) return;
  std::printf(
      "one run by operator and stage: instructions%s\n",
      with_cycles ? ", modelled cycles as compiled and at best, bytes of the program fetched by a cache of 32 KB" : "");
  for (const boards::OperatorCost& cost : operators) {
    std::printf("  %4u.%-3u %12llu", cost.instruction, cost.part, static_cast<unsigned long long>(cost.instructions));
    if (cost.cycles.as_compiled != 0)
      std::printf(" %12.0f %12.0f %12llu", cost.cycles.as_compiled, cost.cycles.bound,
                  static_cast<unsigned long long>(cost.fetched));
    std::printf("  %s\n", cost.op.c_str());
  }
}

void print_text(const LoadedProgram& program, const boards::CoreRun& core, const BenchOptions& options) {
  const auto line = [](const char* what, std::uint64_t value, const char* unit) {
    std::printf("%-18s %12llu %s\n", what, static_cast<unsigned long long>(value), unit);
  };
  std::printf("%s on %s (%s)\n", program.file.c_str(), options.execute.on.c_str(), core.board.c_str());
  line("one run", core.run_instructions.at(0), "instructions");
  if (options.execute.cycles) {
    line("", static_cast<std::uint64_t>(core.cycles.as_compiled), "modelled cycles as compiled");
    line("", static_cast<std::uint64_t>(core.cycles.bound), "modelled cycles at best");
  }
  line("loading", core.load_instructions, "instructions");
  line("arena", core.arena_bytes, "bytes of RAM");
  line("stack", core.stack_bytes, "bytes of RAM");
  line("program", program.bytes.size(), "bytes of flash");
  line("runtime", core.flash.runtime, "bytes of flash");
  line("kernels", core.flash.kernels, "bytes of flash");
  line("", core.flash.loops, "of them inner loops of row streams");
  line("board", core.flash.board, "bytes of flash");
  line("other", core.flash.other, "bytes of flash");
  if (options.execute.smallest_firmware)
    line("smallest firmware", core.flash.smallest_firmware, "bytes of flash, without the program");
  print_operators(core.per_operator, options.execute.cycles);
  if (!options.execute.cycles) return;
  print_traffic(core.traffic);
  print_functions("one run by function", core.functions);
  print_functions("loading by function", core.load_functions);
}

bool is_firmware(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  char begin[4] = {};
  return stream.read(begin, sizeof begin) && std::string_view(begin, sizeof begin) == "\177ELF";
}

// A firmware of the user's own, in place of a program.
Status run_firmware(const BenchOptions& options) {
  const auto say = [](std::string_view text) { notice(std::string(text)); };
  CORTADO_TRY(const auto regions,
              boards::region_costs(options.program, std::chrono::seconds(600), boards::progress_on_terminal(), say));
  Json rows = Json::array();
  for (const auto& [region, cost] : regions) {
    rows.push_back({{"region", region},
                    {"instructions", cost.instructions},
                    {"modelled_cycles", rounded(cost.cycles.as_compiled)},
                    {"modelled_cycles_bound", rounded(cost.cycles.bound)},
                    {"functions", to_json(cost.functions)}});
    if (!options.json) print_functions(("region " + std::to_string(region)).c_str(), cost.functions);
  }
  if (options.json) print_json({{"regions", rows}});
  return {};
}

Status run_bench(BenchOptions options) {
  if (is_firmware(options.program)) return run_firmware(options);
  CORTADO_TRY(auto program, load_program(options.program));
  CORTADO_TRY(auto inputs, inputs_for(program, options));
  CORTADO_TRY(const Execution execution, execute(program, {inputs}, options.execute));
  if (options.json)
    print_json(to_json(program, *execution.core, options));
  else
    print_text(program, *execution.core, options);
  return {};
}

}  // namespace

Command add_bench(CLI::App& parent) {
  CLI::App* app = add_subcommand(parent, "bench", "Count what a program costs on an emulated core",
                                 "  cortado bench model.pte --on cortex-m55\n"
                                 "  cortado bench model.pte --on cortex-m4 --per-operator --json\n"
                                 "  cortado bench model.pte --cycles --per-operator");
  auto options = std::make_shared<BenchOptions>();
  options->execute.on = "cortex-m55";
  app->add_option("program", options->program,
                  "The .pte; or a firmware for the emulated cortex-m55 (ELF), the cycles of whose regions are modelled")
      ->type_name("OUT.pte")
      ->required();
  app->add_option("--on", options->execute.on, "The core")
      ->capture_default_str()
      ->check(CLI::IsMember(boards::core_names()));
  app->add_option("--input", options->inputs, "Inputs, as for cortado run (default: made up)")->type_name("FILE");
  app->add_flag("--per-operator", options->execute.per_operator, "Count every operator call and every stage, too");
  app->add_flag("--input-rows", options->execute.input_rows,
                "The first input comes by rows (programs compiled with --input-rows)");
  app->add_flag("--cycles", options->execute.cycles,
                "Model cycles, by function and with --per-operator by stage, and count bytes by memory (cortex-m55)");
  app->add_flag(
      "--smallest-firmware", options->execute.smallest_firmware,
      "Also size the firmware that only loads the program and runs it, with all checks and without texts of errors");
  add_image_options(*app, options->image);
  app->add_flag("--json", options->json, "Print the result as JSON");
  return {app, [options] { return run_bench(*options); }};
}

}  // namespace cortado::tools
