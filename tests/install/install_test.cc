// A firmware project outside of this tree, built against an installed copy, on emulated cores.
#include "boards/emulator/run.h"
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class Install : public CommandLine {
 protected:
  Finished run(const std::vector<std::string>& command) const {
    return conformance::run_process(command, std::chrono::seconds(600), folder());
  }
  Finished shell(const std::string& command) const { return run({"/bin/sh", "-c", command}); }
  void install(const std::string& core) {
    for (const std::string name : {"prefix/bin", "prefix/lib/cmake/cortado"})
      std::filesystem::create_directories(file(name));
    std::filesystem::create_symlink(std::string(CORTADO_BINARY_DIR) + "/bin/cortado", file("prefix/bin/cortado"));
    const Finished libraries = run_tool("cortado_libraries", {"prefix", core});
    ASSERT_EQ(libraries.exit_code, 0) << libraries.err;
    for (const std::string name : {"cortadoConfig.cmake", "arm-none-eabi.cmake"})
      std::filesystem::copy_file(std::filesystem::path(CORTADO_SOURCE_DIR) / "cmake/package" / name,
                                 file("prefix/lib/cmake/cortado/" + name));
    std::filesystem::copy(std::filesystem::path(CORTADO_SOURCE_DIR) / "examples/firmware", file("firmware"));
    std::filesystem::copy_file(model("tiny.pt2"), file("model.pt2"));
    std::filesystem::create_directory(file("samples"));
    std::filesystem::copy_file(model("tiny_input.npy"), file("samples/x.npy"));
  }
  // What the example says.
  std::string build_and_run(const std::string& configuration) const {
    const Finished ran = shell(configuration + " && cmake --build out --target run");
    EXPECT_EQ(ran.exit_code, 0) << ran.out << ran.err;
    return ran.out + ran.err;
  }
  std::string configure(const std::string& core) const {
    return "cmake -S firmware -B out -G Ninja "
           "-DCMAKE_TOOLCHAIN_FILE=\"$PWD/prefix/lib/cmake/cortado/arm-none-eabi.cmake\" "
           "-DCMAKE_PREFIX_PATH=\"$PWD/prefix\" -DMODEL=\"$PWD/model.pt2\" -DSAMPLES=\"$PWD/samples\" -DCORE=" +
           core;
  }
};

class InstallOn : public Install, public ::testing::WithParamInterface<std::string> {};

TEST_P(InstallOn, ExampleBuildsAndRuns) {
  if (const auto there = boards::check_core(GetParam()); !there) GTEST_SKIP() << Diagnostic(there.error()).text();
  ASSERT_NO_FATAL_FAILURE(install(GetParam()));
  const std::string whole = build_and_run(configure(GetParam()));
  for (const char* part :
       {"class ", " instructions: cortex_m::quantized_conv2d.out", " instructions: cortex_m::quantized_linear.out"})
    EXPECT_NE(whole.find(part), std::string::npos) << part << "\n" << whole;
  const std::string streamed = build_and_run(configure(GetParam()) + " -DDIALECT=cortado");
  EXPECT_NE(streamed.find(" instructions: cortado::stream"), std::string::npos) << streamed;
  const auto answer = [](const std::string& said) {
    return said.substr(std::min(said.find("class "), said.size()), 8);
  };
  EXPECT_EQ(answer(streamed), answer(whole));
}

INSTANTIATE_TEST_SUITE_P(Cores, InstallOn, ::testing::Values("cortex-m4", "cortex-m55"), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

TEST_F(Install, LibrariesSayHowTheyAreMade) {
  expect_error(run_tool("cortado_libraries", {}), 2, {"usage: cortado_libraries PREFIX [CORE…]"});
  expect_error(run_tool("cortado_libraries", {"prefix", "cortex-a53"}), 2, {"there is no core 'cortex-a53' to run on"});
}

TEST_F(Install, SaysWhatIsMissing) {
  if (const auto there = boards::check_core("cortex-m4"); !there) GTEST_SKIP() << Diagnostic(there.error()).text();
  ASSERT_NO_FATAL_FAILURE(install("cortex-m4"));
  const Finished other = shell(configure("cortex-m7"));
  EXPECT_NE(other.exit_code, 0);
  EXPECT_NE(other.err.find("no library for 'cortex-m7' is installed"), std::string::npos) << other.err;
  const Finished no_compiler =
      shell("rm -rf out && " + configure("cortex-m4") +
            " -DCMAKE_FIND_USE_SYSTEM_ENVIRONMENT_PATH=OFF -DCMAKE_FIND_USE_CMAKE_SYSTEM_PATH=OFF");
  EXPECT_NE(no_compiler.exit_code, 0);
  EXPECT_NE(no_compiler.err.find("apt-get install"), std::string::npos) << no_compiler.err;
}

// Man pages and completions say what --help says.
TEST_F(Install, HelpPagesFollowTheHelp) {
  const std::string binaries = std::string(CORTADO_BINARY_DIR) + "/bin";
  const Finished written =
      run({"/bin/bash", std::string(CORTADO_SOURCE_DIR) + "/scripts/help_pages", binaries, file("share")});
  ASSERT_EQ(written.exit_code, 0) << written.err;
  const std::string page = read(file("share/man/man1/cortado-compile.1"));
  EXPECT_NE(page.find(".SH NAME\ncortado-compile \\- Compile a model"), std::string::npos) << page;
  EXPECT_NE(page.find("\\-\\-calibration"), std::string::npos) << page;
  const Finished completed =
      run({"/bin/bash", "-c",
           "source share/bash-completion/completions/cortado; COMP_WORDS=(cortado compile --emit-h); COMP_CWORD=2; "
           "_cortado; echo \"${COMPREPLY[@]}\"; COMP_WORDS=(cortado doc); COMP_CWORD=1; _cortado; echo "
           "\"${COMPREPLY[@]}\""});
  EXPECT_EQ(completed.out, "--emit-header\ndoctor\n") << completed.err;
  EXPECT_NE(read(file("share/fish/vendor_completions.d/cortado.fish")).find("-l emit-header"), std::string::npos);
}

// Any build system: the flags of pkg-config compile a file that includes the C interface.
TEST_F(Install, PkgConfigFilesNameWhatIsThere) {
  if (const auto there = boards::check_core("cortex-m4"); !there) GTEST_SKIP() << Diagnostic(there.error()).text();
  ASSERT_NO_FATAL_FAILURE(install("cortex-m4"));
  const std::string text = read(file("prefix/lib/pkgconfig/cortado-cortex-m4.pc"));
  EXPECT_NE(text.find("-mcpu=cortex-m4"), std::string::npos) << text;
  EXPECT_TRUE(std::filesystem::exists(file("prefix/lib/cortado/cortex-m4/libcortado.a")));
  write(file("main.c"), "#include \"runtime/cortado.h\"\nint status = CORTADO_OK;\n");
  const Finished built = shell(
      "arm-none-eabi-gcc $(sed -n 's/^Cflags: //p' prefix/lib/pkgconfig/cortado-cortex-m4.pc | "
      "sed 's,${prefix},prefix,') -std=c11 -Wall -Werror -c main.c");
  EXPECT_EQ(built.exit_code, 0) << built.err;
}

}  // namespace
}  // namespace cortado::tests
