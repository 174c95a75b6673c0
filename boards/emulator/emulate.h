// Runs a firmware in QEMU and says how it ended. Host.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "boards/emulator/cores.h"

namespace cortado::boards {

// Bytes of the board's memory.
struct Place {
  std::uint64_t address = 0;
  std::uint64_t size_bytes = 0;
};

// A file placed in the board's memory before reset.
struct Image {
  std::string file;  // relative to EmulatorOptions::directory
  std::uint64_t address = 0;
};

struct EmulatorOptions {
  const Core* core = nullptr;
  std::filesystem::path elf;
  std::filesystem::path directory;     // where the firmware's files are
  std::vector<std::string> arguments;  // words without space or comma; the firmware's name comes first by itself
  std::vector<Image> images;
  std::chrono::seconds time_limit{600};
  std::filesystem::path plugin;  // of the emulator, or none; gets out=counts, a file of `directory`
  std::vector<Place> memories;   // and of these what loads and stores move
};
constexpr const char* counts_file = "counts";

struct Ending {
  enum class Kind : std::uint8_t { exited, faulted, instruction_limit, locked_up, time_limit, emulator_failed };
  Kind kind = Kind::exited;
  int exit_code = 0;    // of the firmware
  std::string console;  // what it printed
};

// An error only when the emulator cannot be started.
Result<Ending> emulate(const EmulatorOptions& options, const std::filesystem::path& emulator);

// Of an ending that is not a normal exit: what happened, as an error; a fault names the function it happened in.
// `limits` is text for the hint.
Diagnostic describe(const Ending& ending, const EmulatorOptions& options);

}  // namespace cortado::boards
