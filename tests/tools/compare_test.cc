// cortado compare: its figures, its names of the worst, its errors.
#include <nlohmann/json.hpp>

#include "tests/shared.h"
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class Compare : public CommandLine {
 protected:
  Finished compare(std::vector<std::string> more) const {
    more.insert(more.begin(), {"compare", model("tiny.pt2").string()});
    return cortado(more);
  }
  static std::string samples() { return model("tiny_input.npy").string(); }
};

TEST_F(Compare, ItsFiguresAreThoseOfTheTensors) {
  const Finished finished = compare({"--calibration", samples(), "--json", "--dump", "tensors"});
  ASSERT_EQ(finished.exit_code, 0) << finished.err;
  write(file("report.json"), finished.out);
  const auto report = nlohmann::json::parse(finished.out, nullptr, false);
  ASSERT_TRUE(report.is_object()) << finished.out;
  ASSERT_GE(report["layers"].size(), 8u);
  EXPECT_EQ(report["layers"].front()["name"], "x");
  EXPECT_EQ(report["layers"].back()["name"], "linear");
  if (!std::filesystem::exists("/usr/bin/python3")) GTEST_SKIP() << "there is no python3";
  const Finished script = conformance::run_process(
      {"/usr/bin/python3", std::string(CORTADO_SOURCE_DIR) + "/tests/tools/recompute.py", "report.json", "tensors"},
      std::chrono::seconds(60), folder());
  EXPECT_TRUE(script.ok()) << script.err;
  EXPECT_EQ(script.out, std::to_string(report["layers"].size()) + " layers agree\n");
}

TEST_F(Compare, NamesTheLayersThatLoseMost) {
  const Finished json = compare({"--calibration", samples(), "--json", "--top", "2"});
  ASSERT_EQ(json.exit_code, 0) << json.err;
  const auto report = nlohmann::json::parse(json.out, nullptr, false);
  ASSERT_EQ(report["lowest_snr"].size(), 2u);
  double lowest = 1e9;
  std::string name;
  for (const auto& layer : report["layers"])
    if (layer["snr_db"] < lowest) lowest = layer["snr_db"], name = layer["name"];
  EXPECT_EQ(report["lowest_snr"][0], name);
  const Finished text = compare({"--calibration", samples()});
  EXPECT_NE(text.out.find("lowest SNR:\n  " + name), std::string::npos) << text.out;
  EXPECT_NE(text.out.find("largest loss in one layer:\n"), std::string::npos) << text.out;
}

// Those that the report names; one photograph has millions of numbers in all.
TEST_F(Compare, NamesLayersOfMobileNetV2) {
  const std::filesystem::path shared = ::cortado::testing::shared_folder();
  const std::filesystem::path network = shared / "models/mobilenet_v2.pt2";
  const std::filesystem::path photograph = shared / "images/calibration/0000.png";
  CORTADO_SKIP_WITHOUT(network);
  CORTADO_SKIP_WITHOUT(photograph);
  const Finished finished =
      cortado({"compare", network.string(), "--calibration", photograph.string(), "--json", "--dump", "tensors"});
  ASSERT_EQ(finished.exit_code, 0) << finished.err;
  write(file("report.json"), finished.out);
  const auto report = nlohmann::json::parse(finished.out, nullptr, false);
  EXPECT_EQ(report["layers"].size(), 66u);
  std::vector<std::string> script = {"/usr/bin/python3", std::string(CORTADO_SOURCE_DIR) + "/tests/tools/recompute.py",
                                     "report.json", "tensors"};
  for (const char* list : {"lowest_snr", "largest_losses"}) {
    ASSERT_EQ(report[list].size(), 5u);
    for (const auto& name : report[list])
      if (std::find(script.begin(), script.end(), name) == script.end()) script.push_back(name);
  }
  if (!std::filesystem::exists("/usr/bin/python3")) GTEST_SKIP() << "there is no python3";
  const Finished recomputed = conformance::run_process(script, std::chrono::seconds(60), folder());
  EXPECT_TRUE(recomputed.ok()) << recomputed.err;
  EXPECT_EQ(recomputed.out, std::to_string(script.size() - 4) + " layers agree\n");
}

TEST_F(Compare, TakesRangesAndOtherSamples) {
  ASSERT_EQ(cortado({"calibrate", model("tiny.pt2"), "--calibration", samples(), "-o", "ranges.json"}).exit_code, 0);
  const Finished finished = compare({"--ranges", "ranges.json", "--data", samples(), "--json"});
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_EQ(finished.out, compare({"--calibration", samples(), "--json"}).out);
}

TEST_F(Compare, SaysWhatIsMissing) {
  expect_error(compare({}), 2, {"no samples to compare on", "--data PATH"});
  expect_error(compare({"--calibration", "nowhere"}), 1, {"nowhere: there is no such file"});
  write(file("taken"), "");
  expect_error(compare({"--calibration", samples(), "--dump", "taken"}), 1, {"cannot make the folder"});
}

}  // namespace
}  // namespace cortado::tests
