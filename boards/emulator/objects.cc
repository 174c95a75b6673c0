#include "boards/emulator/objects.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <map>

#include "boards/emulator/compile.h"

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

struct Table {
  std::string_view header, row, type, name;
};
constexpr Table kernels = {"kernel_table", "Kernel", "KernelTable", "all_kernels"};
constexpr Table cases = {"case_row", "CaseRow", "CaseTable", "all_cases"};
constexpr Table stages = {"stage", "Stage", "StageTable", "all_stages"};

// As cmake/operators.cmake writes it for the host: pointers to the rows of these names.
std::string table_text(const Table& table, const std::vector<std::string>& rows) {
  std::string declarations, pointers;
  for (const std::string& name : rows) {
    declarations += fmt::format("extern const {} {};\n", table.row, name);
    pointers += fmt::format("&{}, ", name);
  }
  return fmt::format(
      "#include \"ops/{0}.h\"\nnamespace cortado::ops {{\n{1}namespace {{\nconst {2}* const rows[] = "
      "{{{3}nullptr}};\n}}\n"
      "extern const {4} {5};\nconst {4} {5} = {{rows, {6}}};\n}}\n",
      table.header, declarations, table.row, pointers, table.type, table.name, rows.size());
}

std::vector<std::string> with_suffix(std::vector<std::string> names, std::string_view suffix) {
  for (std::string& name : names) name += suffix;
  return names;
}

// The operators asked for, all when none are. Those without a kernel are left out: the loader names them.
std::map<std::string, std::string> selected(const std::map<std::string, std::string>& all,
                                            const std::vector<std::string>& wanted) {
  if (wanted.empty()) return all;
  std::map<std::string, std::string> chosen;
  for (const std::string& wire : wanted)
    if (const auto found = all.find(wire); found != all.end()) chosen.insert(*found);
  return chosen;
}

struct Parts {
  std::vector<std::string> sources;
  std::vector<std::string> wires;   // symbols, in the order of the operators' names
  std::vector<std::string> stages;  // folders, in name order
  std::vector<std::string> loops;
};

// Adds the loops asked for ("loop quads_16"), all of the stages when none are asked for.
void add_loops(const std::vector<InnerLoop>& all, const std::vector<std::string>& wanted, Parts& parts) {
  const auto has = [](const std::vector<std::string>& names, const std::string& name) {
    return std::find(names.begin(), names.end(), name) != names.end();
  };
  const bool are_named =
      std::any_of(wanted.begin(), wanted.end(), [](const std::string& name) { return name.starts_with("loop "); });
  for (const InnerLoop& loop : all)
    if (has(parts.stages, loop.stage) && (!are_named || has(wanted, "loop " + loop.name)))
      parts.loops.push_back(loop.name);
}

// The table of inner loops, by the macro that firmwares of others use.
std::string loops_text(const std::vector<std::string>& loops) {
  std::string list;
  for (const std::string& name : loops) list += fmt::format(" X({}, )", name);
  return fmt::format("#include \"runtime/kernels.h\"\n#define LOOPS(X){}\nCORTADO_LOOP_TABLE(LOOPS)\n", list);
}

// Adds the stages asked for ("stage conv2d"), all when nothing is asked for.
void add_stages(const SourceTree& tree, const std::vector<std::string>& wanted, Parts& parts,
                std::vector<std::string>& roots) {
  for (const std::string& folder : tree.folders_in("ops")) {
    const std::string source = "ops/" + folder + "/stage.cc";
    std::error_code ignored;
    const bool asked = wanted.empty() || std::find(wanted.begin(), wanted.end(), "stage " + folder) != wanted.end();
    if (!asked || !fs::is_regular_file(tree.home() / source, ignored)) continue;
    parts.stages.push_back(folder);
    roots.push_back(source);
  }
}

Result<Parts> parts_of(SourceTree& tree, const FirmwareSpec& spec) {
  Parts parts;
  std::vector<std::string> roots = tree.sources_in("boards/target");
  if (!spec.main.empty()) roots.push_back(spec.main);
  const auto append = [&](const std::vector<std::string>& more) {
    roots.insert(roots.end(), more.begin(), more.end());
  };
  if (spec.with_runtime) append(tree.sources_in("runtime"));
  if (spec.with_runtime || spec.with_cases) {
    CORTADO_TRY(const auto all, tree.operators());
    if (spec.with_runtime) add_stages(tree, spec.operators, parts, roots);
    CORTADO_TRY(const auto loops, tree.loops());
    add_loops(loops, spec.operators, parts);
    for (const auto& [wire, folder] : selected(all, spec.operators)) {
      parts.wires.push_back(symbol_of(wire));
      for (const std::string& source : tree.sources_in("ops/" + folder)) {
        const std::string name = fs::path(source).filename().string();
        if (name.starts_with("kernel") ||
            (spec.with_cases && (name.starts_with("reference") || name.starts_with("cases"))))
          roots.push_back(source);
      }
    }
  }
  CORTADO_TRY(std::set<std::string> sources, tree.with_implementations(roots));
  for (const char* file : {"runtime/all_calls.cc", "ops/loops.cc"}) sources.erase(file);  // which are generated
  parts.sources.assign(sources.begin(), sources.end());
  return parts;
}

}  // namespace

Result<std::vector<Object>> compile_objects(const FirmwareSpec& spec, const Tools& tools, SourceTree& tree,
                                            const fs::path& cache, const ProgressCallback& progress) {
  CORTADO_TRY(const Parts parts, parts_of(tree, spec));
  CORTADO_TRY(ObjectCompiler compiler, ObjectCompiler::create(spec, tools, tree));
  std::vector<Object> objects;
  std::vector<CompileJob> jobs;
  for (const std::string& source : parts.sources) {
    CORTADO_TRY(jobs.emplace_back(), compiler.job(source, cache));
    objects.push_back({jobs.back().object, source});
  }
  // A firmware without kernels has nothing to prepare calls with.
  const auto add_calls = [&]() -> Status {
    const char* calls = parts.wires.empty() ? "nullptr" : "prepare_call";
    CORTADO_TRY(jobs.emplace_back(),
                compiler.generated("all_calls.cc",
                                   fmt::format("#include \"runtime/calls.h\"\nnamespace cortado::runtime {{\n"
                                               "const PrepareCall all_calls = {};\n}}\n",
                                               calls),
                                   cache));
    objects.push_back({jobs.back().object, "runtime/all_calls.cc"});
    return {};
  };
  const auto add_loop_table = [&]() -> Status {
    CORTADO_TRY(jobs.emplace_back(), compiler.generated("all_loops.cc", loops_text(parts.loops), cache));
    objects.push_back({jobs.back().object, "ops/loops.cc"});
    return {};
  };
  const auto add_table = [&](const Table& table, const std::vector<std::string>& rows) -> Status {
    const std::string file = std::string(table.name) + ".cc";
    CORTADO_TRY(jobs.emplace_back(), compiler.generated(file, table_text(table, rows), cache));
    objects.push_back({jobs.back().object, "ops/" + file});
    return {};
  };
  if (spec.with_runtime || spec.with_cases) CORTADO_CHECK(add_table(kernels, parts.wires));
  if (spec.with_runtime) CORTADO_CHECK(add_calls());
  if (spec.with_runtime) CORTADO_CHECK(add_loop_table());
  if (spec.with_runtime) CORTADO_CHECK(add_table(stages, with_suffix(parts.stages, "_stage")));
  if (spec.with_cases) CORTADO_CHECK(add_table(cases, with_suffix(parts.wires, "_cases")));
  CORTADO_CHECK(compiler.run(jobs, progress));
  return objects;
}

}  // namespace cortado::boards
