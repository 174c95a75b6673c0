// docs/conformance.md.
#pragma once

#include <string>
#include <vector>

#include "tests/conformance/checks.h"

namespace cortado::conformance {

struct Row {
  const Case* test = nullptr;
  Check check = Check::qdq;
  Outcome outcome;
};

// Counts per kind and check, every failure with its reason, and the cases that pass. Depends on `rows` alone.
std::string report(const std::vector<Row>& rows);

}  // namespace cortado::conformance
