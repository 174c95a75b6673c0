#include "tests/conformance/report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

namespace cortado::conformance {
namespace {

struct Count {
  int passed = 0, total = 0;
};

std::string totals(const std::vector<Row>& rows) {
  std::map<std::pair<std::string, Check>, Count> counts;
  for (const Row& row : rows) {
    Count& count = counts[{row.test->kind, row.check}];
    count.passed += row.outcome.passed;
    ++count.total;
  }
  std::string text = "| cases | check | pass | of |\n|---|---|---|---|\n";
  for (const auto& [key, count] : counts)
    text += fmt::format("| {} | {} | {} | {} |\n", key.first, name(key.second), count.passed, count.total);
  return text;
}

// A reason on one line of a table.
std::string cell(std::string text) {
  for (char& c : text)
    if (c == '\n' || c == '|') c = ' ';
  constexpr std::size_t longest = 240;
  return text.size() <= longest ? text : text.substr(0, longest) + "…";
}

std::string failures(const std::vector<Row>& rows) {
  std::string text;
  for (const Row& row : rows)
    if (!row.outcome.passed)
      text += fmt::format("| {}/{} | {} | {} |\n", row.test->kind, row.test->name, name(row.check),
                          cell(row.outcome.reason));
  return text.empty() ? "None.\n" : "| case | check | reason |\n|---|---|---|\n" + text;
}

// "name (qdq, float)", one line a case.
std::string passes(const std::vector<Row>& rows) {
  std::map<std::pair<std::string, std::string>, std::string> checks;
  for (const Row& row : rows)
    if (row.outcome.passed) {
      std::string& list = checks[{row.test->kind, row.test->name}];
      list += (list.empty() ? "" : ", ") + std::string(name(row.check));
    }
  std::string text;
  for (const auto& [key, list] : checks) text += fmt::format("- {}/{}: {}\n", key.first, key.second, list);
  return text.empty() ? "None.\n" : text;
}

struct Error {
  int cases = 0;
  double steps = 0;
  std::string worst = "";  // case
};

// Of operators that are alone in a network, so that the error is theirs and that of the ends.
std::string errors(const std::vector<Row>& rows) {
  std::map<std::string, Error> by_operator;
  for (const Row& row : rows) {
    if (!row.outcome.largest_error_steps || row.test->operators.size() != 1) continue;
    Error& error = by_operator[*row.test->operators.begin()];
    if (error.cases++ == 0 || *row.outcome.largest_error_steps > error.steps) {
      error.steps = *row.outcome.largest_error_steps;
      error.worst = row.test->kind + "/" + row.test->name;
    }
  }
  std::string text;
  for (const auto& [op, error] : by_operator)
    text += fmt::format("| `{}` | {:.1f} | {} | {} |\n", op, error.steps, error.cases, error.worst);
  return text.empty() ? "None.\n" : "| operator | largest error seen | cases | in |\n|---|---|---|---|\n" + text;
}

}  // namespace

std::string report(const std::vector<Row>& rows) {
  return "# Conformance\n\n"
         "Written by `./dev conformance` from the cases of `../shared/conformance`, whose README defines the checks:\n"
         "**qdq** compiles the quantized program and compares with the reference's runtime, **official** runs the\n"
         "reference's own program, **float** compiles and calibrates the float program and compares with float.\n\n" +
         totals(rows) + "\n## Failures\n\n" + failures(rows) +
         "\n## Errors of operators\n\nInt8 against float, in steps of the int8 type that just holds the output's "
         "range; from the float checks that pass,\n"
         "of cases with one kind of operator.\n\n" +
         errors(rows) + "\n## Passes\n\n" + passes(rows);
}

}  // namespace cortado::conformance
