// The reference compiler's Python, for tests that compare with it. ./dev peer brings it.
#pragma once

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>

#include "tests/conformance/process.h"

namespace cortado::tests {

// The one that CORTADO_PEER_PYTHON names, or that of ./dev peer; may not be there.
inline std::filesystem::path peer_python() {
  const char* variable = std::getenv("CORTADO_PEER_PYTHON");
  if (variable != nullptr && *variable != '\0') return variable;
  return std::filesystem::path(CORTADO_SOURCE_DIR) / "build/peer/bin/python";
}

// Runs tests/compatibility/SCRIPT. It starts slowly: importing ExecuTorch takes seconds.
inline conformance::Finished run_peer(const std::string& script, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(),
                   {peer_python().string(), std::string(CORTADO_SOURCE_DIR) + "/tests/compatibility/" + script});
  return conformance::run_process(arguments, std::chrono::seconds(600));
}

}  // namespace cortado::tests

#define CORTADO_NEEDS_PEER()                                     \
  if (!std::filesystem::exists(::cortado::tests::peer_python())) \
  GTEST_SKIP() << "the peer is not there: ./dev peer brings it"
