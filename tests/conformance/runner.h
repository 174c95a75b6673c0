// Runs checks of cases, several at a time.
#pragma once

#include <functional>
#include <vector>

#include "tests/conformance/report.h"

namespace cortado::conformance {

// The rows come in the order of `cases` and `checks`, whatever the number of workers. `done` is called as each check
// ends, by one thread at a time.
std::vector<Row> run_cases(const std::vector<const Case*>& cases, const std::vector<Check>& checks,
                           const Setting& setting, unsigned workers, const std::function<void(const Row&)>& done);

// Whether `text` has the form of the shell pattern, or contains it where it has no wildcards.
bool matches(const std::string& text, const std::string& pattern);

}  // namespace cortado::conformance
