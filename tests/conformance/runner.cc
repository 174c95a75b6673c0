#include "tests/conformance/runner.h"

#include <fnmatch.h>

#include <atomic>
#include <mutex>
#include <thread>

namespace cortado::conformance {

std::vector<Row> run_cases(const std::vector<const Case*>& cases, const std::vector<Check>& checks,
                           const Setting& setting, unsigned workers, const std::function<void(const Row&)>& done) {
  std::vector<std::vector<Row>> rows(cases.size());
  std::atomic<std::size_t> next = 0;
  std::mutex reporting;
  const auto work = [&] {
    for (std::size_t i = next++; i < cases.size(); i = next++) {
      Setting own = setting;
      own.work = setting.work / (cases[i]->kind + "-" + cases[i]->name);
      for (const Check check : checks) {
        auto outcome = run_check(*cases[i], check, own);
        if (!outcome) continue;
        rows[i].push_back({cases[i], check, std::move(*outcome)});
        const std::lock_guard lock(reporting);
        if (done) done(rows[i].back());
      }
      std::error_code ignored;
      std::filesystem::remove_all(own.work, ignored);
    }
  };
  std::vector<std::thread> threads;
  for (unsigned i = 1; i < workers; ++i) threads.emplace_back(work);
  work();
  for (std::thread& thread : threads) thread.join();
  std::vector<Row> all;
  for (auto& some : rows) all.insert(all.end(), some.begin(), some.end());
  return all;
}

bool matches(const std::string& text, const std::string& pattern) {
  if (pattern.find_first_of("*?[") == std::string::npos) return text.find(pattern) != std::string::npos;
  return fnmatch(pattern.c_str(), text.c_str(), 0) == 0;
}

}  // namespace cortado::conformance
