#include "formats/samples.h"

#include <gtest/gtest.h>

#include "formats/tensors/npy.h"
#include "formats/tensors/npz.h"
#include "tests/formats/image_bytes.h"
#include "tests/formats/scratch_folder.h"

namespace cortado::formats {
namespace {

using ir::Tensor;
using ir::Type;
using testing::ScratchFolder;

Tensor floats(ir::Shape shape, float first) {
  Tensor tensor(DType::f32, std::move(shape));
  for (std::int64_t i = 0; i < tensor.elements(); ++i) tensor.mutable_data<float>()[i] = first + static_cast<float>(i);
  return tensor;
}

SampleOptions options_for(std::vector<Type> inputs) {
  SampleOptions options;
  options.inputs = std::move(inputs);
  return options;
}

TEST(Samples, AFolderIsReadInNameOrder) {
  const ScratchFolder folder;
  ASSERT_TRUE(write_npy(folder / "b.npy", floats({1, 2}, 10)));
  ASSERT_TRUE(write_npy(folder / "a.npy", floats({1, 2}, 20)));
  ASSERT_TRUE(write_npy(folder / ".hidden.npy", floats({1, 2}, 30)));
  folder.write("notes.txt", {});
  std::filesystem::create_directory(folder / "c.npy");
  const auto samples = SampleFiles::open({folder.path()});
  ASSERT_TRUE(samples) << samples.error().text();
  ASSERT_EQ(samples.value().size(), 2u);
  EXPECT_EQ(samples.value().name(0), "a.npy");
  EXPECT_EQ(samples.value().sample(1).value()[0].data<float>()[0], 10.0f);
}

// A folder of two runs, each a folder of steps, and a file that holds a run by itself.
TEST(Samples, SequencesAreFilesOfSeveralAndFolders) {
  const ScratchFolder folder;
  for (const char* name : {"a", "b"}) std::filesystem::create_directory(folder / name);
  for (const char* name : {"a/0.npy", "a/1.npy", "b/0.npy", "b/2.npy"})
    ASSERT_TRUE(write_npy(folder / name, floats({1, 2}, 0)));
  ASSERT_TRUE(write_npy(folder / "b/1.npy", floats({3, 2}, 0)));
  const auto samples = SampleFiles::open({folder.path()}, options_for({{DType::f32, {1, 2}, {}, {}}}));
  ASSERT_TRUE(samples) << samples.error().text();
  std::string begins;
  for (std::size_t i = 0; i < samples.value().size(); ++i) begins += samples.value().begins_sequence(i) ? '1' : '0';
  EXPECT_EQ(begins,
            "10"
            "1"
            "100"
            "1");
}

TEST(Samples, FoldersBelowAreReadToo) {
  const ScratchFolder folder;
  for (const char* name : {"b", "a", ".hidden", "a/c"}) std::filesystem::create_directory(folder / name);
  ASSERT_TRUE(write_npy(folder / "b/1.npy", floats({1, 2}, 10)));
  ASSERT_TRUE(write_npy(folder / "a/2.npy", floats({1, 2}, 20)));
  ASSERT_TRUE(write_npy(folder / "a/c/0.npy", floats({1, 2}, 30)));
  ASSERT_TRUE(write_npy(folder / ".hidden/3.npy", floats({1, 2}, 40)));
  const auto samples = SampleFiles::open({folder.path()});
  ASSERT_TRUE(samples) << samples.error().text();
  ASSERT_EQ(samples.value().size(), 3u);
  EXPECT_EQ(samples.value().name(0), "2.npy");
  EXPECT_EQ(samples.value().name(1), "0.npy");
  EXPECT_EQ(samples.value().name(2), "1.npy");
}

TEST(Samples, AnNpzHoldsOneSampleOrSeveral) {
  const ScratchFolder folder;
  ASSERT_TRUE(write_npz(folder / "one.npz", {{"input_1", floats({2}, 5)}, {"input_0", floats({1}, 7)}}));
  ASSERT_TRUE(write_npz(folder / "two.npz", {{"sample_1_input_0", floats({1}, 1)},
                                             {"sample_1_input_1", floats({2}, 2)},
                                             {"sample_0_input_1", floats({2}, 3)},
                                             {"sample_0_input_0", floats({1}, 4)}}));
  const auto samples = SampleFiles::open({folder / "one.npz", folder / "two.npz"},
                                         options_for({{DType::f32, {1}, {}, {}}, {DType::f32, {2}, {}, {}}}));
  ASSERT_TRUE(samples) << samples.error().text();
  ASSERT_EQ(samples.value().size(), 3u);
  EXPECT_EQ(samples.value().name(2), "two.npz[1]");
  const float expected[3][2] = {{7, 5}, {4, 3}, {1, 2}};
  for (std::size_t i = 0; i < 3; ++i) {
    const auto sample = samples.value().sample(i);
    ASSERT_TRUE(sample) << sample.error().text();
    EXPECT_EQ(sample.value()[0].data<float>()[0], expected[i][0]);
    EXPECT_EQ(sample.value()[1].data<float>()[0], expected[i][1]);
  }
}

TEST(Samples, StackedTensorsAreCut) {
  const ScratchFolder folder;
  ASSERT_TRUE(write_npy(folder / "x.npy", floats({3, 2}, 0)));
  const auto samples = SampleFiles::open({folder / "x.npy"}, options_for({{DType::f32, {1, 2}, {}, {}}}));
  ASSERT_TRUE(samples) << samples.error().text();
  ASSERT_EQ(samples.value().size(), 3u);
  EXPECT_EQ(samples.value().name(2), "x.npy[2]");
  const auto last = samples.value().sample(2);
  EXPECT_EQ(last.value()[0].shape(), (ir::Shape{1, 2}));
  EXPECT_EQ(last.value()[0].data<float>()[1], 5.0f);
}

TEST(Samples, WidthsAreConvertedWhenNothingIsLost) {
  const ScratchFolder folder;
  ASSERT_TRUE(write_npy(folder / "x.npy", Tensor::of<double>(DType::f64, {2}, {0.5, -1})));
  const auto floats_wanted = SampleFiles::open({folder / "x.npy"}, options_for({{DType::f32, {1, 2}, {}, {}}}));
  ASSERT_TRUE(floats_wanted) << floats_wanted.error().text();
  EXPECT_EQ(floats_wanted.value().sample(0).value()[0].data<float>()[0], 0.5f);
  ASSERT_TRUE(write_npy(folder / "i.npy", Tensor::of<std::int64_t>(DType::i64, {2}, {3, 300})));
  EXPECT_TRUE(SampleFiles::open({folder / "i.npy"}, options_for({{DType::i32, {2}, {}, {}}})));
  EXPECT_FALSE(SampleFiles::open({folder / "i.npy"}, options_for({{DType::i8, {2}, {}, {}}})));
  const auto kind = SampleFiles::open({folder / "i.npy"}, options_for({{DType::f32, {2}, {}, {}}}));
  ASSERT_FALSE(kind);
  EXPECT_NE(kind.error().message.find("i64[2] but the model takes f32[2]"), std::string::npos) << kind.error().text();
}

TEST(Samples, WhatDoesNotFitIsAnError) {
  const ScratchFolder folder;
  ASSERT_TRUE(write_npy(folder / "x.npy", floats({3, 5}, 0)));
  const auto shape = SampleFiles::open({folder / "x.npy"}, options_for({{DType::f32, {1, 2}, {}, {}}}));
  ASSERT_FALSE(shape);
  EXPECT_EQ(shape.error().fault, Fault::input);
  EXPECT_NE(shape.error().message.find("x.npy"), std::string::npos);
}

void expect_refused(const Result<SampleFiles>& samples, const char* message, const char* hint = "") {
  ASSERT_FALSE(samples) << message;
  EXPECT_EQ(samples.error().fault, Fault::input);
  EXPECT_NE(samples.error().message.find(message), std::string::npos) << samples.error().message;
  EXPECT_NE(samples.error().hint.find(hint), std::string::npos) << samples.error().hint;
}

TEST(Samples, WhatCannotBeReadIsSaid) {
  const ScratchFolder folder;
  expect_refused(SampleFiles::open({folder / "missing"}), "missing: there is no such file or folder");
  expect_refused(SampleFiles::open({folder.write("x.txt", {})}), "x.txt: is of no kind that holds tensors",
                 ".npy, .npz");
  std::filesystem::create_directory(folder / "empty");
  expect_refused(SampleFiles::open({folder / "empty"}), "empty: holds no samples", "samples are images");
  const SampleOptions pair = options_for({{DType::f32, {1, 2}, {}, {}}, {DType::f32, {1, 3}, {}, {}}});
  ASSERT_TRUE(write_npz(folder / "odd.npz", {{"input_0", floats({4, 2}, 0)}, {"input_1", floats({5, 3}, 0)}}));
  expect_refused(SampleFiles::open({folder / "odd.npz"}, pair), "odd.npz: its tensors hold 4 and 5 samples", "as many");
  ASSERT_TRUE(write_npy(folder / "one.npy", floats({1, 2}, 0)));
  expect_refused(SampleFiles::open({folder / "one.npy"}, pair), "one.npy: holds 1 tensors; the model takes 2");
  ASSERT_TRUE(write_npy(folder / "wide.npy", Tensor::of<std::int64_t>(DType::i64, {2}, {3, 300})));
  expect_refused(SampleFiles::open({folder / "wide.npy"}, options_for({{DType::i8, {2}, {}, {}}})),
                 "wide.npy: input 0: is i64[2] but the model takes i8[2]: a number does not fit");
  ASSERT_TRUE(write_npy(folder / "real.npy", floats({1, 2}, 0)));
  expect_refused(SampleFiles::open({folder / "real.npy"}, options_for({{DType::i8, {1, 2}, {}, {}}})),
                 "real.npy: input 0: is f32[1, 2] but the model takes i8[1, 2]", "x / scale + zero point");
}

TEST(Samples, AFileThatChangesMeanwhileIsSaid) {
  const ScratchFolder folder;
  ASSERT_TRUE(write_npz(folder / "x.npz", {{"sample_0_input_0", floats({2}, 0)}}));
  const auto samples = SampleFiles::open({folder / "x.npz"}, options_for({{DType::f32, {2}, {}, {}}}));
  ASSERT_TRUE(samples) << samples.error().text();
  ASSERT_TRUE(write_npz(folder / "x.npz", {}));
  const auto sample = samples.value().sample(0);
  ASSERT_FALSE(sample);
  EXPECT_NE(sample.error().message.find("x.npz: is an empty file"), std::string::npos) << sample.error().message;
}

TEST(Samples, ImagesAreReadWhenAskedFor) {
  const ScratchFolder folder;
  folder.write("good.png", testing::png_file);
  folder.write("worse.jpg", {});
  const auto samples = SampleFiles::open({folder.path()}, options_for({{DType::f32, {1, 3, 2, 3}, {}, {}}}));
  ASSERT_TRUE(samples) << samples.error().text();
  ASSERT_EQ(samples.value().size(), 2u);
  EXPECT_EQ(samples.value().sample(0).value()[0].shape(), (ir::Shape{1, 3, 2, 3}));
  const auto damaged = samples.value().sample(1);
  ASSERT_FALSE(damaged);
  EXPECT_NE(damaged.error().message.find("worse.jpg"), std::string::npos);
}

}  // namespace
}  // namespace cortado::formats
