#include "boards/emulator/emulate.h"

#include <fmt/format.h>

#include <csignal>

#include "boards/emulator/files.h"
#include "boards/emulator/process.h"
#include "boards/emulator/tools.h"
#include "boards/target/exit_codes.h"

namespace cortado::boards {
namespace {

constexpr std::string_view console_file = "console";

std::vector<std::string> command_line(const EmulatorOptions& options) {
  std::vector<std::string> words(options.core->machine.begin(), options.core->machine.end());
  for (const char* word : {"-display", "none", "-monitor", "none", "-serial", "none"}) words.emplace_back(word);
  std::string semihosting = "enable=on,target=native,chardev=console,arg=firmware";
  for (const std::string& argument : options.arguments) semihosting += ",arg=" + argument;
  for (const std::string& word :
       {std::string("-icount"), fmt::format("shift={}", options.core->icount_shift), std::string("-chardev"),
        fmt::format("file,id=console,path={}", console_file), std::string("-semihosting-config"), semihosting,
        std::string("-kernel"), options.elf.string()})
    words.push_back(word);
  if (!options.plugin.empty()) {
    words.emplace_back("-plugin");
    words.push_back(fmt::format("{},out={}", options.plugin.string(), counts_file));
    for (const Place& memory : options.memories)
      words.back() += fmt::format(",memory={:x}-{:x}", memory.address, memory.size_bytes);
  }
  for (const Image& image : options.images) {
    words.emplace_back("-device");
    words.push_back(fmt::format("loader,file={},addr={:#x},force-raw=on", image.file, image.address));
  }
  return words;
}

// The function and line of the pc in a fault report, " in conv (ops/conv/kernel.cc:42)"; empty when unknown.
std::string place_of_fault(const Ending& ending, const EmulatorOptions& options) {
  constexpr std::string_view label = " at pc ";
  const std::size_t at = ending.console.find(label);
  auto symbolizer = find_program("arm-none-eabi-addr2line");
  if (at == std::string::npos || !symbolizer) return {};
  const auto finished =
      run_process({symbolizer.value(),
                   {"-f", "-C", "-p", "-e", options.elf.string(), ending.console.substr(at + label.size(), 10)}});
  if (!finished || !finished.value().succeeded() || finished.value().output.starts_with("??")) return {};
  const std::string& answer = finished.value().output;
  return " in " + answer.substr(0, answer.find('\n'));
}

}  // namespace

Result<Ending> emulate(const EmulatorOptions& options, const std::filesystem::path& emulator) {
  std::error_code ignored;
  std::filesystem::remove(options.directory / console_file, ignored);  // of a former run
  CORTADO_TRY(const Finished finished,
              run_process({emulator, command_line(options), options.directory, options.time_limit}));
  Ending ending;
  ending.exit_code = finished.exit_code;
  if (auto console = read_text(options.directory / console_file)) ending.console = std::move(console).value();
  const bool lockup = finished.output.find("Lockup") != std::string::npos;
  if (finished.timed_out)
    ending.kind = Ending::Kind::time_limit;
  else if (finished.signal != 0)
    ending.kind = lockup ? Ending::Kind::locked_up : Ending::Kind::emulator_failed;
  else if (finished.exit_code == board::exit_fault)
    ending.kind = Ending::Kind::faulted;
  else if (finished.exit_code == board::exit_instruction_limit)
    ending.kind = Ending::Kind::instruction_limit;
  // Both a firmware and the emulator end with 1 when they fail, but a firmware says why on the console.
  else if (finished.exit_code == board::exit_failed && ending.console.empty())
    ending.kind = Ending::Kind::emulator_failed;
  if (ending.kind == Ending::Kind::emulator_failed) ending.console += finished.output;
  return ending;
}

Diagnostic describe(const Ending& ending, const EmulatorOptions& options) {
  const std::string_view core = options.core->name;
  switch (ending.kind) {
    case Ending::Kind::faulted:
      return internal_error(fmt::format("the {} faulted{}\n{}", core, place_of_fault(ending, options), ending.console));
    case Ending::Kind::instruction_limit:
      return input_error(fmt::format("the {} reached its limit of instructions", core));
    case Ending::Kind::locked_up:
      return internal_error(fmt::format(
          "the {} locked up: a fault inside a fault, most often a stack that is used up\n{}", core, ending.console));
    case Ending::Kind::time_limit:
      return input_error(
          fmt::format("the {} did not finish within {} s of emulation", core, options.time_limit.count()));
    case Ending::Kind::emulator_failed:
      return internal_error(fmt::format("the emulator ended by itself\n{}", ending.console));
    case Ending::Kind::exited: break;
  }
  return internal_error(
      fmt::format("the firmware on {} ended with exit code {}\n{}", core, ending.exit_code, ending.console));
}

}  // namespace cortado::boards
