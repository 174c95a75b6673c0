// cortado run --made-up-inputs: the host's side of a comparison with a board.
#include <nlohmann/json.hpp>

#include "tests/tools/command_line.h"

namespace cortado::tests {
namespace {

using MadeUpInputs = CommandLine;

// zlib.crc32 of Python, of the output's bytes.
TEST_F(MadeUpInputs, GiveTheSameChecksumEveryTime) {
  ASSERT_EQ(
      cortado({"compile", model("tiny.pt2").string(), "-o", "x.pte", "--calibration", model("tiny_input.npy").string()})
          .exit_code,
      0);
  const Finished first = cortado({"run", "x.pte", "--made-up-inputs", "--json"});
  ASSERT_EQ(first.exit_code, 0) << first.err;
  EXPECT_EQ(cortado({"run", "x.pte", "--made-up-inputs", "--json"}).out, first.out);
  if (!std::filesystem::exists("/usr/bin/python3")) GTEST_SKIP() << "there is no python3";
  const auto said = nlohmann::json::parse(first.out);
  std::string values;
  for (const auto& value : said["outputs"][0]["values"]) values += (values.empty() ? "" : ",") + value.dump();
  const Finished zlib = conformance::run_process(
      {"/usr/bin/python3", "-c",
       "import struct, zlib; v = [" + values + "]; print('%08x' % zlib.crc32(struct.pack('<%df' % len(v), *v)))"},
      std::chrono::seconds(60), folder());
  EXPECT_EQ(zlib.out, std::string(said["outputs_crc32"]) + "\n") << zlib.err;
}

TEST_F(MadeUpInputs, AreForProgramsAndInPlaceOfOthers) {
  expect_error(cortado({"run", model("tiny.pt2").string(), "--made-up-inputs"}), 2,
               {"--made-up-inputs needs a program: compile the model first"});
  expect_error(cortado({"run", "x.pte", "--made-up-inputs", "--input", "x.npy"}), 2,
               {"--input excludes --made-up-inputs"});
}

}  // namespace
}  // namespace cortado::tests
