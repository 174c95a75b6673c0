// The folder of the firmware cache. Host.
#pragma once

#include <filesystem>
#include <functional>
#include <string_view>

namespace cortado::boards {

// Made when it is not there. `fallback` with a notice when it cannot be written to. What was not used for a month is
// removed.
std::filesystem::path open_cache(const std::filesystem::path& fallback,
                                 const std::function<void(std::string_view)>& notice);

// Marks an entry as used now.
void touch(const std::filesystem::path& entry);

}  // namespace cortado::boards
