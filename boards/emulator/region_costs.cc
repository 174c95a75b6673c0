#include "boards/emulator/region_costs.h"

#include <fmt/format.h>

#include "boards/emulator/emulate.h"
#include "boards/emulator/files.h"
#include "boards/emulator/interruption.h"
#include "boards/emulator/tools.h"

namespace cortado::boards {
namespace {

namespace fs = std::filesystem;

Status check_elf(const fs::path& elf) {
  CORTADO_TRY(const std::string text, read_text(elf));
  constexpr std::string_view little_endian_of_32_bits = "\177ELF\1\1";
  constexpr char arm = 40;
  if (text.starts_with(little_endian_of_32_bits) && text.size() > 20 && text[18] == arm) return {};
  return input_error(fmt::format("{} is not an ELF file for Arm", elf.string()));
}

}  // namespace

Result<std::map<std::uint32_t, RegionCost>> region_costs(const fs::path& elf, std::chrono::seconds time_limit,
                                                         const ProgressCallback& progress,
                                                         const std::function<void(std::string_view)>& notice) {
  CORTADO_CHECK(check_elf(elf));
  CORTADO_TRY(const Core* core, find_core("cortex-m55"));
  CORTADO_TRY(const Tools tools, find_tools(*core));
  const Interruption interruption;  // outlives the temporary folder
  CORTADO_TRY(const TemporaryFolder folder, TemporaryFolder::create());
  EmulatorOptions emulator{core, fs::absolute(elf), folder.path(), {}, {}, time_limit, {}, {}};
  CORTADO_TRY(emulator.plugin, build_counting_plugin(notice, folder.path()));
  if (progress) progress({"running the firmware", 0, 0});
  CORTADO_TRY(const Ending ending, emulate(emulator, tools.emulator));
  if (progress) progress({});
  if (ending.kind != Ending::Kind::exited) return describe(ending, emulator);
  if (ending.exit_code != 0)
    return input_error(fmt::format("{} exits with code {}: {}", elf.string(), ending.exit_code,
                                   ending.console.substr(0, ending.console.find_last_not_of('\n') + 1)));
  CORTADO_TRY(Counts counts, read_counts(folder.path() / counts_file));
  counts.erase(0);
  if (counts.empty())
    return input_error(fmt::format("{} names no region: it has to call board::begin_region()", elf.string()));
  return model_cycles(elf, counts, folder.path());
}

}  // namespace cortado::boards
