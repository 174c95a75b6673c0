#include "boards/emulator/process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>

#include "boards/emulator/interruption.h"

extern char** environ;

namespace cortado::boards {
namespace {

using Clock = std::chrono::steady_clock;

// The child's standard output and error go into the pipe.
int start(const Command& command, int pipe_end, pid_t& child) {
  std::vector<std::string> words = {command.program.string()};
  words.insert(words.end(), command.arguments.begin(), command.arguments.end());
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe_end, STDOUT_FILENO);
  posix_spawn_file_actions_adddup2(&actions, pipe_end, STDERR_FILENO);
  posix_spawn_file_actions_addchdir_np(&actions, command.directory.c_str());
  const int error = posix_spawn(&child, argv[0], &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  return error;
}

// Until the pipe is closed by all who hold it, the time is over or the user interrupts. True: it was closed.
bool collect(int pipe_end, Clock::time_point deadline, std::size_t max_output_bytes, std::string& output) {
  char buffer[4096];
  for (;;) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
    if (left <= 0 || Interruption::came()) return false;
    pollfd waiting{pipe_end, POLLIN, 0};
    const int ready = poll(&waiting, 1, static_cast<int>(std::min<long long>(left, 1000)));
    if (ready == 0 || (ready < 0 && errno == EINTR)) continue;
    const ssize_t count = read(pipe_end, buffer, sizeof buffer);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return true;
    output.append(buffer, std::min(static_cast<std::size_t>(count), max_output_bytes - output.size()));
  }
}

}  // namespace

Result<Finished> run_process(const Command& command) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) != 0) return internal_error(fmt::format("pipe: {}", std::strerror(errno)));
  pid_t child = 0;
  const int error = start(command, ends[1], child);
  close(ends[1]);
  if (error != 0) {
    close(ends[0]);
    return input_error(fmt::format("cannot start {}: {}", command.program.string(), std::strerror(error)));
  }
  Finished finished;
  finished.timed_out = !collect(ends[0], Clock::now() + command.time_limit, command.max_output_bytes, finished.output);
  if (finished.timed_out) kill(child, SIGKILL);
  close(ends[0]);
  int status = 0;
  while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
  }
  if (Interruption::came()) return input_error("interrupted");
  if (WIFSIGNALED(status))
    finished.signal = WTERMSIG(status);
  else
    finished.exit_code = WEXITSTATUS(status);
  return finished;
}

}  // namespace cortado::boards
