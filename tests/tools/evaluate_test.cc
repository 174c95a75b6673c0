// cortado evaluate: float, int8 on the host and on a core; what it compares with.
#include <nlohmann/json.hpp>

#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

using Json = nlohmann::json;

class Evaluate : public CommandLine {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    write(file("labels.csv"), "file,class_index\n" + samples() + ",3\n");
  }
  static std::string samples() { return model("tiny_input.npy").string(); }
  static std::string tiny() { return model("tiny.pt2").string(); }
  Finished evaluate(const std::string& subject, std::vector<std::string> more) const {
    more.insert(more.begin(), {"evaluate", subject, "--labels", "labels.csv"});
    return cortado(more);
  }
  Json report(const std::string& subject, std::vector<std::string> more) const {
    more.push_back("--json");
    const Finished finished = evaluate(subject, more);
    EXPECT_EQ(finished.exit_code, 0) << finished.err;
    return Json::parse(finished.out, nullptr, false);
  }
};

TEST_F(Evaluate, AModelIsRunInFloat) {
  const Json result = report(tiny(), {});
  EXPECT_EQ(result["samples"], 1);
  EXPECT_TRUE(result["same_as_float"].is_null());
  EXPECT_FALSE(result.contains("noise_to_signal"));
  EXPECT_EQ(report(tiny(), {"--float", tiny()})["noise_to_signal"], 0.0);
}

TEST_F(Evaluate, WithSamplesAModelIsRunInInt8AndComparedWithItself) {
  const Json result = report(tiny(), {"--calibration", samples()});
  EXPECT_EQ(result["same_as_float"], 1.0);
  EXPECT_GT(result["noise_to_signal"], 0.0);
  EXPECT_LT(result["noise_to_signal"], 0.01);
  ASSERT_EQ(cortado({"compile", tiny(), "--calibration", samples(), "-o", "tiny.pte"}).exit_code, 0);
  EXPECT_EQ(report("tiny.pte", {"--float", tiny()}), result);
  EXPECT_TRUE(report("tiny.pte", {})["same_as_float"].is_null());
}

TEST_F(Evaluate, ACoreAnswersLikeTheHost) {
  const Finished on_core = evaluate(tiny(), {"--calibration", samples(), "--on", "cortex-m55", "--json"});
  if (on_core.exit_code != 0 && on_core.err.find("install") != std::string::npos) GTEST_SKIP() << on_core.err;
  ASSERT_EQ(on_core.exit_code, 0) << on_core.err;
  EXPECT_EQ(Json::parse(on_core.out, nullptr, false), report(tiny(), {"--calibration", samples()}));
}

TEST_F(Evaluate, ThePrintedReportSaysTheNoise) {
  const Finished finished = evaluate(tiny(), {"--calibration", samples()});
  EXPECT_NE(finished.out.find("same answer as float   100.0 %"), std::string::npos) << finished.out;
  for (const char* what : {"noise/signal", "closer than a step       0.0 %"})
    EXPECT_NE(finished.out.find(what), std::string::npos) << finished.out;
}

TEST_F(Evaluate, AFolderMayHoldLinks) {
  std::filesystem::create_directory(file("some"));
  std::filesystem::create_symlink(samples(), file("some/x.npy"));
  write(file("labels.csv"), "file,class_index\nsome/x.npy,3\n" + samples() + ",3\n");
  EXPECT_EQ(report(tiny(), {"--data", "some"})["samples"], 1);
}

TEST_F(Evaluate, SaysWhatIsWrong) {
  write(file("labels.csv"), "file,class_index\n" + samples() + ",5\n");
  expect_error(evaluate(tiny(), {}), 1, {"class 5 is not among the model's 5 classes"});
  expect_error(evaluate(tiny(), {"--on", "cortex-m99"}), 2, {"cortex-m99"});
}

}  // namespace
}  // namespace cortado::tests
