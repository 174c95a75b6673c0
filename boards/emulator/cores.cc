#include "boards/emulator/cores.h"

#include <fmt/format.h>

#include "boards/emulator/run.h"

namespace cortado::boards {

std::span<const Core> cores() {
  static const std::vector<Core> table = {
      {.name = "cortex-m0",
       .board = "lm3s6965evb",
       .folder = "lm3s6965evb",
       .machine = {"-M", "lm3s6965evb", "-cpu", "cortex-m0"},
       .icount_shift = 7,
       .flags = {"-mcpu=cortex-m0"}},
      {.name = "cortex-m0-microbit",
       .board = "microbit",
       .folder = "microbit",
       .machine = {"-M", "microbit"},
       .flags = {"-mcpu=cortex-m0"}},
      {.name = "cortex-m3",
       .board = "mps2-an385",
       .folder = "mps2_an385",
       .machine = {"-M", "mps2-an385"},
       .flags = {"-mcpu=cortex-m3"}},
      {.name = "cortex-m4",
       .board = "mps2-an386",
       .folder = "mps2_an386",
       .machine = {"-M", "mps2-an386"},
       .flags = {"-mcpu=cortex-m4", "-mfloat-abi=hard", "-mfpu=fpv4-sp-d16"}},
      {.name = "cortex-m7",
       .board = "mps2-an500",
       .folder = "mps2_an500",
       .machine = {"-M", "mps2-an500"},
       .flags = {"-mcpu=cortex-m7", "-mfloat-abi=hard", "-mfpu=fpv5-d16"}},
      {.name = "cortex-m33",
       .board = "mps2-an505",
       .folder = "mps2_an505",
       .machine = {"-M", "mps2-an505"},
       .flags = {"-mcpu=cortex-m33", "-mfloat-abi=hard", "-mfpu=fpv5-sp-d16"}},
      {.name = "cortex-m55",
       .board = "mps3-an547",
       .folder = "mps3_an547",
       .machine = {"-M", "mps3-an547"},
       .compiler = Compiler::clang,  // gcc 12 miscompiles predicated stores and emits no tail-predicated loops
       .clang_target = "thumbv8.1m.main-none-eabihf",
       // Without vectors of floats: in them clang 19 takes x != x for false where x is NaN.
       .flags = {"-mcpu=cortex-m55+nomve.fp", "-mfloat-abi=hard"}},
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
