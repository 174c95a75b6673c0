// The part of ./dev conformance that every change must keep: networks and operators of the first release.
#include <gtest/gtest.h>
#include <unistd.h>

#include <fstream>
#include <set>

#include "tests/conformance/runner.h"
#include "tests/shared.h"

namespace cortado::conformance {
namespace {

const std::set<std::string> networks = {"mlp",
                                        "mlperf_resnet8",
                                        "mlperf_ds_cnn",
                                        "mlperf_deep_autoencoder",
                                        "ds_cnn_kws",
                                        "resnet18_w10",
                                        "efficientnet_lite0_small",
                                        "mobilenet_v2_w035_96",
                                        "mobilenet_v2"};

// Source operators, without overload, of the cases in operators/ that must pass, or be listed with their reasons.
const std::set<std::string> operators = {"aten::conv2d",
                                         "aten::linear",
                                         "aten::add",
                                         "aten::add_",
                                         "aten::relu",
                                         "aten::relu_",
                                         "aten::relu6",
                                         "aten::relu6_",
                                         "aten::hardtanh",
                                         "aten::hardtanh_",
                                         "aten::clamp",
                                         "aten::clamp_",
                                         "aten::max_pool2d",
                                         "aten::avg_pool2d",
                                         "aten::adaptive_avg_pool2d",
                                         "aten::mean",
                                         "aten::softmax",
                                         "aten::pad",
                                         "aten::sigmoid",
                                         "aten::sigmoid_",
                                         "aten::tanh",
                                         "aten::tanh_",
                                         "aten::flatten",
                                         "aten::view",
                                         "aten::permute",
                                         "quantized_decomposed::quantize_per_tensor",
                                         "quantized_decomposed::dequantize_per_tensor"};

bool uses_only_these(const Case& test) {
  for (const std::string& op : test.operators)
    if (operators.count(op.substr(0, op.find('.'))) == 0) return false;
  return !test.operators.empty();
}

const std::vector<Case>& cases() {
  static const std::vector<Case> all = [] {
    auto read = read_cases(cortado::testing::shared_folder() / "conformance");
    return read ? std::move(read).value() : std::vector<Case>();
  }();
  return all;
}

std::string row_text(const Row& row) {
  return row.test->kind + "/" + row.test->name + " | " + std::string(name(row.check));
}

// Failures that docs/conformance.md lists, with their reasons: "operators/add__alpha | official".
std::set<std::string> listed_failures() {
  std::set<std::string> listed;
  std::ifstream stream(std::string(CORTADO_SOURCE_DIR) + "/docs/conformance.md");
  for (std::string line; std::getline(stream, line);) {
    const std::size_t first = line.find(" | "),
                      second = first == std::string::npos ? first : line.find(" | ", first + 1);
    if (line.rfind("| ", 0) == 0 && second != std::string::npos) listed.insert(line.substr(2, second - 2));
  }
  return listed;
}

void expect_all_pass(const std::vector<const Case*>& selected, std::size_t at_least,
                     const std::set<std::string>& allowed) {
  Setting setting;
  setting.cortado = std::filesystem::path(CORTADO_BINARY_DIR) / "bin/cortado";
  setting.work = std::filesystem::temp_directory_path() / ("first_light-" + std::to_string(getpid()));
  const auto rows = run_cases(selected, {all_checks.begin(), all_checks.end()}, setting, 2, {});
  std::filesystem::remove_all(setting.work);
  EXPECT_GE(rows.size(), at_least);
  for (const Row& row : rows)
    EXPECT_TRUE(row.outcome.passed || allowed.count(row_text(row)) != 0) << row_text(row) << ": " << row.outcome.reason;
}

TEST(FirstLight, Networks) {
  CORTADO_SKIP_WITHOUT(cortado::testing::shared_folder() / "conformance");
  std::vector<const Case*> selected;
  for (const Case& test : cases())
    if (test.kind == "networks" && networks.count(test.name) != 0) selected.push_back(&test);
  ASSERT_EQ(selected.size(), networks.size());
  expect_all_pass(selected, 3 * networks.size(), {});
}

TEST(FirstLight, Operators) {
  CORTADO_SKIP_WITHOUT(cortado::testing::shared_folder() / "conformance");
  std::vector<const Case*> selected;
  for (const Case& test : cases())
    if (test.kind == "operators" && uses_only_these(test)) selected.push_back(&test);
  ASSERT_GE(selected.size(), 60u);
  expect_all_pass(selected, 2 * selected.size(), listed_failures());
}

}  // namespace
}  // namespace cortado::conformance
