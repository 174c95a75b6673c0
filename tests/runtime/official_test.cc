// ExecuTorch's own files, run by this runtime: the bytes of its runtime, by the rule of the conformance README.
#include <gtest/gtest.h>

#include <cmath>
#include <cstring>
#include <fstream>
#include <iostream>
#include <map>
#include <nlohmann/json.hpp>

#include "formats/tensors/npz.h"
#include "runtime/host/session.h"
#include "tests/shared.h"

namespace cortado::runtime {
namespace {

bool uses_float(const std::filesystem::path& folder) {
  std::ifstream file(folder / "case.json");
  const auto json = nlohmann::json::parse(file, nullptr, false);
  const auto found = json.is_object() ? json.find("lowered_float_ops") : json.end();
  return found != json.end() && !found->empty();
}

std::vector<ir::Tensor> tensors_of(const std::filesystem::path& path) {
  auto named = formats::read_npz(path);
  EXPECT_TRUE(named) << named.error().text();
  std::vector<ir::Tensor> tensors;
  if (!named) return tensors;
  for (auto& entry : named.value()) tensors.push_back(std::move(entry.tensor));
  return tensors;
}

// "" when equal by the rule, else what differs.
std::string compare(const ir::Tensor& actual, const ir::Tensor& expected, bool approximate) {
  if (actual.dtype() != expected.dtype() || actual.shape() != expected.shape()) return "type or shape";
  if (actual.size_bytes() == 0 || std::memcmp(actual.bytes().data(), expected.bytes().data(), actual.size_bytes()) == 0)
    return "";
  std::int64_t differing = 0;
  double largest = 0;
  bool allowed = approximate;
  for (std::int64_t i = 0; i < actual.elements(); ++i) {
    const double a = actual.as_double(i);
    const double e = expected.as_double(i);
    const double difference = std::abs(a - e);
    if (a == e || (std::isnan(a) && std::isnan(e))) continue;
    ++differing;
    largest = std::fmax(largest, difference);
    const double tolerance = is_float(actual.dtype()) ? std::abs(e) / 3e6 : 1;
    allowed = allowed && difference <= tolerance;
  }
  if (allowed || differing == 0) return "";
  return std::to_string(differing) + " of " + std::to_string(actual.elements()) + " differ, by up to " +
         std::to_string(largest);
}

// Whether ExecuTorch's runtime computed something else than the operators mean: it is farther from its own dialect than
// any rounding. (Its cat, for one, joins channels-last tensors as if they were contiguous.)
bool runtime_is_wrong(const ir::Tensor& runtime, const ir::Tensor& dialect) {
  double low = 0;
  double high = 0;
  double largest = 0;
  if (runtime.shape() != dialect.shape()) return false;
  for (std::int64_t i = 0; i < dialect.elements(); ++i) {
    low = std::fmin(low, dialect.as_double(i));
    high = std::fmax(high, dialect.as_double(i));
    largest = std::fmax(largest, std::abs(dialect.as_double(i) - runtime.as_double(i)));
  }
  return largest > (high - low) / 10;
}

// What the operators mean: the dialect's results or, where it was not run, those of the quantized graph.
std::vector<ir::Tensor> meant_by(const std::filesystem::path& folder) {
  const auto dialect = folder / "cortex_m_out.npz";
  return tensors_of(std::filesystem::exists(dialect) ? dialect : folder / "qdq_out.npz");
}

enum class Outcome { passed, failed, missing_operator, refused, runtime_wrong };

struct Verdict {
  Outcome outcome;
  std::string text;
};

Verdict run_case(const std::filesystem::path& folder) {
  const bool has_answer = std::filesystem::exists(folder / "runtime_out.npz");
  auto session = Session::load_file(folder / "official.pte");
  if (!session) {
    const std::string text = session.error().message.substr(session.error().message.find(": ") + 2);
    if (text.find("is not in this build") != std::string::npos)
      return {Outcome::missing_operator, text.substr(0, text.find(" is not"))};
    return {has_answer ? Outcome::failed : Outcome::refused, text};
  }
  auto outputs = session.value().run(tensors_of(folder / "inputs.npz"));
  if (!outputs) return {Outcome::failed, outputs.error().message};
  if (!has_answer) return {Outcome::passed, ""};
  const std::vector<ir::Tensor> expected = tensors_of(folder / "runtime_out.npz");
  if (expected.size() != outputs.value().size()) return {Outcome::failed, "another number of outputs"};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    const std::string text = compare(outputs.value()[i], expected[i], uses_float(folder));
    if (text.empty()) continue;
    const std::vector<ir::Tensor> dialect = meant_by(folder);
    if (i < dialect.size() && runtime_is_wrong(expected[i], dialect[i]) &&
        compare(outputs.value()[i], dialect[i], true).empty())
      return {Outcome::runtime_wrong, text};
    return {Outcome::failed, "output_" + std::to_string(i) + ": " + text};
  }
  return {Outcome::passed, ""};
}

void run_all(const std::string& kind) {
  const auto folder = testing::shared_folder() / "conformance" / kind;
  CORTADO_SKIP_WITHOUT(folder);
  std::map<std::string, int> missing;
  std::map<Outcome, int> counts;
  for (const auto& file : testing::files_below(folder, ".pte")) {
    const std::string name = file.parent_path().filename().string();
    const Verdict verdict = run_case(file.parent_path());
    ++counts[verdict.outcome];
    if (verdict.outcome == Outcome::failed) ADD_FAILURE() << name << ": " << verdict.text;
    if (verdict.outcome == Outcome::missing_operator) ++missing[verdict.text];
    if (verdict.outcome == Outcome::refused)
      std::cout << "refused here and by ExecuTorch's runtime: " << name << ": " << verdict.text << "\n";
    if (verdict.outcome == Outcome::runtime_wrong)
      std::cout << "wrong in ExecuTorch's runtime, right here: " << name << ": " << verdict.text << "\n";
  }
  for (const auto& [text, count] : missing) std::cout << "not run for want of " << text << ": " << count << "\n";
  std::cout << kind << ": " << counts[Outcome::passed] << " pass, " << counts[Outcome::failed] << " fail, "
            << counts[Outcome::missing_operator] << " need an operator that is not here, " << counts[Outcome::refused]
            << " refused as by ExecuTorch, " << counts[Outcome::runtime_wrong] << " wrong in ExecuTorch\n";
  EXPECT_GT(counts[Outcome::passed], 0);
}

TEST(Official, Operators) { run_all("operators"); }
TEST(Official, Networks) { run_all("networks"); }

}  // namespace
}  // namespace cortado::runtime
