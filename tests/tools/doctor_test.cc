// cortado doctor: tries the boards, and says what to install where something is missing.
#include <cstdlib>

#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class Doctor : public CommandLine {};

TEST_F(Doctor, TriesEveryCore) {
  const Finished finished = cortado({"doctor"});
  for (const char* name : {"compiler ", "cortex-m0 ", "cortex-m55 ", "torch "})
    EXPECT_NE(finished.out.find(name), std::string::npos) << finished.out;
  if (finished.exit_code == 0) {
    EXPECT_NE(finished.out.find("--on cortex-m55: built a firmware and ran it"), std::string::npos) << finished.out;
  }
}

TEST_F(Doctor, SaysWhatToInstall) {
  const std::string path = std::getenv("PATH");
  setenv("PATH", "/nonexistent", 1);
  const Finished finished = cortado({"doctor", "--json"});
  setenv("PATH", path.c_str(), 1);
  expect_error(finished, 1, {"something is missing"});
  for (const char* part : {"qemu-system-arm", "gcc-arm-none-eabi", "apt-get install", "python3 is not installed",
                           "running on cortex-m55 needs "})
    EXPECT_NE(finished.out.find(part), std::string::npos) << part << "\n" << finished.out;
}

TEST_F(Doctor, SaysThatTorchIsMissing) {
  write(file("python3"), "#!/bin/sh\nexit 1\n");
  std::filesystem::permissions(file("python3"), std::filesystem::perms::owner_all);
  const std::string path = std::getenv("PATH");
  setenv("PATH", folder().c_str(), 1);
  const Finished finished = cortado({"doctor"});
  setenv("PATH", path.c_str(), 1);
  EXPECT_NE(finished.out.find("the module torch is not there for " + file("python3").string()), std::string::npos)
      << finished.out;
  EXPECT_NE(finished.out.find("python3 -m pip install torch"), std::string::npos) << finished.out;
}

}  // namespace
}  // namespace cortado::tests
