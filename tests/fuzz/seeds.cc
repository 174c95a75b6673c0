// usage: seeds DIR
// Writes the fuzzers' first inputs that this project makes itself: DIR/TARGET/NAME.
#include <filesystem>

#include "compiler/calibrate/ranges_file.h"
#include "formats/tensors/npy.h"
#include "formats/zip/reader.h"
#include "support/atomic_file.h"
#include "tests/formats/image_bytes.h"
#include "tests/formats/torch_bytes.h"
#include "tests/fuzz/fuzz.h"
#include "tests/native/native_program.h"
#include "tests/runtime/programs.h"

namespace {

using namespace cortado;
using Bytes = std::vector<std::uint8_t>;

void write(const std::filesystem::path& folder, const std::string& name, const Bytes& bytes) {
  std::filesystem::create_directories(folder);
  fuzz::require(static_cast<bool>(write_file_atomically(folder / name, bytes)), "cannot write to " + folder.string());
}

void write_programs(const std::filesystem::path& folder) {
  const pte::Program programs[] = {cortado::testing::two_linears(), cortado::testing::branches(),
                                   cortado::testing::doubling_state(1), cortado::testing::doubling_state(2)};
  for (std::size_t i = 0; i < std::size(programs); ++i)
    for (const bool inlined : {false, true})
      write(folder, "small" + std::to_string(i) + (inlined ? "_inlined.pte" : ".pte"),
            pte::write(programs[i], {.inline_constants = inlined}).value());
}

// Programs with row streams, of all three aims; small ones, so that damage hits the blob and not only its weights.
void write_native_programs(const std::filesystem::path& folder) {
  for (std::uint64_t seed = 1, written = 0; written < 20; ++seed) {
    int streams = 0;
    const Bytes program = cortado::testing::native_program(seed, static_cast<compiler::Optimize>(seed % 3), streams);
    if (streams == 0 || program.empty() || program.size() > 16 << 10) continue;
    write(folder, "native" + std::to_string(seed) + ".pte", program);
    ++written;
  }
}

void write_ranges(const std::filesystem::path& folder) {
  compiler::Ranges ranges;
  ranges.model = "0123456789abcdef";
  ranges.samples = 3;
  ranges.values["x"] = {{-1, 2}, {-1.5, 2.25}};
  ranges.channel_means["x"] = {1, {0.5, -0.25}};
  const std::string text = compiler::to_json(ranges);
  write(folder, "small.json", {text.begin(), text.end()});
}

}  // namespace

int main(int argc, char** argv) {
  fuzz::require(argc == 2, "usage: seeds DIR");
  const std::filesystem::path to = argv[1];
  write(to / "npy", "f32.npy",
        formats::npy_bytes(ir::Tensor::of<float>(DType::f32, {2, 3}, {1, 2, 3, 4, 5, 6})).value());
  write(to / "npy", "i64.npy", formats::npy_bytes(ir::Tensor(DType::i64, {4})).value());
  write(to / "pickle", "older.pt", cortado::testing::older_checkpoint());
  write(to / "pickle", "member.pkl", cortado::testing::checkpoint_pickle(false).bytes());
  write(to / "pickle", "zip.pt", cortado::testing::zip_checkpoint());
  write(to / "image", "small.png", cortado::testing::png_file);
  write(to / "image", "small.jpg", cortado::testing::jpeg_file);
  write_ranges(to / "ranges");
  write_programs(to / "pte");
  write_native_programs(to / "pte");
  const Bytes tiny = read_file(CORTADO_SOURCE_DIR "/tests/models/tiny.pt2").value();
  write(to / "pt2", "tiny.pt2", tiny);
  write(to / "pt2_graph", "tiny.json",
        formats::ZipReader::open(std::span<const std::uint8_t>(tiny)).value().read("tiny/models/model.json").value());
  return 0;
}
