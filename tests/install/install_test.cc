// A firmware project outside of this tree, built against an installed copy, on emulated cores.
#include <nlohmann/json.hpp>

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
  void install(const std::string& core, const std::vector<std::string>& options = {}) {
    for (const std::string name : {"prefix/bin", "prefix/lib/cmake/cortado"})
      std::filesystem::create_directories(file(name));
    std::filesystem::create_symlink(std::string(CORTADO_BINARY_DIR) + "/bin/cortado", file("prefix/bin/cortado"));
    std::vector<std::string> command{std::string(CORTADO_BINARY_DIR) + "/bin/cortado_libraries"};
    command.insert(command.end(), options.begin(), options.end());
    command.insert(command.end(), {"prefix", core});
    const Finished libraries = run(command);  // compiles every kernel the first time
    ASSERT_TRUE(libraries.ok()) << libraries.reason();
    for (const std::string name : {"cortadoConfig.cmake", "arm-none-eabi.cmake"})
      std::filesystem::copy_file(std::filesystem::path(CORTADO_SOURCE_DIR) / "cmake/package" / name,
                                 file("prefix/lib/cmake/cortado/" + name));
    for (const std::string name : {"examples/firmware", "examples/timing", "tests/install/board"})
      std::filesystem::copy(std::filesystem::path(CORTADO_SOURCE_DIR) / name,
                            file(std::filesystem::path(name).filename()));
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
  std::string configure(const std::string& core, const std::string& project = "firmware") const {
    return "cmake -S " + project +
           " -B out -G Ninja "
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

// The JSON that a board has said, with what this test can know of it.
nlohmann::json timing_in(const std::string& said) {
  const std::size_t begin = said.find("{\"core\"");
  const auto json = nlohmann::json::parse(
      begin != std::string::npos ? said.substr(begin, said.rfind('}') + 1 - begin) : "", nullptr, false);
  EXPECT_TRUE(json.is_object()) << said;
  return json.is_object() ? json : nlohmann::json::object();
}

void expect_cycles_add_up(const nlohmann::json& timing) {
  std::uint64_t sum = 0;
  for (const auto& part : timing["per_operator"]) {
    EXPECT_GT(part["cycles"], 0) << part;
    sum += std::uint64_t(part["cycles"]);
  }
  const std::uint64_t median = timing["cycles"]["median"];
  EXPECT_NEAR(double(sum), double(median), 0.2 * double(median)) << timing;
  EXPECT_LE(timing["cycles"]["min"], median);
  EXPECT_GE(timing["cycles"]["max"], median);
}

TEST_P(InstallOn, ABoardTimesItself) {
  if (const auto there = boards::check_core(GetParam()); !there) GTEST_SKIP() << Diagnostic(there.error()).text();
  ASSERT_NO_FATAL_FAILURE(install(GetParam()));
  for (const std::string dialect : {"cortado", "cortex_m"}) {
    const auto timing = timing_in(build_and_run(configure(GetParam(), "timing") + " -DDIALECT=" + dialect));
    const Finished host = cortado({"run", "out/model.pte", "--made-up-inputs", "--json"});
    EXPECT_EQ(timing["outputs_crc32"], nlohmann::json::parse(host.out)["outputs_crc32"]);
    EXPECT_EQ(timing["core"], GetParam());
    EXPECT_EQ(timing["counter"], "SysTick");  // the emulator's DWT does not count
    EXPECT_EQ(timing["runs"], 11);
    EXPECT_EQ(timing["program_bytes"], std::filesystem::file_size(file("out/model.pte")));
    EXPECT_GT(timing["stack_bytes"], 500);
    expect_cycles_add_up(timing);
  }
}

INSTANTIATE_TEST_SUITE_P(Cores, InstallOn, ::testing::Values("cortex-m4", "cortex-m55"), [](const auto& test) {
  std::string name = test.param;
  std::replace(name.begin(), name.end(), '-', '_');
  return name;
});

class OwnFirmware : public Install {
 protected:
  void build() const {
    const Finished built = shell(configure("cortex-m55") + " && cmake --build out");
    ASSERT_EQ(built.exit_code, 0) << built.out << built.err;
  }
  // With nothing but `body` in firmware_main().
  void build_with(const std::string& body) const {
    write(file("firmware/main.cc"), "#include \"boards/target/board.h\"\nint firmware_main() { " + body + " }\n");
    build();
  }
};

TEST_F(OwnFirmware, CyclesOfItsRegionsAreModelled) {
  if (const auto there = boards::check_core("cortex-m55"); !there) GTEST_SKIP() << Diagnostic(there.error()).text();
  ASSERT_NO_FATAL_FAILURE(install("cortex-m55", {"--without-error-texts"}));
  ASSERT_NO_FATAL_FAILURE(build());
  EXPECT_EQ(read(file("out/firmware")).find("the arena is too small"), std::string::npos);
  const Finished modelled = cortado({"bench", "out/firmware", "--json"});
  ASSERT_EQ(modelled.exit_code, 0) << modelled.err;
  const auto regions = nlohmann::json::parse(modelled.out)["regions"];
  ASSERT_EQ(regions.size(), 1u) << regions;
  EXPECT_EQ(regions[0]["region"], 1);
  EXPECT_GT(regions[0]["instructions"], 10000);
  EXPECT_GE(regions[0]["modelled_cycles"], regions[0]["modelled_cycles_bound"]);
  EXPECT_FALSE(regions[0]["functions"].empty());
  EXPECT_NE(cortado({"bench", "out/firmware"}).out.find("region 1: instructions, modelled cycles"), std::string::npos);

  ASSERT_NO_FATAL_FAILURE(build_with("return 0;"));
  expect_error(cortado({"bench", "out/firmware"}), 1,
               {"out/firmware names no region: it has to call board::begin_region()"});
  ASSERT_NO_FATAL_FAILURE(build_with("cortado::board::print(\"no luck\\n\"); return 7;"));
  expect_error(cortado({"bench", "out/firmware"}), 1, {"out/firmware exits with code 7: no luck\n"});
  expect_error(cortado({"bench", std::string(CORTADO_BINARY_DIR) + "/bin/cortado"}), 1,
               {"/bin/cortado is not an ELF file for Arm"});
}

// Start-up, linker script and serial port as a vendor has them, with nothing of the emulated boards.
TEST_F(Install, AForeignBoardTimesItself) {
  if (const auto there = boards::check_core("cortex-m4"); !there) GTEST_SKIP() << Diagnostic(there.error()).text();
  ASSERT_NO_FATAL_FAILURE(install("cortex-m4"));
  const std::string build =
      configure("cortex-m4", "timing") +
      " -DBOARD_SOURCES=\"$PWD/board/main.c;$PWD/board/startup.c\" -DBOARD_LINKER_SCRIPT=\"$PWD/board/board.ld\"";
  const std::string run =
      " && cmake --build out >&2 && qemu-system-arm -M mps2-an386 -display none -monitor none -serial stdio "
      "-icount shift=6 -semihosting-config enable=on,target=native -kernel out/timing";
  const Finished ran = shell(build + run);
  ASSERT_EQ(ran.exit_code, 0) << ran.out << ran.err;
  const auto timing = timing_in(ran.out);
  const Finished host = cortado({"run", "out/model.pte", "--made-up-inputs", "--json"});
  EXPECT_EQ(timing["outputs_crc32"], nlohmann::json::parse(host.out)["outputs_crc32"]);
  EXPECT_EQ(timing["runs"], 3);
  EXPECT_EQ(timing["microseconds"], std::uint64_t(timing["cycles"]["median"]) / 25);
  expect_cycles_add_up(timing);

  const Finished uncounted = shell(build + " -DCMAKE_C_FLAGS=-DWITHOUT_SYSTICK" + run);
  EXPECT_NE(uncounted.exit_code, 0);
  EXPECT_EQ(timing_in(uncounted.out)["error"], "nothing counts: SysTick's handler must call cortado_timing_systick()");
}

TEST_F(Install, LibrariesSayHowTheyAreMade) {
  expect_error(run_tool("cortado_libraries", {}), 2,
               {"usage: cortado_libraries [--without-error-texts] PREFIX [CORE…]"});
  expect_error(run_tool("cortado_libraries", {"prefix", "cortex-a53"}), 2, {"there is no core 'cortex-a53' to run on"});
  expect_error(run_tool("cortado_libraries", {"--without-error-texts"}), 2, {"usage: cortado_libraries"});
  expect_error(run_tool("cortado_libraries", {"--without-error-texts", "prefix", "cortex-a53"}), 2,
               {"there is no core 'cortex-a53' to run on"});
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
