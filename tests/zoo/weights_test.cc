#include "zoo/weights.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <fstream>

#include "formats/zip/writer.h"
#include "tests/formats/scratch_folder.h"
#include "tests/zoo/zeros.h"
#include "zoo/checkpoint.h"

namespace cortado::zoo {
namespace {

TEST(Weights, NamesEveryParameterThatDoesNotFit) {
  const Model& model = *find("qlinear");
  auto tensors = zeros_for(model);
  ASSERT_EQ(tensors.size(), 2u);
  tensors["linear.weight"] = ir::Tensor(DType::f32, {37, 60});
  tensors.erase("linear.bias");
  tensors["linear.scale"] = ir::Tensor(DType::f16, {1});
  tensors["bn.num_batches_tracked"] = ir::Tensor(DType::i64, {});  // no network computes with it
  Weights weights("checkpoint.pth", tensors);
  const auto graph = model.build(weights);
  ASSERT_FALSE(graph);
  EXPECT_EQ(graph.error().fault, Fault::input);
  const std::string& text = graph.error().message;
  EXPECT_EQ(text,
            "checkpoint.pth: its parameters are not those of the model:"
            "\n    'linear.weight' is f32[37, 60], the model needs f32[37, 61]"
            "\n    missing: 'linear.bias', f32[37]"
            "\n    not in the model: 'linear.scale', f16[1]");
}

TEST(Weights, MadeUpOnesAreTheSameEveryTimeAndWhateverTheOrder) {
  Weights one = Weights::made_up(), other = Weights::made_up();
  EXPECT_FALSE(one.used_made_up());
  const ir::Tensor a = one.take("a", {64}, {0, 1});
  EXPECT_TRUE(one.used_made_up());
  other.take("b", {64}, {0, 1});
  const ir::Tensor again = other.take("a", {64}, {0, 1});
  EXPECT_TRUE(std::equal(a.bytes().begin(), a.bytes().end(), again.bytes().begin()));
}

TEST(Weights, MadeUpOnesHaveTheMeanAndDeviationAskedFor) {
  Weights weights = Weights::made_up();
  const ir::Tensor tensor = weights.take("w", {100000}, {3, 0.5});
  double sum = 0, squares = 0, farthest = 0;
  for (std::int64_t i = 0; i < tensor.elements(); ++i) {
    const double distance = tensor.as_double(i) - 3;
    sum += distance, squares += distance * distance;
    farthest = std::max(farthest, std::fabs(distance));
  }
  EXPECT_NEAR(sum / 1e5, 0, 0.01);
  EXPECT_NEAR(std::sqrt(squares / 1e5), 0.5, 0.01);
  EXPECT_LE(farthest, 3.5 * 0.5);
}

std::vector<std::uint8_t> npz(const std::string& prefix) {
  formats::ZipWriter zip;
  const auto add = [&](const std::string& name, const std::string& shape, std::size_t elements) {
    std::string header = "{'descr': '<f4', 'fortran_order': False, 'shape': (" + shape + "), }";
    header.resize(118, ' ');
    std::string bytes = std::string("\x93NUMPY\x01\x00\x76\x00", 10) + header;
    bytes.resize(bytes.size() + 4 * elements);
    EXPECT_TRUE(zip.add(prefix + name + ".npy", {reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()}));
  };
  add("linear.weight", "37, 61", 37 * 61);
  add("linear.bias", "37,", 37);
  return zip.finish();
}

TEST(Checkpoint, TakesOffWhatTrainingScriptsWrapAround) {
  const testing::ScratchFolder folder;
  for (const std::string prefix : {"", "module.", "state_dict.", "state_dict.module."}) {
    auto weights = read_checkpoint(folder.write("w.npz", npz(prefix)));
    ASSERT_TRUE(weights) << weights.error().text();
    const auto graph = find("qlinear")->build(weights.value());
    EXPECT_TRUE(graph) << prefix << graph.error().text();
  }
}

TEST(Checkpoint, IsLookedForWhereTorchHubKeepsIt) {
  const testing::ScratchFolder folder;
  const Model& model = *find("mv2");
  ASSERT_EQ(setenv("TORCH_HOME", folder.path().c_str(), 1), 0);
  EXPECT_FALSE(cached_checkpoint(model));
  const auto there = folder / "hub/checkpoints";
  std::filesystem::create_directories(there);
  std::ofstream(there / model.checkpoints[1]).put('x');
  EXPECT_EQ(cached_checkpoint(model), there / model.checkpoints[1]);
  std::ofstream(there / model.checkpoints[0]).put('x');
  EXPECT_EQ(cached_checkpoint(model), there / model.checkpoints[0]);
  unsetenv("TORCH_HOME");
  setenv("XDG_CACHE_HOME", "/somewhere", 1);
  EXPECT_EQ(hub_folder(), "/somewhere/torch/hub/checkpoints");
  unsetenv("XDG_CACHE_HOME");
}

}  // namespace
}  // namespace cortado::zoo
