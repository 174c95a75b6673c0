#include "support/progress.h"

#include <unistd.h>

#include <cstdio>

namespace cortado {
namespace {

constexpr auto redraw_interval = std::chrono::milliseconds(100);

// "1:05", "2:00:07"
std::string clock_text(double seconds) {
  const auto whole = static_cast<long>(seconds);
  char text[32];
  if (whole < 3600)
    std::snprintf(text, sizeof text, "%ld:%02ld", whole / 60, whole % 60);
  else
    std::snprintf(text, sizeof text, "%ld:%02ld:%02ld", whole / 3600, whole / 60 % 60, whole % 60);
  return text;
}

}  // namespace

std::string progress_line(const std::string& label, std::size_t done, std::size_t total, double elapsed_seconds) {
  constexpr std::size_t width = 20;
  const std::size_t filled = total > 0 ? done * width / total : 0;
  const std::string all = std::to_string(total);
  std::string count = std::to_string(done);
  if (count.size() < all.size()) count.insert(0, all.size() - count.size(), ' ');
  std::string line =
      label + " [" + std::string(filled, '#') + std::string(width - filled, '-') + "] " + count + "/" + all;
  line += "  " + clock_text(elapsed_seconds) + " elapsed";
  if (done > 0 && done < total) {
    const double remaining = elapsed_seconds * static_cast<double>(total - done) / static_cast<double>(done);
    line += ", " + clock_text(remaining + 0.5) + " remaining";
  }
  return line;
}

Progress::Progress(std::string label, std::size_t total, bool wanted)
    : label_(std::move(label)), total_(total), shown_(wanted && isatty(STDERR_FILENO) == 1) {}

Progress::~Progress() {
  if (shown_) std::fputs("\r\033[K", stderr);
}

void Progress::advance() {
  const std::lock_guard lock(mutex_);
  ++done_;
  const auto now = Clock::now();
  if (!shown_ || (now - drawn_ < redraw_interval && done_ < total_)) return;
  drawn_ = now;
  const double elapsed = std::chrono::duration<double>(now - start_).count();
  std::fprintf(stderr, "\r%s\033[K", progress_line(label_, done_, total_, elapsed).c_str());
  std::fflush(stderr);
}

}  // namespace cortado
