// cortado inspect: what it tells of row streams.
#include <nlohmann/json.hpp>

#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

class Inspect : public CommandLine {
 protected:
  // Rows of arguments and of former stages, as these make them.
  static void expect_reads_what_is_there(const nlohmann::json& reads, const nlohmann::json& stages, std::size_t place) {
    EXPECT_FALSE(reads.empty()) << stages[place];
    for (const auto& rows : reads) {
      if (rows.contains("argument")) continue;
      ASSERT_LT(rows["stage"], place) << stages[place];
      EXPECT_EQ(rows["channels"], stages[std::size_t(rows["stage"])]["channels"]) << stages[place];
    }
  }
};

TEST_F(Inspect, TellsTheStagesOfRowStreams) {
  const Finished compiled = cortado({"compile", model("tiny.pt2").string(), "-o", "native.pte", "--dialect", "cortado",
                                     "--calibration", model("tiny_input.npy").string(), "--json"});
  ASSERT_EQ(compiled.exit_code, 0) << compiled.err;
  const Finished inspected = cortado({"inspect", "native.pte", "--json"});
  const auto program = nlohmann::json::parse(inspected.out, nullptr, false);
  ASSERT_TRUE(program.is_object()) << inspected.out << inspected.err;
  std::size_t stages = 0;
  for (const auto& call : program["operators"]) {
    if (call["op"] != "CortadoBackend") continue;
    std::size_t place = 0;
    for (const auto& stage : call["stages"]) {
      ++stages;
      expect_reads_what_is_there(stage["reads"], call["stages"], place++);
      EXPECT_EQ(std::string(stage["op"]).find("stage "), std::string::npos) << stage;
      EXPECT_GE(stage["rows"], stage["kept_rows"]) << stage;
      EXPECT_GE(stage["kept_bytes"], int(stage["kept_rows"]) * int(stage["width"]) * int(stage["channels"])) << stage;
    }
  }
  EXPECT_GT(stages, 0u) << inspected.out;
  const Finished text = cortado({"inspect", "native.pte"});
  EXPECT_NE(text.out.find("CortadoBackend\n    stage "), std::string::npos) << text.out;
}

TEST_F(Inspect, RefusesDamagedRowStreams) {
  ASSERT_EQ(cortado({"compile", model("tiny.pt2").string(), "-o", "native.pte", "--dialect", "cortado", "--calibration",
                     model("tiny_input.npy").string()})
                .exit_code,
            0);
  std::string bytes = read(file("native.pte"));
  const std::size_t blob = bytes.find("CRTD");
  ASSERT_NE(blob, std::string::npos);
  bytes[blob + 4] = 99;  // the version
  write(file("damaged.pte"), bytes);
  const Finished inspected = cortado({"inspect", "damaged.pte"});
  EXPECT_EQ(inspected.exit_code, 1);
  EXPECT_NE(inspected.err.find("damaged.pte: "), std::string::npos) << inspected.err;
  EXPECT_NE(inspected.err.find("version 99"), std::string::npos) << inspected.err;
}

}  // namespace
}  // namespace cortado::tests
