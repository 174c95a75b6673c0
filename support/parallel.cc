#include "support/parallel.h"

#include <algorithm>
#include <atomic>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace cortado {

std::size_t thread_count(std::size_t wanted, std::size_t count) {
  if (wanted == 0) wanted = std::max(1u, std::thread::hardware_concurrency());
  return std::max<std::size_t>(1, std::min(wanted, count));
}

Status parallel_for(std::size_t count, std::size_t threads,
                    const std::function<Status(std::size_t i, std::size_t thread)>& work) {
  std::atomic<std::size_t> next{0};
  std::atomic<bool> failed{false};
  std::mutex mutex;
  std::size_t first_failed = count;
  std::optional<Diagnostic> error;
  // All i below a failing one have started before it, so the smallest failing i is always among those that ran.
  const auto loop = [&](std::size_t thread) {
    while (!failed) {
      const std::size_t i = next++;
      if (i >= count) return;
      Status status = work(i, thread);
      if (status) continue;
      failed = true;
      const std::lock_guard lock(mutex);
      if (i >= first_failed) continue;
      first_failed = i;
      error = std::move(status).error();
    }
  };
  threads = thread_count(threads, count);
  std::vector<std::thread> others;
  for (std::size_t thread = 1; thread < threads; ++thread) others.emplace_back(loop, thread);
  loop(0);
  for (std::thread& other : others) other.join();
  if (error) return *std::move(error);
  return {};
}

}  // namespace cortado
