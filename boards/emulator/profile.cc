#include "boards/emulator/profile.h"

#include <fmt/format.h>
#include <unistd.h>

#include <sstream>

#include "boards/emulator/cache.h"
#include "boards/emulator/files.h"
#include "boards/emulator/process.h"
#include "boards/emulator/sources.h"
#include "boards/emulator/tools.h"

namespace cortado::boards {

namespace fs = std::filesystem;

Result<fs::path> build_counting_plugin(const std::function<void(std::string_view)>& notice, const fs::path& scratch) {
  CORTADO_TRY(const SourceTree tree, SourceTree::open());
  const fs::path source = tree.home() / "boards/emulator/plugin/count.cc";
  CORTADO_TRY(const std::string text, read_text(source));
  const fs::path plugin = open_cache(scratch, notice) / (Hash().add(text).text() + ".so");
  std::error_code error;
  touch(plugin);
  if (fs::exists(plugin, error)) return plugin;
  auto compiler = find_program("c++");
  if (!compiler)
    return input_error("counting by region needs a C++ compiler", "apt-get install --no-install-recommends g++");
  const fs::path unfinished = plugin.string() + fmt::format(".{}", getpid());
  CORTADO_TRY(const Finished finished,
              run_process({compiler.value(),
                           {"-std=c++17", "-O2", "-shared", "-fPIC", source.string(), "-o", unfinished.string()}}));
  if (finished.succeeded()) fs::rename(unfinished, plugin, error);
  if (!finished.succeeded() || error)
    return internal_error("the emulator's plugin does not compile:\n" + finished.output);
  return plugin;
}

// Lines as boards/emulator/plugin/count.cc says.
Result<Counts> read_counts(const fs::path& file) {
  CORTADO_TRY(const std::string text, read_text(file));
  Counts counts;
  std::istringstream words(text);
  std::uint32_t region = 0;
  for (std::string word; words >> word;) {
    Traffic traffic;
    std::uint64_t value = 0;
    const bool is_memory = word == "MEMORY";
    if (is_memory ? !(words >> traffic.read >> traffic.written >> traffic.fetched) : !(words >> value))
      return internal_error("the emulator's counts are damaged");
    if (is_memory)
      counts[region].traffic.push_back(traffic);
    else if (word == "REGION")
      region = static_cast<std::uint32_t>(value);
    else
      counts[region].executions[static_cast<std::uint32_t>(std::stoul(word, nullptr, 16))] += value;
  }
  return counts;
}

}  // namespace cortado::boards
