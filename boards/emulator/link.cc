#include "boards/emulator/link.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "boards/emulator/process.h"

namespace cortado::boards {

namespace fs = std::filesystem;

Status link_firmware(const LinkInput& input, const Tools& tools, const fs::path& elf) {
  Command command{tools.linker, {input.core->flags.begin(), input.core->flags.end()}};
  const fs::path boards = input.home / "boards";
  for (const std::string& flag : {std::string("-mthumb"), std::string("-nostdlib"), std::string("-Wl,--gc-sections"),
                                  std::string("-Wl,--fatal-warnings"), std::string("-Wl,-z,noexecstack"),
                                  "-Wl,-Map=" + elf.string() + ".map", "-L" + (boards / "target").string(),
                                  "-T" + (boards / input.core->folder / "board.ld").string(), "-o" + elf.string()})
    command.arguments.push_back(flag);
  for (const Object& object : input.objects) command.arguments.push_back(object.file.string());
  for (const char* library : {"-Wl,--start-group", "-lm", "-lc", "-lgcc", "-Wl,--end-group"})
    command.arguments.emplace_back(library);
  CORTADO_TRY(const Finished finished, run_process(command));
  if (finished.output.find("will not fit in region") != std::string::npos)
    return input_error(fmt::format("the firmware does not fit into the flash of {}", input.core->board),
                       "link only the operators that the program calls");
  if (!finished.succeeded())
    return internal_error(fmt::format("the firmware for {} does not link:\n{}", input.core->name, finished.output));
  return {};
}

namespace {

bool starts_with_any(std::string_view text, std::initializer_list<std::string_view> beginnings) {
  for (const std::string_view beginning : beginnings)
    if (text.starts_with(beginning)) return true;
  return false;
}

// Sections whose bytes lie in flash: code, constants, and what .data starts as.
bool is_in_flash(std::string_view output_section) {
  return starts_with_any(output_section, {".text", ".ARM.exidx", ".ARM.extab", ".init_array", ".data"});
}

// Inner loops of stages lie in files of their own.
bool holds_loops(std::string_view source) {
  const std::string_view name = source.substr(source.rfind('/') + 1);
  return name == "loops.cc" || name == "gather.cc" || name.ends_with("_kernel.cc") || name.ends_with("_kernels.cc");
}

void add_to_component(FlashBytes& flash, std::string_view file, std::uint64_t size,
                      const std::vector<Object>& objects) {
  for (const Object& object : objects) {
    if (object.file.string() != file) continue;
    if (object.source.starts_with("ops/") && holds_loops(object.source)) flash.loops += size;
    if (object.source.starts_with("ops/")) flash.kernels += size;
    if (starts_with_any(object.source, {"runtime/", "formats/", "stream/", "support/"})) flash.runtime += size;
    if (object.source.starts_with("boards/")) flash.board += size;
  }
}

}  // namespace

// Lines of the memory map:      NAME ADDRESS SIZE [FILE]
// Output sections begin in column 0, input sections in column 1; a long name has the rest on the next line.
FlashBytes flash_of_map(std::string_view map, const std::vector<Object>& objects) {
  FlashBytes flash;
  std::uint64_t total = 0;
  bool in_flash = false;
  const std::size_t begin = map.find("Linker script and memory map");
  std::istringstream lines{std::string(map.substr(std::min(begin, map.size())))};
  for (std::string line; std::getline(lines, line);) {
    const bool output = line.starts_with('.');
    if (!output && !line.starts_with(" .")) continue;
    std::string rest;
    if (line.find(' ', 1) == std::string::npos && std::getline(lines, rest)) line += rest;
    std::istringstream words(line);
    std::string name, address, file;
    std::uint64_t size = 0;
    if (!(words >> name >> address >> std::hex >> size)) continue;
    if (output) {
      in_flash = is_in_flash(name);
      if (in_flash) total += size;
      continue;
    }
    std::getline(words >> std::ws, file);
    if (in_flash) add_to_component(flash, file, size, objects);
  }
  flash.other = total - std::min(total, flash.runtime + flash.kernels + flash.board);
  return flash;
}

// A line reads:                0x28000000                        board_program_start = ORIGIN (PROGRAM)
std::uint64_t symbol_of_map(std::string_view map, std::string_view symbol) {
  const std::size_t at = map.find(fmt::format(" {} = ", symbol));
  if (at == std::string_view::npos) return 0;
  const std::size_t line = map.rfind('\n', at) + 1;
  return std::strtoull(std::string(map.substr(line, at - line)).c_str(), nullptr, 16);
}

}  // namespace cortado::boards
