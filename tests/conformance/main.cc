// The conformance runner: ./dev conformance
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>

#include "tests/conformance/runner.h"

namespace {

using namespace cortado::conformance;

struct Options {
  std::vector<std::string> patterns;
  std::vector<std::string> checks;
  std::string root = std::string(CORTADO_SOURCE_DIR) + "/../shared/conformance";
  std::string report_file;
  std::string operators;
  Setting setting;
  unsigned jobs = 2;
  int limit_seconds = 60;
  bool verbose = false;
};

std::vector<const Case*> select(const std::vector<Case>& cases, const Options& options) {
  std::vector<const Case*> selected;
  for (const Case& test : cases) {
    bool wanted = options.patterns.empty();
    for (const std::string& pattern : options.patterns) wanted |= matches(test.kind + "/" + test.name, pattern);
    if (!options.operators.empty()) {
      bool uses = false;
      for (const std::string& op : test.operators) uses |= matches(op, options.operators);
      wanted &= uses;
    }
    if (wanted) selected.push_back(&test);
  }
  return selected;
}

std::vector<Check> chosen_checks(const Options& options) {
  std::vector<Check> checks;
  for (const Check check : all_checks)
    if (options.checks.empty() ||
        std::find(options.checks.begin(), options.checks.end(), name(check)) != options.checks.end())
      checks.push_back(check);
  return checks;
}

int run(const Options& options) {
  const auto cases = read_cases(options.root);
  if (!cases) {
    std::cerr << "error: " << cases.error().text() << "\n";
    return 1;
  }
  const auto selected = select(cases.value(), options);
  const auto rows = run_cases(selected, chosen_checks(options), options.setting, options.jobs, [&](const Row& row) {
    if (row.outcome.passed && !options.verbose) return;
    std::cout << (row.outcome.passed ? "ok   " : "FAIL ") << row.test->kind << "/" << row.test->name << " "
              << name(row.check) << (row.outcome.passed ? "" : ": ") << row.outcome.reason << std::endl;
  });
  std::filesystem::remove_all(options.setting.work);
  const auto failed = std::count_if(rows.begin(), rows.end(), [](const Row& row) { return !row.outcome.passed; });
  if (!options.report_file.empty()) std::ofstream(options.report_file) << report(rows);
  std::cout << rows.size() - failed << " of " << rows.size() << " checks pass, in " << selected.size() << " cases\n";
  return failed == 0 && !rows.empty() ? 0 : 1;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app(
      "Runs the cases of ../shared/conformance with the public command line.\n"
      "examples:\n"
      "  ./dev conformance                          all; writes docs/conformance.md\n"
      "  ./dev conformance add__ networks/mlp       cases whose name contains one of these\n"
      "  ./dev conformance --check qdq 'networks/*' one of the three checks\n"
      "  ./dev conformance --on cortex-m55 --check qdq 'networks/*'\n"
      "  ./dev conformance --operator softmax       cases that use an operator",
      "./dev conformance");
  Options options;
  options.setting.cortado = std::filesystem::path(CORTADO_BINARY_DIR) / "bin/cortado";
  options.setting.work = std::filesystem::temp_directory_path() / ("conformance-" + std::to_string(getpid()));
  app.add_option("case", options.patterns, "Part of a case's name, or a shell pattern on KIND/NAME");
  app.add_option("--check", options.checks, "qdq, official or float; may be repeated")
      ->check(CLI::IsMember({"qdq", "official", "float"}))
      ->allow_extra_args(false);
  app.add_option("--operator", options.operators, "Only cases that use an operator of this name");
  app.add_option("--root", options.root, "Where the cases are")->capture_default_str();
  app.add_option("--report", options.report_file, "Write the report there; all cases: docs/conformance.md");
  app.add_option("--cortado", options.setting.cortado, "The program under test");
  app.add_option("--on", options.setting.on, "Where programs run: host, or a core, whose bytes must be the host's")
      ->capture_default_str();
  app.add_option("--dialect", options.setting.dialect, "cortex_m or cortado")->capture_default_str();
  app.add_option("--jobs", options.jobs, "Cases at a time")->capture_default_str();
  app.add_option("--limit", options.limit_seconds, "Seconds for each run of the program")->capture_default_str();
  app.add_flag("--verbose", options.verbose, "List what passes, too");
  CLI11_PARSE(app, argc, argv);
  options.setting.limit = std::chrono::seconds(options.limit_seconds);
  options.setting.cortado = std::filesystem::absolute(options.setting.cortado);
  const bool everything = options.patterns.empty() && options.operators.empty() && options.checks.empty() &&
                          options.setting.on == "host" && options.setting.dialect == "cortex_m";
  if (options.report_file.empty() && everything)
    options.report_file = std::string(CORTADO_SOURCE_DIR) + "/docs/conformance.md";
  return run(options);
}
