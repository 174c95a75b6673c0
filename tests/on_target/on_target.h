// Builds a test firmware and runs it, for tests.
#pragma once

#include <gtest/gtest.h>

#include "boards/emulator/emulate.h"
#include "boards/emulator/files.h"
#include "boards/emulator/firmware.h"

namespace cortado::tests {

// One firmware of one core, with a folder for its files.
class OnTarget {
 public:
  static Result<OnTarget> build(const std::string& core, boards::FirmwareSpec spec) {
    CORTADO_TRY(spec.core, boards::find_core(core));
    CORTADO_TRY(boards::Tools tools, boards::find_tools(*spec.core));
    CORTADO_TRY(boards::TemporaryFolder folder, boards::TemporaryFolder::create());
    CORTADO_TRY(boards::Firmware firmware,
                boards::build_firmware(spec, tools, {boards::progress_on_terminal(), {}, folder.path()}));
    return OnTarget(spec.core, std::move(tools), std::move(folder), std::move(firmware));
  }

  Result<boards::Ending> run(std::vector<std::string> arguments, int seconds = 120,
                             std::vector<boards::Image> images = {}) {
    options_ = {
        core_, firmware_.elf, folder_.path(), std::move(arguments), std::move(images), std::chrono::seconds(seconds)};
    return boards::emulate(options_, tools_.emulator);
  }
  // Of the last run.
  Diagnostic describe(const boards::Ending& ending) const { return boards::describe(ending, options_); }

  const boards::Firmware& firmware() const { return firmware_; }
  std::filesystem::path file(const std::string& name) const { return folder_.path() / name; }

 private:
  OnTarget(const boards::Core* core, boards::Tools tools, boards::TemporaryFolder folder, boards::Firmware firmware)
      : core_(core), tools_(std::move(tools)), folder_(std::move(folder)), firmware_(std::move(firmware)) {}
  const boards::Core* core_;
  boards::Tools tools_;
  boards::TemporaryFolder folder_;
  boards::Firmware firmware_;
  boards::EmulatorOptions options_;
};

inline std::string test_name(const ::testing::TestParamInfo<std::string>& core) {
  std::string name = core.param;
  for (char& letter : name)
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  return name;
}

}  // namespace cortado::tests

// Skips the test where compilers or emulator are missing.
#define CORTADO_NEEDS_CORE(core)                                      \
  if (const auto there = ::cortado::boards::check_core(core); !there) \
  GTEST_SKIP() << ::cortado::Diagnostic(there.error()).text()
