#include "boards/emulator/firmware.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cctype>

#include "boards/emulator/cache.h"
#include "boards/emulator/compile.h"
#include "boards/emulator/files.h"
#include "boards/emulator/link.h"

namespace cortado::boards {
namespace {

namespace fs = std::filesystem;

// "cortex_m::quantized_conv2d.out" → "cortex_m__quantized_conv2d_out", as cmake/operators.cmake does.
std::string symbol_of(std::string_view wire) {
  std::string symbol(wire);
  for (char& letter : symbol)
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  return symbol;
}

// The table of the operators' rows, as cmake/operators.cmake writes it for the host.
std::string table_text(const std::vector<std::string>& wires, bool cases) {
  const std::string_view row = cases ? "CaseRow" : "Kernel";
  const std::string_view suffix = cases ? "_cases" : "";
  std::string declarations, rows;
  for (const std::string& wire : wires) {
    declarations += fmt::format("extern const {} {}{};\n", row, symbol_of(wire), suffix);
    rows += fmt::format("&{}{}, ", symbol_of(wire), suffix);
  }
  return fmt::format(
      "#include \"ops/{}.h\"\nnamespace cortado::ops {{\n{}namespace {{\nconst {}* const rows[] = {{{}nullptr}};\n}}\n"
      "extern const {}Table all_{}s;\nconst {}Table all_{}s = {{rows, {}}};\n}}\n",
      cases ? "case_row" : "kernel_table", declarations, row, rows, cases ? "Case" : "Kernel",
      cases ? "case" : "kernel", cases ? "Case" : "Kernel", cases ? "case" : "kernel", wires.size());
}

// The table of the row streams' stages, by their folders.
std::string stage_table_text(const std::vector<std::string>& folders) {
  std::string declarations, rows;
  for (const std::string& folder : folders) {
    declarations += fmt::format("extern const Stage {}_stage;\n", folder);
    rows += fmt::format("&{}_stage, ", folder);
  }
  return fmt::format(
      "#include \"ops/stage.h\"\nnamespace cortado::ops {{\n{}namespace {{\nconst Stage* const rows[] = {{{}nullptr}};\n}}\n"
      "extern const StageTable all_stages;\nconst StageTable all_stages = {{rows, {}}};\n}}\n",
      declarations, rows, folders.size());
}

// The operators asked for, all when none are. Those without a kernel are left out: the loader names them.
Result<std::map<std::string, std::string>> selected(const SourceTree& tree, const std::vector<std::string>& wanted) {
  CORTADO_TRY(auto all, tree.operators());
  if (wanted.empty()) return all;
  std::map<std::string, std::string> chosen;
  for (const std::string& wire : wanted)
    if (const auto found = all.find(wire); found != all.end()) chosen.insert(*found);
  return chosen;
}

struct Parts {
  std::vector<std::string> sources;
  std::vector<std::string> wires;  // in name order
  std::vector<std::string> stages;  // folders, in name order
};

constexpr std::string_view stage_prefix = "stage ";

// Adds the stages asked for ("stage conv2d"), all when nothing is asked for.
void add_stages(const SourceTree& tree, const std::vector<std::string>& wanted, Parts& parts, std::vector<std::string>& roots) {
  for (const std::string& folder : tree.folders_in("ops")) {
    const std::string source = "ops/" + folder + "/stage.cc";
    std::error_code ignored;
    const bool asked = wanted.empty() ||
                       std::find(wanted.begin(), wanted.end(), std::string(stage_prefix) + folder) != wanted.end();
    if (!asked || !fs::is_regular_file(tree.home() / source, ignored)) continue;
    parts.stages.push_back(folder);
    roots.push_back(source);
  }
}

Result<Parts> parts_of(SourceTree& tree, const FirmwareSpec& spec) {
  Parts parts;
  std::vector<std::string> roots = tree.sources_in("boards/target");
  roots.push_back(spec.main);
  const auto append = [&](const std::vector<std::string>& more) { roots.insert(roots.end(), more.begin(), more.end()); };
  if (spec.with_runtime) append(tree.sources_in("runtime"));
  if (spec.with_runtime || spec.with_cases) {
    CORTADO_TRY(const auto operators, selected(tree, spec.operators));
    if (spec.with_runtime) add_stages(tree, spec.operators, parts, roots);
    for (const auto& [wire, folder] : operators) {
      parts.wires.push_back(wire);
      for (const std::string& source : tree.sources_in("ops/" + folder)) {
        const std::string name = fs::path(source).filename().string();
        if (name.starts_with("kernel") || (spec.with_cases && (name.starts_with("reference") || name.starts_with("cases"))))
          roots.push_back(source);
      }
    }
  }
  CORTADO_TRY(const std::set<std::string> sources, tree.with_implementations(roots));
  parts.sources.assign(sources.begin(), sources.end());
  return parts;
}

Result<Firmware> describe(const fs::path& elf, const std::vector<Object>& objects) {
  CORTADO_TRY(const std::string map, read_text(elf.string() + ".map"));
  const auto place = [&](const std::string& name) {
    return Place{symbol_of_map(map, name + "_start"), symbol_of_map(map, name + "_size")};
  };
  return Firmware{elf, flash_of_map(map, objects), place("board_program"), place("board_large_program")};
}

// Links beside the cache and moves the finished folder in, so that others see it whole or not at all.
Status publish(const LinkInput& input, const Tools& tools, const fs::path& folder) {
  const fs::path unfinished = folder.string() + fmt::format(".{}", getpid());
  std::error_code error;
  fs::create_directories(unfinished, error);
  Status linked = link_firmware(input, tools, unfinished / "firmware.elf");
  if (linked) fs::rename(unfinished, folder, error);
  if (!linked || error) fs::remove_all(unfinished, error);  // error: another process was faster
  CORTADO_CHECK(std::move(linked));
  if (!fs::exists(folder / "firmware.elf", error))
    return input_error(fmt::format("cannot write {}", folder.string()));
  return {};
}

}  // namespace

Result<Firmware> build_firmware(const FirmwareSpec& spec, const Tools& tools, const BuildOptions& options) {
  CORTADO_TRY(SourceTree tree, SourceTree::open());
  CORTADO_TRY(const Parts parts, parts_of(tree, spec));
  const fs::path cache = open_cache(options.scratch, options.notice);
  CORTADO_TRY(ObjectCompiler compiler, ObjectCompiler::create(*spec.core, tools, tree));

  LinkInput input{spec.core, tree.home(), {}};
  std::vector<CompileJob> jobs;
  for (const std::string& source : parts.sources) {
    CORTADO_TRY(jobs.emplace_back(), compiler.job(source, cache));
    input.objects.push_back({jobs.back().object, source});
  }
  if (spec.with_runtime || spec.with_cases) {
    CORTADO_TRY(jobs.emplace_back(), compiler.generated("kernel_table.cc", table_text(parts.wires, false), cache));
    input.objects.push_back({jobs.back().object, "ops/kernel_table.cc"});
  }
  if (spec.with_runtime) {
    CORTADO_TRY(jobs.emplace_back(), compiler.generated("stage_table.cc", stage_table_text(parts.stages), cache));
    input.objects.push_back({jobs.back().object, "ops/stage_table.cc"});
  }
  if (spec.with_cases) {
    CORTADO_TRY(jobs.emplace_back(), compiler.generated("case_table.cc", table_text(parts.wires, true), cache));
    input.objects.push_back({jobs.back().object, "ops/case_table.cc"});
  }
  CORTADO_CHECK(compiler.run(jobs, options.progress));

  Hash hash;
  for (const Object& object : input.objects) hash.add(object.file.filename().string());
  for (const std::string& script : {"boards/" + std::string(spec.core->folder) + "/board.ld", std::string("boards/target/sections.ld")}) {
    CORTADO_TRY(const std::string text, read_text(tree.home() / script));
    hash.add(text);
  }
  const fs::path folder = cache / (std::string(spec.core->name) + "-" + hash.text());
  std::error_code ignored;
  if (!fs::exists(folder / "firmware.elf", ignored)) CORTADO_CHECK(publish(input, tools, folder));
  touch(folder);
  for (const Object& object : input.objects) touch(object.file);
  return describe(folder / "firmware.elf", input.objects);
}

}  // namespace cortado::boards
