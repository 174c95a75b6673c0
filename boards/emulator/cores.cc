#include "boards/emulator/cores.h"

#include <fmt/format.h>

#include "boards/emulator/run.h"

namespace cortado::boards {

std::span<const Core> cores() {
  static const std::vector<Core> table = {
      {.name = "cortex-m55",
       .board = "mps3-an547",
       .folder = "mps3_an547",
       .machine = {"-M", "mps3-an547"},
       .compiler = Compiler::clang,  // gcc 12 miscompiles predicated stores and emits no tail-predicated loops
       .compile_flags = {"--target=thumbv8.1m.main-none-eabihf", "-mcpu=cortex-m55", "-mfloat-abi=hard"},
       .link_flags = {"-mcpu=cortex-m55", "-mthumb", "-mfloat-abi=hard"}},
  };
  return table;
}

std::vector<std::string> core_names() {
  std::vector<std::string> names;
  for (const Core& core : cores()) names.emplace_back(core.name);
  return names;
}

Result<const Core*> find_core(std::string_view name) {
  std::string known;
  for (const Core& core : cores()) {
    if (core.name == name) return &core;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", core.name);
  }
  return usage_error(fmt::format("there is no core '{}' to run on", name), "the cores are " + known);
}

}  // namespace cortado::boards
