// What a firmware of the user's costs, region by region: one that is linked for the emulated Cortex-M55 and names its
// regions by board::begin_region (docs/firmware.md). Host.
#pragma once

#include "boards/emulator/cycles.h"

namespace cortado::boards {

// Without region 0, which is what the firmware does not ask for. Input errors: it is no such firmware, it does not exit
// with code 0 within `time_limit`, it names no region. `progress` and `notice` may be empty.
Result<std::map<std::uint32_t, RegionCost>> region_costs(const std::filesystem::path& elf,
                                                         std::chrono::seconds time_limit,
                                                         const ProgressCallback& progress,
                                                         const std::function<void(std::string_view)>& notice);

}  // namespace cortado::boards
