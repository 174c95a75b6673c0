// cortado compile
#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <map>

#include "compiler/target.h"
#include "ops/alias/alias.h"
#include "support/atomic_file.h"
#include "tools/build_program.h"
#include "tools/command.h"
#include "tools/console.h"
#include "tools/emit_header.h"
#include "tools/json.h"
#include "tools/options.h"

namespace cortado::tools {
namespace {

struct CompileOptions {
  BuildOptions build;
  std::string output;
  std::string header;
  std::string target = "cortex-m55";
  std::vector<std::string> keep_float, io;
  bool json = false;
};

// Of the program: aliases are views of other values, not calls.
bool is_call(const ir::Node& node) { return !ops::is_alias(node); }

std::size_t call_count(const ir::Graph& graph) {
  return static_cast<std::size_t>(
      std::count_if(graph.nodes().begin(), graph.nodes().end(), [](const auto& node) { return is_call(*node); }));
}

// Wire operators with the number of their calls, most frequent first.
std::vector<std::pair<std::string, int>> histogram(const ir::Graph& graph) {
  std::map<std::string, int> counts;
  for (const auto& node : graph.nodes())
    if (is_call(*node)) ++counts[node->op];
  std::vector<std::pair<std::string, int>> list(counts.begin(), counts.end());
  std::stable_sort(list.begin(), list.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  return list;
}

Json float_operators(const compiler::Report& report) {
  Json list = Json::array();
  for (const auto& node : report.float_operators)
    list.push_back(Json{{"name", node.node},
                        {"op", node.op},
                        {"reason", node.reason},
                        {"source", node.source},
                        {"elements", node.elements}});
  return list;
}

void print_result(const CompileOptions& options, const Built& built) {
  const compiler::Compiled& compiled = built.compiled;
  const compiler::Work& work = compiled.report.work;
  if (options.json) {
    Json operators = Json::object();
    for (const auto& [op, count] : histogram(compiled.graph)) operators[op] = count;
    print_json({{"output", options.output},
                {"program_bytes", compiled.bytes.size()},
                {"arena_bytes", compiled.plan.arena_bytes},
                {"instructions", call_count(compiled.graph)},
                {"operators", operators},
                {"macs", work.macs},
                {"macs_before", work.macs_before},
                {"channels_dropped", work.channels_dropped},
                {"float_operators", float_operators(compiled.report)},
                {"made_up_weights", built.has_made_up_weights},
                {"seconds", built.seconds}});
    return;
  }
  std::printf("%s: %zu bytes, arena %zu bytes, %zu operator calls\n", options.output.c_str(), compiled.bytes.size(),
              compiled.plan.arena_bytes, call_count(compiled.graph));
  if (work.channels_dropped != 0)
    std::printf("%" PRIu64 " multiply-accumulates, %" PRIu64 " before %zu channels without effect were left out\n",
                work.macs, work.macs_before, work.channels_dropped);
  for (const auto& [op, count] : histogram(compiled.graph)) std::printf("  %4d  %s\n", count, op.c_str());
}

// "int8" or "NAME=int8".
Status parse_io(const std::string& text, compiler::CompileOptions& options) {
  static const std::map<std::string, compiler::Io> kinds = {
      {"float32", compiler::Io::float32}, {"int8", compiler::Io::int8}, {"uint8", compiler::Io::uint8}};
  const std::size_t equals = text.rfind('=');
  const auto kind = kinds.find(equals == std::string::npos ? text : text.substr(equals + 1));
  if (kind == kinds.end()) return usage_error("--io " + text + ": must be [NAME=]float32, int8 or uint8");
  if (equals == std::string::npos)
    options.io = kind->second;
  else
    options.io_by_name[text.substr(0, equals)] = kind->second;
  return {};
}

Status run_compile(CompileOptions options) {
  for (const std::string& text : options.io) CORTADO_CHECK(parse_io(text, options.build.compile));
  CORTADO_TRY(options.build.compile.target, compiler::parse_target(options.target));
  options.build.compile.keep_float = {options.keep_float.begin(), options.keep_float.end()};
  if (options.build.compile.input_rows && options.build.compile.dialect != compiler::Dialect::cortado)
    return usage_error("--input-rows needs --dialect cortado");
  const bool partial = !options.build.compile.stop_after.empty();
  if (options.output.empty() && !partial) return usage_error("-o OUT.pte is missing", "see cortado compile --help");
  if (!options.header.empty() && !options.header.ends_with(".h"))
    return usage_error("--emit-header " + options.header + ": must end in .h");
  CORTADO_TRY(const Built built, build_program(options.build));
  if (partial) return {};
  CORTADO_CHECK(write_file_atomically(options.output, built.compiled.bytes));
  if (!options.header.empty()) CORTADO_CHECK(emit_header(built.compiled, options.header));
  print_result(options, built);
  return {};
}

// An option whose values have names; the first is the default.
template <class T>
void add_choice(CLI::App& app, const std::string& name, T& value, const std::vector<std::pair<std::string, T>>& choices,
                const std::string& description) {
  std::vector<std::string> names;
  for (const auto& choice : choices) names.push_back(choice.first);
  const auto choose = [&value, choices](const std::string& chosen) {
    for (const auto& [text, meaning] : choices)
      if (text == chosen) value = meaning;
  };
  app.add_option_function<std::string>(name, choose, description)
      ->check(CLI::IsMember(names, CLI::ignore_case))
      ->default_str(names[0]);
}

}  // namespace

Command add_compile(CLI::App& parent) {
  CLI::App* app = add_subcommand(
      parent, "compile", "Compile a model into an ExecuTorch program (.pte)",
      "  cortado compile model.pt2 -o model.pte --calibration samples/\n"
      "  cortado compile model.pt2 -o model.pte --ranges ranges.json --target cortex-m4\n"
      "  cortado compile qat.pt2 -o qat.pte --emit-header qat.h  (quantized already: needs no samples)\n"
      "  cortado compile efficientnet_lite0 --weights lite0.npz -o lite0.pte --calibration photos/\n"
      "      --image-mean 0.498,0.498,0.498 --image-std 0.502,0.502,0.502 --image-resize 256 --image-crop 224");
  auto options = std::make_shared<CompileOptions>();
  add_model_options(*app, options->build.model);
  app->add_option("-o,--output", options->output, "The program to write")->type_name("OUT.pte");
  app->add_option("--target", options->target, "The core")->capture_default_str();
  using compiler::Dialect;
  using compiler::Loops;
  using compiler::Optimize;
  add_choice(*app, "--dialect", options->build.compile.dialect,
             {{"cortex_m", Dialect::cortex_m}, {"cortado", Dialect::cortado}},
             "The program's form: cortex_m has ExecuTorch's operators, cortado row streams for our runtime");
  add_choice(*app, "--optimize", options->build.compile.optimize,
             {{"balanced", Optimize::balanced}, {"time", Optimize::time}, {"ram", Optimize::ram}},
             "What row streams are chosen for: time, ram, or balanced (within 5/4 of the least memory)");
  add_choice(*app, "--loops", options->build.compile.loops,
             {{"auto", Loops::by_optimize}, {"fast", Loops::fast}, {"compact", Loops::compact}},
             "Inner loops that a firmware for row streams links: compact ones take little flash; auto: those with "
             "--optimize ram");
  app->add_flag("--materialise", options->build.compile.materialise,
                "With --dialect cortado, every tensor whole in memory, operator by operator");
  app->add_flag("--input-rows", options->build.compile.input_rows,
                "With --dialect cortado, the first input takes no memory: its rows are asked for (docs/firmware.md)");
  add_calibration_options(*app, options->build.ranges, true);
  app->add_flag("--require-int8", options->build.compile.require_int8, "An operator left in float is an error");
  app->add_option("--keep-float", options->keep_float, "Node or module that stays in float; may be repeated")
      ->type_name("NAME");
  app->add_option("--io", options->io,
                  "Element type of inputs and outputs, or of the one with that name; may be repeated")
      ->type_name("[NAME=]float32|int8|uint8");
  app->add_flag("--explicit-layout", options->build.compile.explicit_layout,
                "Image operators on explicit NHWC tensors, with transposes in the program");
  app->add_option("--arena-limit", options->build.compile.arena_limit_bytes,
                  "Of --dialect cortado the fastest form with an arena within; fail when there is none")
      ->type_name("BYTES");
  app->add_option("--intermediates", options->build.intermediates, "Write the graph after every pass there")
      ->type_name("DIR");
  app->add_option("--stop-after", options->build.compile.stop_after, "Run no pass after this one; writes no program")
      ->type_name("PASS");
  app->add_option("--print-after", options->build.print_after, "Print the graph after this pass")->type_name("PASS");
  app->add_option("--emit-header", options->header,
                  "Write the program's figures as C constants there, and its bytes as an array to the .c beside it")
      ->type_name("FILE.h");
  app->add_flag("--json", options->json, "Print the result as JSON");
  return {app, [options] { return run_compile(*options); }};
}

}  // namespace cortado::tools
