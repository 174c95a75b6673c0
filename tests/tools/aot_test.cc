// aot_arm_compiler: names of outputs and lines that scripts read.
#include <nlohmann/json.hpp>

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
  const Finished finished =
      aot({"--target=cortex-m55+int8", "--quantize", "--output=new/tiny.pte", "--intermediates=steps"});
  ASSERT_EQ(finished.exit_code, 0) << finished.err;
  EXPECT_NE(finished.out.find("Delegation summary:\n  Model was not delegated.\n"), std::string::npos) << finished.out;
  EXPECT_NE(finished.out.find("    - cortex_m_quantized_conv2d_default: "), std::string::npos) << finished.out;
  EXPECT_NE(finished.out.find("\nPTE file saved as new/tiny.pte\n"), std::string::npos) << finished.out;
  EXPECT_TRUE(std::filesystem::exists(file("new/tiny.pte")));
  EXPECT_EQ(read(file("steps/tiny_exported_program.pt2")), read(model("tiny.pt2")));
  EXPECT_NE(read(file("steps/delegation_info.txt")).find("occurrences_in_non_delegated_graphs"), std::string::npos);
}

// Exit code 0, every call one of cortex_m, as many as ExecuTorch's own program has at most; but for `expansions` of
// operands that ExecuTorch's kernels take in the result's shape only.
void expect_program(const Finished& compiled, const Finished& inspected, std::size_t most_calls,
                    std::size_t expansions = 0) {
  ASSERT_EQ(compiled.exit_code, 0) << compiled.err;
  EXPECT_NE(compiled.out.find("Delegation summary:\n  Model was not delegated.\n"), std::string::npos) << compiled.out;
  const auto program = nlohmann::json::parse(inspected.out, nullptr, false);
  ASSERT_TRUE(program.is_object()) << inspected.out << inspected.err;
  EXPECT_LE(program["operators"].size(), most_calls);
  std::size_t clones = 0, expanded = 0;
  for (const auto& call : program["operators"]) {
    const std::string op = call["op"];
    if (op.find("_clone_dim_order") != std::string::npos)
      ++clones;
    else if (op == "aten::expand_copy.out")
      ++expanded;
    else
      EXPECT_EQ(op.rfind("cortex_m::", 0), 0u) << op;
  }
  EXPECT_LE(clones, 1u);
  EXPECT_EQ(expanded, expansions);
}

TEST_F(Aot, BuiltInModelsCompileInAnEmptyFolder) {
  setenv("TORCH_HOME", file("no_cache").c_str(), 1);
  for (const auto& [name, most_calls] : {std::pair<std::string, std::size_t>{"mv2", 67}, {"mv3", 119}}) {
    const std::string steps = "./" + name + "_intermediates", program = "./" + name + "_cortex_m.pte";
    const Finished compiled = run_tool("aot_arm_compiler", {"-m", name, "--target=cortex-m55+int8", "--quantize",
                                                            "--intermediates=" + steps, "--output=" + program});
    expect_program(compiled, cortado({"inspect", program, "--json"}), most_calls);
    EXPECT_NE(compiled.err.find("HAS NO TRAINED WEIGHTS"), std::string::npos) << compiled.err;
    EXPECT_NE(compiled.out.find("PTE file saved as " + program + "\n"), std::string::npos) << compiled.out;
    EXPECT_TRUE(std::filesystem::exists(file(name + "_intermediates/delegation_info.txt")));
    const Finished exported = cortado({"inspect", steps + "/" + name + "_exported_program.pt2", "--json"});
    EXPECT_EQ(exported.exit_code, 0) << exported.err;
  }
  unsetenv("TORCH_HOME");
}

TEST_F(Aot, SmallTestModulesCompile) {
  for (const std::string name : {"qadd", "qadd2", "qops", "qlinear"}) {
    const Finished compiled = run_tool("aot_arm_compiler", {"-m", name, "-q", "-t", "cortex-m4"});
    expect_program(compiled, cortado({"inspect", name + "_arm_cortex-m4.pte", "--json"}), 12, name == "qops" ? 2 : 0);
  }
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
  expect_error(aot({"-q", "--target", "vgf"}), 2, {"vgf", "not there"});
  expect_error(aot({"-q", "--target", "TOSA-1.0+INT"}), 2, {"TOSA-1.0+INT", "not there"});
  expect_error(aot({"-q", "--output", "x.bpte"}), 2, {".bpte", "--bundleio"});
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
