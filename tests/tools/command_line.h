// Runs the built tools as a user does, in a folder of the test's own.
#pragma once

#include <gtest/gtest.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "ir/tensor.h"
#include "tests/conformance/process.h"

namespace cortado::tests {

using conformance::Finished;

class CommandLine : public ::testing::Test {
 protected:
  void SetUp() override {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::temp_directory_path() /
              ("cortado_" + std::to_string(getpid()) + "_" + info->test_suite_name() + "_" + info->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  static std::filesystem::path model(const std::string& name) {
    return std::filesystem::path(CORTADO_SOURCE_DIR) / "tests/models" / name;
  }
  // `tool` is a program in build/bin. It runs in folder().
  Finished run_tool(const std::string& tool, std::vector<std::string> arguments,
                    std::size_t file_limit_bytes = 0) const {
    arguments.insert(arguments.begin(), std::string(CORTADO_BINARY_DIR) + "/bin/" + tool);
    return conformance::run_process(arguments, std::chrono::seconds(120), folder_, file_limit_bytes);
  }
  Finished cortado(std::vector<std::string> arguments, std::size_t file_limit_bytes = 0) const {
    return run_tool("cortado", std::move(arguments), file_limit_bytes);
  }

  const std::filesystem::path& folder() const { return folder_; }
  std::filesystem::path file(const std::string& name) const { return folder_ / name; }
  // Names in folder(), sorted.
  std::vector<std::string> files() const {
    std::vector<std::string> names;
    for (const auto& entry : std::filesystem::directory_iterator(folder_)) names.push_back(entry.path().filename());
    std::sort(names.begin(), names.end());
    return names;
  }
  static std::string read(const std::filesystem::path& path) {
    std::ifstream stream(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(stream), {}};
  }
  static void write(const std::filesystem::path& path, const std::string& content) {
    std::ofstream(path, std::ios::binary) << content;
  }

 private:
  std::filesystem::path folder_;
};

// Exit code, and every one of `parts` in what was said on stderr.
inline void expect_error(const Finished& finished, int exit_code, const std::vector<std::string>& parts) {
  EXPECT_TRUE(finished.ended) << finished.failure;
  EXPECT_EQ(finished.exit_code, exit_code) << finished.err;
  for (const std::string& part : parts)
    EXPECT_NE(finished.err.find(part), std::string::npos) << "not said: " << part << "\nbut: " << finished.err;
}

}  // namespace cortado::tests
