#include <unistd.h>

#include <cstdio>

#include "boards/emulator/run.h"

namespace cortado::boards {

ProgressCallback progress_on_terminal() {
  if (isatty(STDERR_FILENO) == 0) return {};
  return [](const Progress& progress) {
    const std::string what(progress.what);
    if (progress.total == 0)
      std::fprintf(stderr, "\r\033[K%s", what.c_str());
    else
      std::fprintf(stderr, "\r\033[K%s (%zu of %zu)", what.c_str(), progress.done, progress.total);
    if (what.empty()) std::fprintf(stderr, "\r\033[K");
    std::fflush(stderr);
  };
}

}  // namespace cortado::boards
