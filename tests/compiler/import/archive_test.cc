// Archives that are damaged, of other versions or no archives.
#include "formats/pt2/write.h"
#include "tests/compiler/import/imported.h"
#include "tests/formats/torch_bytes.h"

namespace cortado::compiler {
namespace {

using testing::expect_refused;
using testing::imported;
using testing::SmallArchive;
using testing::value_named;

TEST(Import, VersionsAndMembersAreChecked) {
  const struct {
    const char* member;
    const char* content;
    std::vector<const char*> parts;
  } cases[] = {
      {"archive_version", "1", {"archive version '1' is unknown; version 0 is supported"}},
      {"byteorder", "big", {"big-endian"}},
      {"archive_format",
       "<none>",
       {"is a zip file but not a torch.export archive: it has neither 'archive_format' nor ", "torch.export.save"}},
      {"models/model.json", "<none>", {"holds no graph (no member models/*.json)"}},
      {"models/model.json", "{\"graph", {"models/model.json", "the text is not valid JSON"}},
      {"models/model.json", "{}", {"the graph's schema version is missing; version 8 is supported"}},
      {"data/weights/model.pt", "none", {"model.pt", "is no file that torch.save writes"}},
      {"data/weights/model_weights_config.json", "<none>", {"'fc.weight' is not in the archive"}},
      {"data/weights/model_weights_config.json", "{}", {"no 'config'"}},
      {"data/weights/weight_0", "<none>", {"'fc.weight'", "missing"}},
      {"data/weights/weight_0", "123", {"'fc.weight'", "storage"}},
      {"models/other.json", "{}", {"several models (model, other)"}},
  };
  for (const auto& c : cases) {
    SmallArchive archive;
    archive.members[c.member] = c.content;
    expect_refused(archive, c.parts);
  }
}

TEST(Import, OtherSchemaVersionsAreRefused) {
  SmallArchive archive;
  archive.program["schema_version"]["major"] = 9;
  expect_refused(archive, {"the graph's schema version is 9; version 8 is supported", "torch 2.8"});
}

TEST(Import, TypesThatContradictTheArchiveAreRefused) {
  SmallArchive archive;
  archive.graph()["tensor_values"]["p_w"] = testing::meta(7, {3, 2}, {2, 1});
  expect_refused(archive, {"f32[2, 3] in the archive but f32[3, 2] in the graph"});
  SmallArchive complex;
  complex.graph()["tensor_values"]["linear"]["dtype"] = 10;
  expect_refused(complex, {"complex64", "'linear'"});
  SmallArchive absurd;
  absurd.graph()["tensor_values"]["linear"] = testing::meta(7, {INT64_MAX, INT64_MAX}, {1, 1});
  expect_refused(absurd, {"too many elements"});
}

// torch 2.8 wrote one pickled file of weights.
TEST(Import, WeightsInOneFileAreRead) {
  SmallArchive archive;
  const auto weights = testing::zip_checkpoint();
  archive.members["data/weights/model.pt"] = std::string(weights.begin(), weights.end());
  archive.program["graph_module"]["signature"]["input_specs"][0]["parameter"]["parameter_name"] = "conv.weight";
  expect_refused(archive, {"'fc.bias' is not in the archive"});
  archive.program["graph_module"]["signature"]["input_specs"].erase(1);
  archive.program["graph_module"]["signature"]["input_specs"].erase(1);
  archive.graph()["nodes"].erase(1);
  archive.graph()["nodes"][0]["inputs"].erase(2);
  archive.signature()["output_specs"][0]["user_output"]["arg"] = testing::tensor("linear");
  EXPECT_EQ(value_named(imported(archive), "p_w")->data.data<float>()[1], 2.0f);
}

TEST(Import, APickledWeightIsRefused) {
  SmallArchive archive;
  archive.weights["config"]["fc.weight"]["use_pickle"] = true;
  expect_refused(archive, {"'fc.weight'", "custom object"});
}

TEST(Import, WhatIsNoDictionaryOrTwiceThereIsRefused) {
  SmallArchive list;
  testing::PickleBytesWriter pickle;
  pickle.raw("].");
  formats::ZipWriter zip;
  ASSERT_TRUE(zip.add("model/data.pkl", pickle.bytes()));
  const auto bytes = zip.finish();
  list.members["data/weights/model.pt"] = std::string(bytes.begin(), bytes.end());
  expect_refused(list, {"data/weights/model.pt holds no dictionary"});
  SmallArchive twice;
  twice.members["data/constants/model_constants_config.json"] = twice.weights.dump();
  expect_refused(twice, {"tensor 'b' in ", "model_constants_config.json: is listed twice"});
}

TEST(Import, AGraphWithStateIsNotWritten) {
  ir::Graph graph;
  graph.add_state("cache", ir::Tensor(DType::f32, {2}));
  const auto written = formats::write_pt2(graph);
  ASSERT_FALSE(written);
  EXPECT_NE(written.error().message.find("a graph with state cannot be written as .pt2: 'cache'"), std::string::npos)
      << written.error().message;
}

TEST(Import, NoFileAndOtherFiles) {
  EXPECT_EQ(import_model("/nowhere/net.pt2").error().fault, Fault::input);
  EXPECT_FALSE(import_model("/"));
  EXPECT_FALSE(SmallArchive::import_bytes({'P', 'K'}));
}

TEST(Import, ACutFileIsAnError) {
  const auto bytes = SmallArchive().bytes();
  for (std::size_t size = 0; size < bytes.size(); size += 37) {
    const auto graph = SmallArchive::import_bytes({bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size)});
    ASSERT_FALSE(graph) << size;
    EXPECT_EQ(graph.error().fault, Fault::input);
  }
}

TEST(Import, ADamagedWeightIsFoundByItsChecksum) {
  auto bytes = SmallArchive().bytes();
  const std::string text(bytes.begin(), bytes.end());
  const std::size_t at = text.find(SmallArchive::floats({1, 2, 3, 4, 5, 6}));
  ASSERT_NE(at, std::string::npos);
  bytes[at] ^= 1;
  const auto graph = SmallArchive::import_bytes(bytes);
  ASSERT_FALSE(graph);
  EXPECT_NE(graph.error().message.find("weight_0' is damaged"), std::string::npos) << graph.error().text();
}

}  // namespace
}  // namespace cortado::compiler
