// Every flag of ExecuTorch's aot_arm_compiler exists here, and the page that says so is true.
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class FlagTable : public CommandLine {
 protected:
  static std::string source(const std::string& name) { return std::string(CORTADO_SOURCE_DIR) + "/" + name; }
  Finished table(const std::string& binaries) const {
    return conformance::run_process({"/bin/bash", source("scripts/flag_table"), binaries}, std::chrono::seconds(60),
                                    folder());
  }
};

TEST_F(FlagTable, NoRowIsMissing) {
  const Finished printed = table(std::string(CORTADO_BINARY_DIR) + "/bin");
  EXPECT_EQ(printed.exit_code, 0) << printed.out << printed.err;
  EXPECT_EQ(printed.out.find("MISSING"), std::string::npos) << printed.out;
  const std::string page = read(source("docs/aot_arm_compiler.md"));
  EXPECT_NE(page.find("\n\n" + printed.out), std::string::npos) << "to be written anew:\n" << printed.out;
}

// A tool that lacks a flag, or only its short form, is noticed.
TEST_F(FlagTable, SeesWhatIsMissing) {
  write(file("aot_arm_compiler"),
        "#!/bin/sh\n" + std::string(CORTADO_BINARY_DIR) +
            "/bin/aot_arm_compiler \"$@\" | sed -e '/--etrecord/d' -e 's/-s,--so_library/--so_library/'\n");
  std::filesystem::permissions(file("aot_arm_compiler"), std::filesystem::perms::owner_all);
  const Finished printed = table(folder());
  EXPECT_EQ(printed.exit_code, 1) << printed.out << printed.err;
  EXPECT_NE(printed.out.find("| `--etrecord` | MISSING: --etrecord |"), std::string::npos) << printed.out;
  EXPECT_NE(printed.out.find("| `-s, --so_library` | MISSING: -s |"), std::string::npos) << printed.out;
}

}  // namespace
}  // namespace cortado::tests
