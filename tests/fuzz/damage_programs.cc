// usage: damage_programs COUNT FILE.pte…
// Loads and runs COUNT copies of the files, taking turns, each with 1 to 8 of its bytes replaced by random ones.
#include "support/atomic_file.h"
#include "tests/fuzz/fuzz.h"
#include "tests/runtime/load_and_run.h"

int main(int argc, char** argv) {
  using namespace cortado;
  std::vector<std::vector<std::uint8_t>> files;
  for (int i = 2; i < argc; ++i) {
    auto file = read_file(argv[i]);
    fuzz::require(file && !file.value().empty(), std::string("cannot read ") + argv[i]);
    files.push_back(std::move(file).value());
  }
  fuzz::require(!files.empty(), "usage: damage_programs COUNT FILE.pte…");
  const long count = std::strtol(argv[1], nullptr, 10);
  long loaded = 0;
  for (long i = 0; i < count; ++i) {
    ops::Random random(static_cast<std::uint64_t>(i));
    std::vector<std::uint8_t> file = files[static_cast<std::size_t>(i) % files.size()];
    for (std::int32_t change = random.between(1, 8); change > 0; --change)
      file[static_cast<std::size_t>(random.bits() % file.size())] = static_cast<std::uint8_t>(random.bits() >> 56);
    const auto result = testing::load_and_run(file, random);
    fuzz::require(result.problem.empty(), "copy " + std::to_string(i) + ": " + result.problem);
    loaded += result.loaded ? 1 : 0;
  }
  std::printf("%ld damaged programs of %zu files: %ld loaded and ran, %ld were refused\n", count, files.size(), loaded,
              count - loaded);
  return 0;
}
