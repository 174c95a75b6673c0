// Every example of every --help is run as it stands, in a folder where its files lie.
#include "tests/tools/help_examples.h"

#include "formats/tensors/npy.h"
#include "formats/tensors/npz.h"
#include "tests/formats/image_bytes.h"
#include "tests/zoo/zeros.h"

namespace cortado::tests {
namespace {

// By the command whose --help it is.
class Examples : public CommandLine, public ::testing::WithParamInterface<std::string> {
 protected:
  void SetUp() override {
    CommandLine::SetUp();
    setenv("TORCH_HOME", file("no_cache").c_str(), 1);
  }
  void TearDown() override {
    unsetenv("TORCH_HOME");
    CommandLine::TearDown();
  }
  std::string help() const {
    return GetParam() == "aot_arm_compiler" ? run_tool(GetParam(), {"--help"}).out
                                            : cortado({GetParam(), "--help"}).out;
  }

  void must(const std::vector<std::string>& arguments) const {
    const Finished finished = cortado(arguments);
    ASSERT_EQ(finished.exit_code, 0) << finished.err;
  }
  void write_bytes(const std::string& name, const std::vector<std::uint8_t>& bytes) const {
    write(file(name), {bytes.begin(), bytes.end()});
  }

  // What the examples call by name: a small model with inputs that it takes.
  void prepare_small() {
    const std::filesystem::path input = model("tiny_input.npy");
    for (const char* name : {"samples", "images"}) {
      std::filesystem::create_directory(file(name));
      std::filesystem::copy_file(input, file(name) / "x.npy");
    }
    std::filesystem::copy_file(input, file("x.npy"));
    std::filesystem::copy_file(model("tiny.pt2"), file("model.pt2"));
    std::filesystem::copy_file(model("tiny_qdq.pt2"), file("qat.pt2"));
    auto x = formats::read_npy(input);
    ASSERT_TRUE(x && formats::write_npz(file("all_inputs.npz"), {{"input_0", std::move(x).value()}}));
    write(file("labels.csv"), "file,class_index\nimages/x.npy,1\n");
    must({"calibrate", "model.pt2", "--calibration", "samples", "-o", "ranges.json", "--quiet"});
    must({"compile", "model.pt2", "-o", "model.pte", "--ranges", "ranges.json", "--quiet"});
  }
  // A network for photographs in the model's place.
  void prepare_photographs() {
    std::filesystem::create_directory(file("photos"));
    write_bytes("photos/cat.png", cortado::testing::png_file);
    write_bytes("cat.png", cortado::testing::png_file);
    must({"compile", "mv2", "-o", "model.pte", "--quiet"});
  }
  void prepare_checkpoint() {
    formats::NamedTensors tensors;
    for (auto& [name, tensor] : zoo::zeros_for(*zoo::find("efficientnet_lite0"))) tensors.push_back({name, tensor});
    ASSERT_TRUE(formats::write_npz(file("lite0.npz"), tensors));
  }
  // In a folder that holds the files that it names and nothing else.
  void run_example(std::vector<std::string> parts);
};

bool names(const std::vector<std::string>& parts, const std::string& word) {
  return std::find(parts.begin(), parts.end(), word) != parts.end();
}

void Examples::run_example(std::vector<std::string> parts) {
  for (const std::string& name : files()) std::filesystem::remove_all(file(name));
  ASSERT_NO_FATAL_FAILURE(prepare_small());
  if (names(parts, "cat.png") || names(parts, "photos/")) {
    ASSERT_NO_FATAL_FAILURE(prepare_photographs());
  }
  if (names(parts, "lite0.npz")) {
    ASSERT_NO_FATAL_FAILURE(prepare_checkpoint());
  }
  const std::string tool = parts[0];
  parts.erase(parts.begin());
  const Finished finished = run_tool(tool, parts);
  const std::string said = finished.out + finished.err;
  const bool emulates = names(parts, "--on") || names(parts, "doctor");
  if (emulates && said.find("apt-get install") != std::string::npos) return;  // as it should where packages are missing
  EXPECT_EQ(finished.exit_code, 0) << said;
  const bool writes_only = names(parts, "--output");
  EXPECT_TRUE(writes_only || !finished.out.empty());
}

TEST_P(Examples, Run) {
  const auto list = examples(help());
  EXPECT_FALSE(list.empty());
  for (const std::string& example : list) {
    SCOPED_TRACE(example);
    run_example(words(example));
  }
}

INSTANTIATE_TEST_SUITE_P(Help, Examples,
                         ::testing::Values("compile", "calibrate", "run", "inspect", "evaluate", "compare", "bench",
                                           "operators", "doctor", "aot_arm_compiler"),
                         [](const auto& test) { return test.param; });

}  // namespace
}  // namespace cortado::tests
