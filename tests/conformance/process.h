// Runs a program in a child process with a limit of time: what crashes or hangs there is a result, not an end.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

namespace cortado::conformance {

struct Finished {
  bool ended = false;  // by itself: `exit_code` holds
  int exit_code = -1;
  std::string failure;  // otherwise: "killed by signal 11 (Segmentation fault)", "longer than 60 s"
  std::string out;      // what it printed, the first megabyte of each
  std::string err;

  bool ok() const { return ended && exit_code == 0; }
  // One line: the first line of the error message, or how it ended.
  std::string reason() const;
};

// `command[0]` is a path. The child's standard input is empty, and it may write files of `file_limit_bytes` at most
// (0: no limit).
Finished run_process(const std::vector<std::string>& command, std::chrono::seconds limit,
                     const std::filesystem::path& directory = {}, std::size_t file_limit_bytes = 0);

}  // namespace cortado::conformance
