// What the commands say about options that cannot be and files of another kind: one row a message.
#include <string>
#include <vector>

#include "formats/pte/write.h"
#include "formats/tensors/npy.h"
#include "formats/tensors/npz.h"
#include "tests/runtime/programs.h"
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class Messages : public CommandLine {
 protected:
  using Arguments = std::vector<std::string>;

  // `parts` of what is said; nothing is written.
  void expect_usage_error(Arguments arguments, const std::vector<std::string>& parts) const {
    expect(std::move(arguments), 2, parts);
  }
  void expect_input_error(Arguments arguments, const std::vector<std::string>& parts) const {
    expect(std::move(arguments), 1, parts);
  }

  std::string program() const {
    const auto bytes = pte::write(testing::two_linears());
    EXPECT_TRUE(bytes);
    write(file("two.pte"), std::string(bytes.value().begin(), bytes.value().end()));
    return "two.pte";
  }
  std::string samples(const std::string& name, std::int64_t count) const {
    EXPECT_TRUE(formats::write_npy(file(name), ir::Tensor(DType::i8, {2 * count, 3})));
    return name;
  }
  const std::string tiny = model("tiny.pt2"), tiny_qdq = model("tiny_qdq.pt2");

 private:
  void expect(Arguments arguments, int exit_code, const std::vector<std::string>& parts) const {
    const auto before = files();
    std::string line;
    for (const std::string& argument : arguments) line += argument + " ";
    SCOPED_TRACE(line);
    const std::string tool = arguments.front();
    arguments.erase(arguments.begin());
    expect_error(run_tool(tool, std::move(arguments)), exit_code, parts);
    EXPECT_EQ(files(), before);
  }
};

TEST_F(Messages, OfCompile) {
  expect_usage_error({"cortado", "compile", tiny}, {"-o OUT.pte is missing", "see cortado compile --help"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--io", "int4"},
                     {"--io int4: must be [NAME=]float32, int8 or uint8"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--io", "uint8"},
                     {"'x': uint8 is not supported yet", "use int8"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--io", "z=int8"},
                     {"the model has no input or output 'z'", "'cortado inspect MODEL' lists them"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--keep-float", "head"},
                     {"there is no node or module 'head' to keep in float", "lists the nodes"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--print-after", "bake"},
                     {"--print-after bake: no such pass ran", "--intermediates DIR shows"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--stop-after", "bake"},
                     {"there is no pass 'bake'", "passes: check_weights, normalise"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--input-rows"},
                     {"--input-rows needs --dialect cortado"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--dialect", "mine"},
                     {"--dialect: mine not in {cortex_m,cortado}"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--optimize", "size"},
                     {"--optimize: size not in {balanced,time,ram}"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--target", "cortex-a53"},
                     {"unknown target 'cortex-a53'", "cortex-m55"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--emit-header", "o.hpp"},
                     {"--emit-header o.hpp: must end in .h"});
  expect_usage_error({"cortado", "compile", tiny, "-o", "o.pte", "--weights", "w.pth"},
                     {"--weights is for built-in models (", "tiny.pt2' has its own"});
  expect_input_error({"cortado", "compile", "no_such_model", "-o", "o.pte"},
                     {"'no_such_model' is neither a file nor a built-in model", "built-in: "});
  expect_input_error({"cortado", "compile", tiny, "-o", "o.pte", "--arena-limit", "1"},
                     {"the model needs an arena of ", " bytes, the limit is 1", "raise the limit"});
}

TEST_F(Messages, OfCommandsThatAreNone) {
  expect_usage_error({"cortado", "frobnicate"}, {"unknown command 'frobnicate'", "see cortado --help"});
}

TEST_F(Messages, OfModelsThatAreQuantized) {
  expect_input_error({"cortado", "calibrate", tiny_qdq, "-o", "r.json"},
                     {"tiny_qdq.pt2: is quantized already and needs no ranges"});
  expect_input_error({"cortado", "compare", tiny_qdq, "--data", model("tiny_input.npy")},
                     {"tiny_qdq.pt2: is quantized already: there is no float model in it to compare with"});
}

TEST_F(Messages, OfRunAndInspect) {
  expect_usage_error({"cortado", "run", tiny}, {"there are 1 inputs: --input is missing"});
  expect_usage_error({"cortado", "run", tiny, "--on", "cortex-m55"},
                     {"--on cortex-m55 needs a program: compile the model first"});
  const std::string pte = program();
  expect_input_error({"cortado", "run", pte, "--input", samples("many.npy", 3)},
                     {"--input gives 3 samples, and one is run"});
  expect_input_error({"cortado", "run", pte, "--input", samples("one.npy", 1), "--output", "one.npy"},
                     {"cannot make the folder one.npy: "});
  const auto two = pte::write(testing::branches());
  ASSERT_TRUE(two);
  write(file("cond.pte"), std::string(two.value().begin(), two.value().end()));
  ASSERT_TRUE(formats::write_npz(file("pair.npz"),
                                 {{"a", ir::Tensor(DType::i8, {1, 1})}, {"b", ir::Tensor(DType::i8, {1, 1})}}));
  expect_input_error({"cortado", "run", "cond.pte", "--input", "pair.npz", "--input", "many.npy"},
                     {"pair.npz: holds 2 tensors instead of one input"});
  expect_input_error({"cortado", "inspect", pte, "--method", "decode"},
                     {"two.pte", "there is no method 'decode'", "methods: forward"});
}

TEST_F(Messages, OfEvaluate) {
  write(file("labels.csv"), "file,class_index\na.npy,0\n");
  std::filesystem::create_directory(file("other"));
  expect_input_error({"cortado", "evaluate", tiny, "--labels", "labels.csv", "--data", "other"},
                     {"labels.csv: has no file in other"});
}

TEST_F(Messages, OfTheScript) {
  const std::string tool = "aot_arm_compiler";
  expect_usage_error({tool, "-m", tiny, "-t", "ethos-u55-128"},
                     {"target 'ethos-u55-128' is not there yet: programs are made for cortex-m targets"});
  expect_usage_error({tool, "-m", tiny, "-t", "cortex-m55", "--etrecord"}, {"--etrecord is not there yet"});
  expect_usage_error({tool, "-m", tiny, "-t", "cortex-m55", "--cortex-m-explicit-layout"},
                     {"--cortex-m-explicit-layout requires --quantize"});
  expect_usage_error({tool, "-m", tiny, "-t", "cortex-m55", "-q", "-o", "x.bpte"},
                     {"a .bpte file is written by --bundleio, which is not there yet"});
  expect_usage_error({tool, "-m", tiny, "-t", "cortex-m55"},
                     {"the model is in float, and programs for Cortex-M are quantized", "add --quantize"});
}

}  // namespace
}  // namespace cortado::tests
