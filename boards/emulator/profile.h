// How often every instruction of a firmware ran, counted by the emulator. Host.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <vector>

#include "boards/emulator/run.h"

namespace cortado::boards {

struct RegionCounts {
  std::map<std::uint32_t, std::uint64_t> executions;  // by address of the instruction
  std::vector<Traffic> traffic;                       // by memory, without its name
};
// By region of the run (board::begin_region).
using Counts = std::map<std::uint32_t, RegionCounts>;

// The emulator's counting plugin: compiled for this host, or found in the firmware cache.
Result<std::filesystem::path> build_counting_plugin(const std::function<void(std::string_view)>& notice,
                                                    const std::filesystem::path& scratch);
Result<Counts> read_counts(const std::filesystem::path& file);

}  // namespace cortado::boards
