// cortado compile --emit-header: C that compiles, and figures that are the program's.
#include <cstdlib>

#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class EmitHeader : public CommandLine {
 protected:
  void compile(std::vector<std::string> more) {
    std::vector<std::string> arguments = {"compile",       model("tiny.pt2"), "-o",
                                          "tiny.pte",      "--calibration",   model("tiny_input.npy"),
                                          "--emit-header", "my-model.h",      "--quiet"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    const Finished finished = cortado(arguments);
    ASSERT_EQ(finished.exit_code, 0) << finished.err;
  }
  Finished shell(const std::string& command) const {
    return conformance::run_process({"/bin/sh", "-c", command}, std::chrono::seconds(60), folder());
  }
};

TEST_F(EmitHeader, HoldsTheProgramsFigures) {
  compile({"--io", "int8"});
  const std::string header = read(file("my-model.h"));
  for (const char* part :
       {"extern const uint8_t my_model_pte[]", "#define MY_MODEL_REGION_1_BYTES ", "#define MY_MODEL_ARENA_BYTES ",
        "#define MY_MODEL_INPUT_COUNT 1u", "typedef int8_t my_model_input_0_t;", "#define MY_MODEL_INPUT_0_SHAPE {",
        "#define MY_MODEL_INPUT_0_SCALE ", "#define MY_MODEL_INPUT_0_ZERO_POINT (",
        "#define MY_MODEL_OUTPUT_0_BYTES 5u", "X(cortex_m__quantized_conv2d_out, \"cortex_m::quantized_conv2d.out\")"})
    EXPECT_NE(header.find(part), std::string::npos) << part << "\n" << header;
}

TEST_F(EmitHeader, FloatEndsHaveNoScale) {
  compile({});
  const std::string header = read(file("my-model.h"));
  EXPECT_NE(header.find("typedef float my_model_input_0_t;"), std::string::npos) << header;
  EXPECT_EQ(header.find("_SCALE"), std::string::npos) << header;
}

// As C and as C++, on the host and for the core; the array is the program.
TEST_F(EmitHeader, Compiles) {
  compile({});
  write(file("main.c"),
        "#include <stdio.h>\n#include \"my-model.h\"\n"
        "#define COUNT(symbol, name) +1\n"
        "int main(void) {\n"
        "  static const int shape[] = MY_MODEL_INPUT_0_SHAPE;\n"
        "  if (sizeof shape / sizeof shape[0] != MY_MODEL_INPUT_0_RANK || (0 MY_MODEL_KERNELS(COUNT)) == 0) return 1;\n"
        "  if (((uintptr_t)my_model_pte & 15) != 0 || my_model_pte_bytes != MY_MODEL_PTE_BYTES) return 2;\n"
        "  return fwrite(my_model_pte, 1, my_model_pte_bytes, stdout) == my_model_pte_bytes ? 0 : 3;\n}\n");
  const Finished built = shell(
      "cc -std=c11 -Wall -Wextra -Werror main.c my-model.c -o main && ./main > copy.pte && cmp copy.pte tiny.pte");
  EXPECT_EQ(built.exit_code, 0) << built.out << built.err;
  const Finished as_cxx = shell("c++ -std=c++17 -Wall -Werror -x c++ -fsyntax-only my-model.h");
  EXPECT_EQ(as_cxx.exit_code, 0) << as_cxx.err;
  if (shell("command -v arm-none-eabi-gcc").exit_code != 0) GTEST_SKIP() << "arm-none-eabi-gcc is not installed";
  const Finished target =
      shell("arm-none-eabi-gcc -mcpu=cortex-m4 -mthumb -std=c11 -Wall -Wextra -Werror -c my-model.c -o my-model.o");
  EXPECT_EQ(target.exit_code, 0) << target.err;
}

TEST_F(EmitHeader, WantsAHeader) {
  expect_error(cortado({"compile", model("tiny.pt2"), "-o", "tiny.pte", "--calibration", model("tiny_input.npy"),
                        "--emit-header", "model.hpp"}),
               2, {"--emit-header model.hpp", "must end in .h"});
}

}  // namespace
}  // namespace cortado::tests
