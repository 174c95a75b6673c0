// Links objects into a firmware and says what occupies its flash. Host.
#pragma once

#include "boards/emulator/firmware.h"

namespace cortado::boards {

struct Object {
  std::filesystem::path file;
  std::string source;  // relative to the source tree: "runtime/loader.cc"
};

struct LinkInput {
  const Core* core;
  std::filesystem::path home;  // of the source tree
  std::vector<Object> objects;
};

// Writes elf and, beside it, elf + ".map".
Status link_firmware(const LinkInput& input, const Tools& tools, const std::filesystem::path& elf);

// Sums the sections that GNU ld's map lists as placed in flash, by the folder of the object's source.
FlashBytes flash_of_map(std::string_view map, const std::vector<Object>& objects);

// The address of a symbol that the linker script defines; 0 when the map has none.
std::uint64_t symbol_of_map(std::string_view map, std::string_view symbol);

}  // namespace cortado::boards
