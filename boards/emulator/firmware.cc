#include "boards/emulator/firmware.h"

#include <fmt/format.h>
#include <unistd.h>

#include "boards/emulator/cache.h"
#include "boards/emulator/files.h"
#include "boards/emulator/link.h"
#include "boards/emulator/objects.h"

namespace cortado::boards {
namespace {

namespace fs = std::filesystem;

Result<Firmware> describe(const fs::path& elf, const std::vector<Object>& objects) {
  CORTADO_TRY(const std::string map, read_text(elf.string() + ".map"));
  const auto place = [&](const std::string& name) {
    return Place{symbol_of_map(map, name + "_start"), symbol_of_map(map, name + "_size")};
  };
  return Firmware{.elf = elf,
                  .flash = flash_of_map(map, objects),
                  .program = place("board_program"),
                  .large_program = place("board_large_program"),
                  .arena = place("board_arena"),
                  .large_arena = place("board_large_arena"),
                  .code = place("board_code"),
                  .data = place("board_data_memory")};
}

// Links beside the cache and moves the finished folder in, so that others see it whole or not at all.
Status publish(const LinkInput& input, const Tools& tools, const fs::path& folder) {
  const fs::path unfinished = folder.string() + fmt::format(".{}", getpid());
  std::error_code error;
  fs::create_directories(unfinished, error);
  Status linked = link_firmware(input, tools, unfinished / "firmware.elf");
  if (linked) fs::rename(unfinished, folder, error);
  if (!linked || error) fs::remove_all(unfinished, error);  // error: another process was faster
  CORTADO_CHECK(std::move(linked));
  if (!fs::exists(folder / "firmware.elf", error)) return input_error(fmt::format("cannot write {}", folder.string()));
  return {};
}

}  // namespace

Result<Firmware> build_firmware(const FirmwareSpec& spec, const Tools& tools, const BuildOptions& options) {
  CORTADO_TRY(SourceTree tree, SourceTree::open());
  const fs::path cache = open_cache(options.scratch, options.notice);
  LinkInput input{spec.core, tree.home(), {}};
  CORTADO_TRY(input.objects, compile_objects(spec, tools, tree, cache, options.progress));

  Hash hash;
  for (const Object& object : input.objects) hash.add(object.file.filename().string());
  for (const std::string& script :
       {"boards/" + std::string(spec.core->folder) + "/board.ld", std::string("boards/target/sections.ld")}) {
    CORTADO_TRY(const std::string text, read_text(tree.home() / script));
    hash.add(text);
  }
  const fs::path folder = cache / (std::string(spec.core->name) + "-" + hash.text());
  std::error_code ignored;
  if (!fs::exists(folder / "firmware.elf", ignored)) CORTADO_CHECK(publish(input, tools, folder));
  touch(folder);
  for (const Object& object : input.objects) touch(object.file);
  return describe(folder / "firmware.elf", input.objects);
}

}  // namespace cortado::boards
