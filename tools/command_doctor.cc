// cortado doctor
#include <fmt/format.h>

#include <cstdio>

#include "boards/emulator/process.h"
#include "boards/emulator/tools.h"
#include "boards/emulator/try_core.h"
#include "tools/command.h"
#include "tools/console.h"
#include "tools/json.h"

namespace cortado::tools {
namespace {

// Something that may be there or not.
struct Finding {
  std::string name;
  std::string enables;  // what it is good for
  bool ready = false;
  std::string reason, hint;  // when it is not ready
};

Finding finding(std::string name, std::string enables, const Status& status) {
  Finding result{std::move(name), std::move(enables), static_cast<bool>(status), {}, {}};
  if (!status) {
    result.reason = status.error().message;
    result.hint = status.error().hint;
  }
  return result;
}

// Asks without importing it, which would take seconds.
Status find_torch() {
  auto python = boards::find_program("python3");
  if (!python) return input_error("python3 is not installed", "apt-get install python3-venv python3-pip");
  const std::string code = "import importlib.util, sys; sys.exit(0 if importlib.util.find_spec('torch') else 1)";
  CORTADO_TRY(const auto finished, boards::run_process({python.value(), {"-c", code}}));
  if (finished.succeeded()) return {};
  return input_error("the module torch is not there for " + python.value().string(), "python3 -m pip install torch");
}

std::vector<Finding> examine() {
  std::vector<Finding> findings;
  findings.push_back(finding("compiler", "cortado compile, calibrate, evaluate, inspect, run on the host", {}));
  const auto progress = show_progress() ? boards::progress_on_terminal() : boards::ProgressCallback();
  for (const std::string& core : boards::core_names())
    findings.push_back(
        finding(core, fmt::format("--on {}: built a firmware and ran it", core), boards::try_core(core, progress)));
  findings.push_back(finding("torch", "exporting your own models; .pt2 files need none", find_torch()));
  return findings;
}

void print(const std::vector<Finding>& findings) {
  for (const Finding& one : findings) {
    std::printf("%-20s %-8s %s\n", one.name.c_str(), one.ready ? "ready" : "missing",
                one.ready ? one.enables.c_str() : one.reason.c_str());
    if (!one.ready) std::printf("%-29s would enable: %s\n", "", one.enables.c_str());
    if (!one.hint.empty()) std::printf("%-29s %s\n", "", one.hint.c_str());
  }
}

Status run_doctor(bool json) {
  const std::vector<Finding> findings = examine();
  bool all = true;
  Json list = Json::array();
  for (const Finding& one : findings) {
    all = all && (one.ready || one.name == "torch");
    list.push_back(Json{{"name", one.name},
                        {"ready", one.ready},
                        {"enables", one.enables},
                        {"reason", one.reason},
                        {"hint", one.hint}});
  }
  if (json)
    print_json({{"findings", list}});
  else
    print(findings);
  return all ? Status() : input_error("something is missing, see above");
}

}  // namespace

Command add_doctor(CLI::App& parent) {
  CLI::App* app = add_subcommand(
      parent, "doctor", "Tell what is installed, what is missing and what it would enable; try the emulated boards",
      "  cortado doctor\n  cortado doctor --json");
  auto json = std::make_shared<bool>(false);
  app->add_flag("--json", *json, "Print the findings as JSON");
  return {app, [json] { return run_doctor(*json); }};
}

}  // namespace cortado::tools
