// What a user can get wrong: each has a message that says where, exit code 1, and leaves no file behind.
#include <cmath>
#include <cstring>
#include <functional>
#include <limits>

#include "formats/tensors/npy.h"
#include "formats/zip/reader.h"
#include "formats/zip/writer.h"
#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class BadInput : public CommandLine {
 protected:
  // tiny.pt2 with every member passed through `change`.
  void write_changed_model(const std::string& name,
                           const std::function<void(const std::string& member, std::string& content)>& change) const {
    auto zip = formats::ZipReader::open(model("tiny.pt2"));
    ASSERT_TRUE(zip) << zip.error().text();
    formats::ZipWriter writer;
    for (const std::string& member : zip.value().names()) {
      auto content = zip.value().read_text(member);
      ASSERT_TRUE(content) << content.error().text();
      change(member, content.value());
      const auto* bytes = reinterpret_cast<const std::uint8_t*>(content.value().data());
      ASSERT_TRUE(writer.add(member, {bytes, content.value().size()}));
    }
    const auto bytes = writer.finish();
    write(file(name), std::string(bytes.begin(), bytes.end()));
  }

  Finished compile(const std::string& model_file, std::vector<std::string> more = {}, std::size_t limit = 0) const {
    more.insert(more.begin(), {"compile", model_file, "-o", "out.pte"});
    return cortado(more, limit);
  }
  void expect_no_program() const {
    for (const std::string& name : files()) EXPECT_EQ(name.find("out.pte"), std::string::npos) << name;
  }
};

bool ends_with(const std::string& text, const std::string& end) {
  return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

TEST_F(BadInput, NoSuchFile) {
  expect_error(compile("missing.pt2"), 1, {"missing.pt2"});
  expect_no_program();
}

TEST_F(BadInput, TruncatedZip) {
  const std::string whole = read(model("tiny.pt2"));
  ASSERT_GT(whole.size(), 1000u);
  for (const std::size_t size : {std::size_t{0}, std::size_t{3}, whole.size() / 2, whole.size() - 10}) {
    write(file("short.pt2"), whole.substr(0, size));
    expect_error(compile("short.pt2"), 1, {"short.pt2"});
  }
  expect_no_program();
}

TEST_F(BadInput, UnknownArchiveVersion) {
  write_changed_model("future.pt2", [](const std::string& member, std::string& content) {
    if (ends_with(member, "archive_version")) content = "977";
  });
  expect_error(compile("future.pt2"), 1, {"future.pt2", "977"});
  expect_no_program();
}

TEST_F(BadInput, UnknownOperatorIsNamedWithTheUsersLine) {
  write_changed_model("odd.pt2", [](const std::string& member, std::string& content) {
    if (!ends_with(member, "models/model.json")) return;
    const std::string known = "torch.ops.aten.relu.default", odd = "torch.ops.aten.squiggle.default";
    const auto at = content.find(known);
    ASSERT_NE(at, std::string::npos);
    content.replace(at, known.size(), odd);
  });
  expect_error(compile("odd.pt2"), 1, {"aten::squiggle.default", "make_models.py", "torch.relu(self.norm"});
  expect_no_program();
}

TEST_F(BadInput, NanInWeights) {
  write_changed_model("nan.pt2", [](const std::string& member, std::string& content) {
    if (!ends_with(member, "weights/weight_0")) return;
    const float nan = std::numeric_limits<float>::quiet_NaN();
    std::memcpy(content.data() + 8, &nan, sizeof nan);
  });
  expect_error(compile("nan.pt2"), 1, {"conv.weight"});
  expect_no_program();
}

TEST_F(BadInput, MissingCalibrationFolder) {
  expect_error(compile(model("tiny.pt2"), {"--calibration", "nowhere"}), 1, {"nowhere"});
  expect_no_program();
}

TEST_F(BadInput, EmptyCalibrationFolder) {
  std::filesystem::create_directory(file("empty"));
  expect_error(compile(model("tiny.pt2"), {"--calibration", "empty"}), 1, {"empty"});
  expect_no_program();
}

TEST_F(BadInput, SampleOfTheWrongShape) {
  ASSERT_TRUE(formats::write_npy(file("wrong.npy"), ir::Tensor(DType::f32, {1, 3, 17, 16})));
  expect_error(compile(model("tiny.pt2"), {"--calibration", "wrong.npy"}), 1, {"wrong.npy", "17", "16"});
  expect_no_program();
}

TEST_F(BadInput, SampleWithNan) {
  ir::Tensor sample(DType::f32, {1, 3, 16, 16});
  sample.mutable_data<float>()[5] = std::numeric_limits<float>::quiet_NaN();
  ASSERT_TRUE(formats::write_npy(file("nan.npy"), sample));
  expect_error(compile(model("tiny.pt2"), {"--calibration", "nan.npy"}), 1, {"nan.npy"});
  expect_no_program();
}

TEST_F(BadInput, RangesThatAreNoRanges) {
  write(file("ranges.json"), "{\"values\": [1, 2");
  expect_error(compile(model("tiny.pt2"), {"--ranges", "ranges.json"}), 1, {"ranges.json"});
  expect_no_program();
}

TEST_F(BadInput, OutputIntoAFolderThatIsAFile) {
  write(file("folder"), "I am a file");
  expect_error(cortado({"compile", model("tiny.pt2"), "-o", "folder/out.pte"}), 1, {"folder/out.pte"});
  EXPECT_EQ(read(file("folder")), "I am a file");
  EXPECT_EQ(files(), std::vector<std::string>{"folder"});
}

TEST_F(BadInput, FullDisk) {
  expect_error(cortado({"compile", model("tiny.pt2"), "-o", "/dev/full"}), 1, {"/dev/full", "No space left"});
  // A disk that is full after the first 512 bytes.
  expect_error(compile(model("tiny.pt2"), {}, 512), 1, {"out.pte"});
  EXPECT_EQ(files(), std::vector<std::string>{});
}

TEST_F(BadInput, FormerOutputSurvives) {
  write(file("out.pte"), "yesterday's");
  expect_error(compile("missing.pt2"), 1, {});
  EXPECT_EQ(read(file("out.pte")), "yesterday's");
  expect_error(compile(model("tiny.pt2"), {}, 512), 1, {"out.pte"});
  EXPECT_EQ(read(file("out.pte")), "yesterday's");
}

TEST_F(BadInput, ProgramsThatAreNone) {
  write(file("noise.pte"), std::string(500, 'x'));
  expect_error(cortado({"run", "noise.pte", "--input", "x.npy"}), 1, {"noise.pte"});
  expect_error(cortado({"inspect", "noise.pte"}), 1, {"noise.pte"});
}

TEST_F(BadInput, PythonModelsAreToExport) {
  write(file("net.py"), "");
  expect_error(compile("net.py"), 1, {"torch.export.save"});
}

TEST_F(BadInput, CommandLineMistakesExitWithTwo) {
  expect_error(cortado({}), 2, {"--help"});
  expect_error(cortado({"compile"}), 2, {"MODEL"});
  expect_error(cortado({"compile", model("tiny.pt2")}), 2, {"-o"});
  expect_error(cortado({"fly"}), 2, {"fly"});
  expect_error(compile(model("tiny.pt2"), {"--target", "cortex-m99"}), 2, {"cortex-m99", "cortex-m55"});
  expect_error(compile(model("tiny.pt2"), {"--stop-after", "nothing"}), 2, {"nothing"});
  expect_no_program();
}

}  // namespace
}  // namespace cortado::tests
