// Runs another program without a shell and waits for it, at most for a time. Host.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>
#include <vector>

#include "support/result.h"

namespace cortado::boards {

struct Command {
  std::filesystem::path program;
  std::vector<std::string> arguments;
  std::filesystem::path directory = ".";  // to run in
  std::chrono::seconds time_limit{600};
  std::size_t max_output_bytes = 1 << 20;  // what comes after them is lost
};

struct Finished {
  int exit_code = 0;  // when signal is 0
  int signal = 0;     // that ended it
  bool timed_out = false;
  std::string output;  // standard output and error as they came
  bool succeeded() const { return exit_code == 0 && signal == 0 && !timed_out; }
};

// An error when it cannot be started at all. Standard input is empty.
Result<Finished> run_process(const Command& command);

}  // namespace cortado::boards
