// Damaged archives give an error or a graph that is whole. Run under sanitizers this is the importer's promise.
#include "ir/verify.h"
#include "tests/compiler/import/small_archive.h"
#include "tests/random_damage.h"

namespace cortado::compiler {
namespace {

using testing::Json;
using testing::RandomDamage;
using testing::SmallArchive;

void expect_error_or_whole_graph(const Result<ir::Graph>& graph) {
  if (graph) {
    const Status whole = ir::verify(graph.value());
    EXPECT_TRUE(whole) << whole.error().text();
  } else {
    EXPECT_EQ(graph.error().fault, Fault::input) << graph.error().text();
  }
}

TEST(Damage, OfTheZip) {
  RandomDamage damage(SmallArchive().bytes());
  for (int i = 0; i < 2000; ++i) expect_error_or_whole_graph(SmallArchive::import_bytes(damage.next()));
}

// Behind checksums that are right, so that damage reaches the JSON and the weights' description.
TEST(Damage, OfTheJson) {
  for (const char* member : {"models/model.json", "data/weights/model_weights_config.json"}) {
    const SmallArchive whole;
    const std::string text = std::string(member) == "models/model.json" ? whole.program.dump() : whole.weights.dump();
    RandomDamage damage({text.begin(), text.end()}, 2);
    for (int i = 0; i < 2000; ++i) {
      SmallArchive archive;
      const auto bytes = damage.next();
      archive.members[member] = std::string(bytes.begin(), bytes.end());
      expect_error_or_whole_graph(archive.import());
    }
  }
}

// Valid JSON with one value replaced: the form is right, the content is not.
void replace_one(Json& json, std::size_t& countdown, const Json& replacement) {
  for (auto& member : json) {
    if (countdown-- == 0) {
      member = replacement;
      return;
    }
    if (member.is_structured()) replace_one(member, countdown, replacement);
    if (countdown > (std::size_t{1} << 60)) return;
  }
}

TEST(Damage, OfOneJsonValue) {
  const Json replacements[] = {nullptr,
                               true,
                               -1,
                               0,
                               1,
                               7,
                               INT64_MAX,
                               UINT64_MAX,
                               0.5,
                               "",
                               "x",
                               "add",
                               Json::array(),
                               Json::object(),
                               Json::array({1}),
                               {{"as_int", -5}},
                               {{"as_tensor", {{"name", "x"}}}},
                               {{"as_int", INT64_MAX}}};
  std::size_t refused = 0;
  std::size_t total = 0;
  for (const Json& replacement : replacements) {
    for (std::size_t place = 0; place < 400; ++place) {
      SmallArchive archive;
      std::size_t countdown = place;
      replace_one(archive.program, countdown, replacement);
      if (countdown <= (std::size_t{1} << 60)) break;
      const auto graph = archive.import();
      expect_error_or_whole_graph(graph);
      refused += !graph;
      ++total;
    }
  }
  EXPECT_GT(total, 2000u);
  EXPECT_GT(refused, total / 4);
}

}  // namespace
}  // namespace cortado::compiler
