#include "boards/emulator/cache.h"

#include <fmt/format.h>
#include <unistd.h>

#include <chrono>
#include <cstdlib>

namespace cortado::boards {
namespace {

namespace fs = std::filesystem;

fs::path cache_path() {
  const char* cache = std::getenv("XDG_CACHE_HOME");
  if (cache != nullptr && *cache == '/') return fs::path(cache) / "cortado/firmware";
  const char* home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? fs::path(home) / ".cache/cortado/firmware" : fs::path();
}

void prune(const fs::path& folder) {
  std::error_code error;
  const auto oldest = fs::file_time_type::clock::now() - std::chrono::hours(24 * 30);
  for (const fs::directory_entry& entry : fs::directory_iterator(folder, error)) {
    const auto used = entry.last_write_time(error);
    if (!error && used < oldest) fs::remove_all(entry.path(), error);
  }
}

}  // namespace

fs::path open_cache(const fs::path& fallback, const std::function<void(std::string_view)>& notice) {
  const fs::path cache = cache_path();
  std::error_code error;
  if (!cache.empty()) fs::create_directories(cache, error);
  if (cache.empty() || error || access(cache.c_str(), W_OK | X_OK) != 0) {
    if (notice)
      notice(fmt::format("the firmware is built anew each time: its cache {} cannot be written to",
                         cache.empty() ? "(HOME is not set)" : cache.string()));
    return fallback;
  }
  prune(cache);
  return cache;
}

void touch(const fs::path& entry) {
  std::error_code ignored;
  fs::last_write_time(entry, fs::file_time_type::clock::now(), ignored);
}

}  // namespace cortado::boards
