#include "tests/conformance/process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstring>

namespace cortado::conformance {
namespace {

using Clock = std::chrono::steady_clock;
constexpr std::size_t kept_bytes = 1 << 20;

[[noreturn]] void become(const std::vector<std::string>& command, const std::filesystem::path& directory, int out,
                         int err, std::size_t file_limit_bytes) {
  setpgid(0, 0);  // so that the limit ends its children too
  const int empty = open("/dev/null", O_RDONLY);
  dup2(empty, 0);
  dup2(out, 1);
  dup2(err, 2);
  if (!directory.empty() && chdir(directory.c_str()) != 0) _exit(127);
  if (file_limit_bytes != 0) {
    signal(SIGXFSZ, SIG_IGN);  // writing beyond the limit is then an error of write(), as on a full disk
    const rlimit limit = {file_limit_bytes, file_limit_bytes};
    setrlimit(RLIMIT_FSIZE, &limit);
  }
  std::vector<char*> arguments;
  for (const std::string& argument : command) arguments.push_back(const_cast<char*>(argument.c_str()));
  arguments.push_back(nullptr);
  execv(arguments[0], arguments.data());
  _exit(127);
}

// Appends what is there to read; false at the end of the stream.
bool drain(int descriptor, std::string& text) {
  std::array<char, 65536> buffer;
  const ssize_t count = read(descriptor, buffer.data(), buffer.size());
  if (count <= 0) return count < 0 && errno == EINTR;
  if (text.size() < kept_bytes) text.append(buffer.data(), static_cast<std::size_t>(count));
  return true;
}

// Reads both streams until they end or the time is over; false when it is.
bool collect(std::array<int, 2> streams, Clock::time_point end, Finished& finished) {
  std::array<std::string*, 2> texts = {&finished.out, &finished.err};
  int open_streams = 2;
  while (open_streams > 0) {
    const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now()).count();
    if (left <= 0) return false;
    std::array<pollfd, 2> polled = {pollfd{streams[0], POLLIN, 0}, pollfd{streams[1], POLLIN, 0}};
    poll(polled.data(), polled.size(), static_cast<int>(left));
    for (std::size_t i = 0; i < 2; ++i)
      if (streams[i] >= 0 && polled[i].revents != 0 && !drain(streams[i], *texts[i])) {
        close(streams[i]);
        streams[i] = -1;  // poll() ignores negative descriptors
        --open_streams;
      }
  }
  return true;
}

}  // namespace

Finished run_process(const std::vector<std::string>& command, std::chrono::seconds limit,
                     const std::filesystem::path& directory, std::size_t file_limit_bytes) {
  Finished finished;
  std::array<int, 2> out, err;
  if (pipe2(out.data(), O_CLOEXEC) != 0 || pipe2(err.data(), O_CLOEXEC) != 0) {
    finished.failure = "cannot make a pipe";
    return finished;
  }
  const pid_t child = fork();
  if (child == 0) become(command, directory, out[1], err[1], file_limit_bytes);
  close(out[1]);
  close(err[1]);
  const bool in_time = collect({out[0], err[0]}, Clock::now() + limit, finished);
  if (!in_time) {
    kill(-child, SIGKILL);
    kill(child, SIGKILL);
    finished.failure = "longer than " + std::to_string(limit.count()) + " s";
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (in_time && WIFEXITED(status)) {
    finished.ended = true;
    finished.exit_code = WEXITSTATUS(status);
  } else if (in_time) {
    finished.failure =
        "killed by signal " + std::to_string(WTERMSIG(status)) + " (" + strsignal(WTERMSIG(status)) + ")";
  }
  return finished;
}

std::string Finished::reason() const {
  if (!ended) return failure;
  const std::size_t error = err.find("error: ");
  const std::size_t begin = error == std::string::npos ? 0 : error + std::strlen("error: ");
  const std::string line = err.substr(begin, err.find('\n', begin) - begin);
  return line.empty() ? "exit code " + std::to_string(exit_code) : line;
}

}  // namespace cortado::conformance
