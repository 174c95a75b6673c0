// The three checks of ../shared/conformance/README.md, each made with the public command line in child processes.
#pragma once

#include <array>
#include <chrono>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>

#include "tests/conformance/conformance_case.h"

namespace cortado::conformance {

enum class Check {
  qdq,       // compile the quantized program, run it: equal to what the reference's runtime computes
  official,  // run the program that the reference compiled: equal likewise
  accuracy,  // compile the float program with calibration, run it: about as near to float as the reference
};
inline constexpr std::array<Check, 3> all_checks = {Check::qdq, Check::official, Check::accuracy};
std::string_view name(Check check);  // "qdq", "official", "float"

struct Setting {
  std::filesystem::path cortado;     // the program under test
  std::filesystem::path work;        // a folder for what it writes
  std::chrono::seconds limit{60};    // of each of its runs
  std::string on = "host";           // where programs run; a core's outputs must be the host's, byte for byte
  std::string dialect = "cortex_m";  // of the programs that are compiled
};

struct Outcome {
  bool passed = false;
  std::string reason;  // why not
  // Of an accuracy check that passed, over all outputs: see largest_error_steps() of compare.h.
  std::optional<double> largest_error_steps = std::nullopt;
};

// Nothing when the case has no such check.
std::optional<Outcome> run_check(const Case& test, Check check, const Setting& setting);

}  // namespace cortado::conformance
