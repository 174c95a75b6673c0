#include "tools/python_export.h"

#include <unistd.h>

#include <cstdlib>
#include <cstring>
#include <vector>

#include "boards/emulator/process.h"
#include "tools/console.h"
#include "tools/python_export_script.h"

namespace cortado::tools {
namespace {

using Path = std::filesystem::path;

// The exit codes of python_export.py.
constexpr int no_torch = 101, bad_model = 102, export_failed = 103;

bool is_executable(const Path& file) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(file, ignored) && access(file.c_str(), X_OK) == 0;
}

Path on_the_path(const std::string& name) {
  const char* variable = std::getenv("PATH");
  std::string folders = variable != nullptr ? variable : "";
  while (!folders.empty()) {
    const std::string folder = folders.substr(0, folders.find(':'));
    folders.erase(0, folder.size() + 1);
    if (const Path file = Path(folder.empty() ? "." : folder) / name; is_executable(file)) return file;
  }
  return {};
}

// Relative to the folder where cortado runs, and the child too.
Result<Path> find_python(const std::string& wanted) {
  if (!wanted.empty()) {
    const Path python = wanted.find('/') == std::string::npos ? on_the_path(wanted) : Path(wanted);
    if (!is_executable(python)) return usage_error("--python " + wanted + ": there is no such program");
    return python;
  }
  if (const char* environment = std::getenv("VIRTUAL_ENV"); environment != nullptr && *environment != '\0')
    if (const Path python = Path(environment) / "bin/python"; is_executable(python)) return python;
  for (const char* name : {"python3", "python"})
    if (const Path python = on_the_path(name); !python.empty()) return python;
  return Path();
}

// What to type where PyTorch is.
std::string export_by_hand(const Path& model, const PythonOptions& options) {
  const std::string file = model.string(), exported = Path(model).replace_extension(".pt2").filename().string();
  const std::string inputs = options.model_input.empty() ? "'inputs.pt'" : "'" + options.model_input + "'";
  const std::string load =
      model.extension() == ".py"
          ? "import runpy; d = runpy.run_path('" + file + "'); m, x = d['ModelUnderTest'], d['ModelInputs']"
          : "m, x = torch.load('" + file + "', weights_only=False), torch.load(" + inputs + ", weights_only=False)";
  return "give one that has PyTorch with --python, or export the model where PyTorch is, and compile " + exported +
         ":\n    python -c \"import torch; " + load + "; torch.export.save(torch.export.export(m.eval(), tuple(x)), '" +
         exported + "')\"";
}

// The last lines that say something.
std::string ending(std::string text) {
  while (!text.empty() && (text.back() == '\n' || text.back() == ' ')) text.pop_back();
  constexpr int most_lines = 12;
  std::size_t begin = text.size();
  for (int line = 0; line < most_lines && begin != 0 && begin != std::string::npos; ++line)
    begin = text.rfind('\n', begin - 1);
  if (begin != std::string::npos && begin != 0) text = "…" + text.substr(begin);
  std::string indented;
  for (const char c : text) indented += c == '\n' ? std::string("\n    ") : std::string(1, c);
  return indented;
}

Status judge(const boards::Finished& finished, const Path& model, const Path& python, const PythonOptions& options) {
  if (finished.succeeded()) return {};
  const std::string file = model.string(), by = " (" + python.string() + ")";
  if (finished.timed_out)
    return input_error(file + ": Python" + by + " took longer than " + std::to_string(options.time_limit.count()) +
                           " seconds and was ended",
                       "--python-timeout SECONDS gives it more time; does the file begin to train or wait for input?");
  if (finished.signal != 0)
    return input_error(file + ": Python" + by + " crashed: " + strsignal(finished.signal) +
                       (finished.output.empty() ? "" : "; it had said:\n    " + ending(finished.output)));
  switch (finished.exit_code) {
    case no_torch:
      return input_error(file + ": the Python there is has no PyTorch" + by, export_by_hand(model, options));
    case bad_model: return input_error(file + ": " + ending(finished.output));
    case export_failed:
      return input_error(file + ": torch.export refuses the model:\n    " + ending(finished.output),
                         options.strict ? "--non_strict_export may help" : "");
    default: return input_error(file + ": its code failed in Python" + by + ":\n    " + ending(finished.output));
  }
}

}  // namespace

bool is_python_model(const Path& model) {
  const Path extension = model.extension();
  return extension == ".py" || extension == ".pt" || extension == ".pth";
}

Status export_python_model(const Path& model, const PythonOptions& options, const Path& to) {
  for (const Path& file : {model, Path(options.model_input)})
    if (std::error_code ignored; !file.empty() && !std::filesystem::is_regular_file(file, ignored))
      return input_error(file.string() + ": there is no such file");
  CORTADO_TRY(const Path python, find_python(options.python));
  if (python.empty())
    return input_error(model.string() + ": there is no Python to export it with", export_by_hand(model, options));
  notice(model.string() + ": exporting with " + python.string());
  boards::Command command;
  command.program = python;
  command.arguments = {
      "-c", python_export_script, model.string(), options.model_input, options.strict ? "strict" : "", to.string()};
  command.time_limit = options.time_limit;
  CORTADO_TRY(const boards::Finished finished, boards::run_process(command));
  detail(finished.output);
  CORTADO_CHECK(judge(finished, model, python, options));
  if (std::error_code ignored; !std::filesystem::is_regular_file(to, ignored))
    return input_error(model.string() + ": Python ended without exporting it; it said:\n    " + ending(finished.output),
                       "does the file call sys.exit()?");
  return {};
}

}  // namespace cortado::tools
