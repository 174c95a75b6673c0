// One line on stderr that tells how far a long loop is; silent where stderr is no terminal. Host.
#pragma once

#include <chrono>
#include <cstddef>
#include <mutex>
#include <string>

namespace cortado {

class Progress {
 public:
  using Clock = std::chrono::steady_clock;

  // "calibrating" … 0 of `total` steps done. Never shown when `wanted` is false.
  Progress(std::string label, std::size_t total, bool wanted = true);
  ~Progress();  // wipes the line
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  // One more step is done. From any thread.
  void advance();

 private:
  std::mutex mutex_;
  std::string label_;
  std::size_t total_;
  std::size_t done_ = 0;
  bool shown_;
  Clock::time_point start_ = Clock::now();
  Clock::time_point drawn_ = start_;
};

// "calibrating [#####---------------]  25/100  0:02 elapsed, 0:06 remaining"
std::string progress_line(const std::string& label, std::size_t done, std::size_t total, double elapsed_seconds);

}  // namespace cortado
