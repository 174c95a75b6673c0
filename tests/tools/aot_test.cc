// aot_arm_compiler: names of outputs and lines that scripts read.
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class Aot : public CommandLine {
 protected:
  Finished aot(std::vector<std::string> more) const {
    more.insert(more.begin(), {"-m", model("tiny.pt2").string()});
    return run_tool("aot_arm_compiler", std::move(more));
  }
};

TEST_F(Aot, WritesTheProgramAndTheSummary) {
  const Finished finished = aot({"--target=cortex-m55+int8", "--quantize", "--output=new/tiny.pte", "--intermediates=steps"});
  ASSERT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_NE(finished.out.find("Delegation summary:\n  Model was not delegated.\n"), std::string::npos) << finished.out;
  EXPECT_NE(finished.out.find("    - cortex_m_quantized_conv2d_default: "), std::string::npos) << finished.out;
  EXPECT_NE(finished.out.find("\nPTE file saved as new/tiny.pte\n"), std::string::npos) << finished.out;
  EXPECT_TRUE(std::filesystem::exists(file("new/tiny.pte")));
  EXPECT_EQ(read(file("steps/tiny_exported_program.pt2")), read(model("tiny.pt2")));
  EXPECT_NE(read(file("steps/delegation_info.txt")).find("occurrences_in_non_delegated_graphs"), std::string::npos);
}

TEST_F(Aot, NamesOutputsAsExecuTorchDoes) {
  ASSERT_EQ(aot({"-t", "cortex-m4", "-q"}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::exists(file("tiny_arm_cortex-m4.pte")));
  ASSERT_EQ(aot({"-q", "-o", "programs"}).exit_code, 0);
  EXPECT_TRUE(std::filesystem::exists(file("programs/tiny_arm_cortex-m55.pte")));
}

TEST_F(Aot, RefusesWhatIsNotThere) {
  expect_error(aot({"-q", "--target", "ethos-u55-128"}), 2, {"ethos-u55-128", "not there"});
  expect_error(aot({"-q", "--bundleio"}), 2, {"--bundleio"});
  expect_error(aot({"-q", "--etrecord"}), 2, {"--etrecord"});
  expect_error(aot({"-q", "--so_library", "x.so"}), 2, {"--so_library"});
  expect_error(aot({"-q", "--direct_drive"}), 2, {"--direct_drive"});
  expect_error(aot({"--calibration_data", "x"}), 2, {"--calibration_data requires --quantize"});
  expect_error(aot({}), 2, {"--quantize"});
  EXPECT_TRUE(files().empty());
}

TEST_F(Aot, WarnsOfWhatHasNoEffect) {
  const Finished finished = aot({"-q", "-d", "--enable_qdq_fusion_pass", "-e", "mv2", "--non_strict_export",
                                 "--system_config", "x", "--memory_mode", "y", "--config", "z"});
  EXPECT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_NE(finished.err.find("--delegate is ignored for target 'cortex-m55'"), std::string::npos);
  EXPECT_NE(finished.err.find("--enable_qdq_fusion_pass is deprecated"), std::string::npos);
}

}  // namespace
}  // namespace cortado::tests
