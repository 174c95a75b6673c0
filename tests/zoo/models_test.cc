// The built-in models beside those that torch.export wrote: same operators in the same order, same parameters.
#include <gtest/gtest.h>

#include <algorithm>

#include "formats/pt2/archive.h"
#include "formats/pt2/write.h"
#include "tests/shared.h"
#include "tests/zoo/zeros.h"

namespace cortado::zoo {
namespace {

using Strings = std::vector<std::string>;

// "conv2d", whether in place or not. Dropout does nothing, and is not there.
Strings operators(const formats::Json& program) {
  Strings list;
  for (const auto& node : program["graph_module"]["graph"]["nodes"]) {
    std::string op = node["target"].get<std::string>().substr(std::string("torch.ops.aten.").size());
    op = op.substr(0, op.find('.'));
    if (op.back() == '_') op.pop_back();
    if (op != "dropout") list.push_back(op);
  }
  return list;
}

Strings parameters(const formats::Json& program) {
  Strings list;
  for (const auto& spec : program["graph_module"]["signature"]["input_specs"])
    for (const char* kind : {"parameter", "buffer"})
      if (spec.contains(kind))
        list.push_back(spec[kind][kind == std::string("buffer") ? "buffer_name" : "parameter_name"]);
  std::erase_if(list, [](const std::string& name) { return name.ends_with("num_batches_tracked"); });
  std::sort(list.begin(), list.end());
  return list;
}

enum class Names { the_same, others };

void expect_same(const char* name, const std::filesystem::path& file, Names names) {
  CORTADO_SKIP_WITHOUT(file);
  const auto exported = formats::Pt2Archive::open(file);
  ASSERT_TRUE(exported) << exported.error().text();
  Weights weights = Weights::made_up();
  const auto graph = find(name)->build(weights);
  ASSERT_TRUE(graph) << graph.error().text();
  const formats::Json ours = formats::exported_program(graph.value());
  EXPECT_EQ(operators(ours), operators(exported.value().program()));
  const Strings expected = parameters(exported.value().program());
  EXPECT_EQ(parameters(ours).size(), expected.size());
  if (names == Names::the_same) {
    EXPECT_EQ(parameters(ours), expected);
  }
}

TEST(Models, MobileNetV2IsTorchvisions) {
  expect_same("mv2", testing::shared_folder() / "conformance/networks/mobilenet_v2/float.pt2", Names::the_same);
}
TEST(Models, MobileNetV3SmallIsTorchvisions) {
  expect_same("mv3", testing::shared_folder() / "models/mobilenet_v3_small.pt2", Names::the_same);
}
// Exported from another package's modules.
TEST(Models, EfficientNetLite0IsTheExported) {
  expect_same("efficientnet_lite0", testing::shared_folder() / "models/efficientnet_lite0.pt2", Names::others);
}

TEST(Models, AreInNameOrderAndFound) {
  EXPECT_TRUE(
      std::is_sorted(models().begin(), models().end(), [](const Model& a, const Model& b) { return a.name < b.name; }));
  for (const Model& model : models()) EXPECT_EQ(find(model.name), &model);
  EXPECT_EQ(find("no_such_model"), nullptr);
}

TEST(Models, TheSmallOnesAreThoseOfExecuTorch) {
  const std::map<std::string, std::vector<ir::Shape>> outputs = {{"qadd", {{13, 3}}},
                                                                 {"qadd2", {{13, 7, 3}, {13, 7, 3}, {13, 7, 3}}},
                                                                 {"qops", {{3, 5, 2}, {3, 5, 2}, {3, 5, 2}}},
                                                                 {"qlinear", {{8, 37}}}};
  for (const auto& [name, shapes] : outputs) {
    Weights weights = Weights::made_up();
    const auto graph = find(name)->build(weights);
    ASSERT_TRUE(graph) << name;
    ASSERT_EQ(graph.value().outputs().size(), shapes.size()) << name;
    for (std::size_t i = 0; i < shapes.size(); ++i)
      EXPECT_EQ(graph.value().outputs()[i].value->type.shape, shapes[i]) << name;
  }
}

}  // namespace
}  // namespace cortado::zoo
