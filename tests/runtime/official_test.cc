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
  if (actual.size_bytes() == 0 || std::memcmp(actual.bytes().data(), expected.bytes().data(), actual.size_bytes()) == 0) return "";
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
  return std::to_string(differing) + " of " + std::to_string(actual.elements()) + " differ, by up to " + std::to_string(largest);
}

// "" when the case passes.
std::string run_case(const std::filesystem::path& folder) {
  auto session = Session::load_file(folder / "official.pte");
  if (!session) return session.error().message.substr(session.error().message.find(": ") + 2);
  auto outputs = session.value().run(tensors_of(folder / "inputs.npz"));
  if (!outputs) return outputs.error().message.substr(outputs.error().message.find(": ") + 2);
  if (!std::filesystem::exists(folder / "runtime_out.npz")) return "";  // ExecuTorch's runtime fails on its own file
  const std::vector<ir::Tensor> expected = tensors_of(folder / "runtime_out.npz");
  if (expected.size() != outputs.value().size()) return "another number of outputs";
  for (std::size_t i = 0; i < expected.size(); ++i)
    if (const std::string text = compare(outputs.value()[i], expected[i], uses_float(folder)); !text.empty())
      return "output_" + std::to_string(i) + ": " + text;
  return "";
}

void run_all(const std::string& kind) {
  const auto folder = testing::shared_folder() / "conformance" / kind;
  CORTADO_SKIP_WITHOUT(folder);
  std::map<std::string, int> missing;
  int passed = 0;
  int failed = 0;
  for (const auto& file : testing::files_below(folder, ".pte")) {
    const std::string text = run_case(file.parent_path());
    if (text.empty()) {
      ++passed;
    } else if (text.find("is not in this build") != std::string::npos) {
      ++missing[text.substr(0, text.find(" is not"))];
    } else {
      ++failed;
      ADD_FAILURE() << file.parent_path().filename().string() << ": " << text;
    }
  }
  int without_kernel = 0;
  for (const auto& [text, count] : missing) {
    std::cout << "not run for want of " << text << ": " << count << "\n";
    without_kernel += count;
  }
  std::cout << kind << ": " << passed << " pass, " << failed << " fail, " << without_kernel << " need an operator that is not here\n";
  EXPECT_GT(passed, 0);
}

TEST(Official, Operators) { run_all("operators"); }
TEST(Official, Networks) { run_all("networks"); }

}  // namespace
}  // namespace cortado::runtime
