#include "boards/emulator/library.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "boards/emulator/cache.h"
#include "boards/emulator/compile.h"
#include "boards/emulator/files.h"
#include "boards/emulator/objects.h"
#include "boards/emulator/process.h"
#include "boards/emulator/tools.h"

namespace cortado::boards {
namespace {

namespace fs = std::filesystem;

// A copy of a file of the source tree.
Status install_file(const SourceTree& tree, const std::string& file, const fs::path& to) {
  CORTADO_TRY(const std::string text, read_text(tree.home() / file));
  std::error_code ignored;
  fs::create_directories(to.parent_path(), ignored);  // writing tells
  return write_text(to, text);
}

// Objects whose source is in boards/, or those whose source is not.
Status archive(const std::vector<Object>& objects, bool of_board, const fs::path& archiver, const fs::path& library) {
  std::error_code ignored;
  fs::create_directories(library.parent_path(), ignored);
  fs::remove(library, ignored);
  Command command{archiver, {"rcsD", library.string()}};
  for (const Object& object : objects)
    if (object.source.starts_with("boards/") == of_board) command.arguments.push_back(object.file.string());
  CORTADO_TRY(const Finished finished, run_process(command));
  if (finished.succeeded()) return {};
  return input_error(fmt::format("cannot write {}: {}", library.string(), finished.output));
}

// The linker's options that make a firmware for the emulated board.
std::string link_options(const Core& core, std::string_view separator, std::string_view root) {
  const std::string boards = fmt::format("{}/lib/cortado/boards", root);
  return fmt::format(
      "{}", fmt::join(std::vector<std::string>{"-nostdlib", "-Wl,--gc-sections", fmt::format("-L{}/target", boards),
                                               fmt::format("-T{}/{}/board.ld", boards, core.folder)},
                      separator));
}

// Behind other options.
std::string definition(bool error_texts) { return error_texts ? "" : fmt::format(" {}", without_error_texts); }

std::string cmake_text(const Core& core, bool error_texts) {
  std::vector<std::string> machine(core.machine.begin(), core.machine.end());
  return fmt::format(
      R"(# Written at installation. {name}: emulated by the board {board}.
set(cortado_{name}_FLAGS {flags} -mthumb -fshort-enums{definition})
set(cortado_{name}_EMULATOR qemu-system-arm {machine} -display none -monitor none -serial none -icount shift={shift}
    -semihosting-config enable=on,target=native,arg=firmware)
add_library(cortado::{name} STATIC IMPORTED)
set_target_properties(cortado::{name} PROPERTIES
  IMPORTED_LOCATION "${{CORTADO_PREFIX}}/lib/cortado/{name}/libcortado.a"
  INTERFACE_INCLUDE_DIRECTORIES "${{CORTADO_PREFIX}}/include/cortado"
  INTERFACE_COMPILE_OPTIONS "${{cortado_{name}_FLAGS}}"
  INTERFACE_LINK_OPTIONS "${{cortado_{name}_FLAGS}}"
  INTERFACE_LINK_LIBRARIES "-Wl,--start-group;-lm;-lc;-lgcc;-Wl,--end-group")
add_library(cortado::{name}-emulator STATIC IMPORTED)
set_target_properties(cortado::{name}-emulator PROPERTIES
  IMPORTED_LOCATION "${{CORTADO_PREFIX}}/lib/cortado/{name}/libcortado_board.a"
  INTERFACE_COMPILE_OPTIONS "-ffunction-sections;-fdata-sections;$<$<COMPILE_LANGUAGE:CXX>:-fno-exceptions;-fno-rtti;-fno-threadsafe-statics>"
  INTERFACE_LINK_OPTIONS "{link};-Wl,--undefined=board_reset"
  INTERFACE_LINK_LIBRARIES "cortado::{name}")
)",
      fmt::arg("name", core.name), fmt::arg("board", core.board), fmt::arg("flags", fmt::join(core.flags, " ")),
      fmt::arg("definition", definition(error_texts)), fmt::arg("machine", fmt::join(machine, " ")),
      fmt::arg("shift", core.icount_shift), fmt::arg("link", link_options(core, ";", "${CORTADO_PREFIX}")));
}

std::string pkg_config_text(const Core& core, bool error_texts) {
  return fmt::format(
      "prefix=${{pcfiledir}}/../..\n\nName: cortado-{0}\nDescription: Runtime and int8 kernels for ExecuTorch programs "
      "on the {0}\n"
      "Version: {2}\nCflags: {1} -mthumb -fshort-enums{3} -I${{prefix}}/include/cortado\n"
      "Libs: -L${{prefix}}/lib/cortado/{0} -lcortado -lm -lc -lgcc\n",
      core.name, fmt::join(core.flags, " "), CORTADO_VERSION, definition(error_texts));
}

}  // namespace

Status install_library(const Core& core, const fs::path& prefix, bool error_texts, const ProgressCallback& progress) {
  CORTADO_TRY(const Tools tools, find_tools(core));
  CORTADO_TRY(const fs::path archiver, find_program("arm-none-eabi-ar"));
  CORTADO_TRY(SourceTree tree, SourceTree::open());
  CORTADO_TRY(const TemporaryFolder scratch, TemporaryFolder::create());
  CORTADO_TRY(const std::vector<Object> objects,
              compile_objects({.core = &core, .main = {}, .error_texts = error_texts}, tools, tree,
                              open_cache(scratch.path(), {}), progress));
  const fs::path lib = prefix / "lib", folder = lib / "cortado" / core.name, boards = lib / "cortado/boards";
  CORTADO_CHECK(archive(objects, false, archiver, folder / "libcortado.a"));
  CORTADO_CHECK(archive(objects, true, archiver, folder / "libcortado_board.a"));
  const std::string script = std::string(core.folder) + "/board.ld";
  CORTADO_CHECK(install_file(tree, "boards/" + script, boards / script));
  CORTADO_CHECK(install_file(tree, "boards/target/sections.ld", boards / "target/sections.ld"));
  std::error_code ignored;
  fs::create_directories(lib / "cmake/cortado/cores", ignored);
  fs::create_directories(lib / "pkgconfig", ignored);
  CORTADO_CHECK(
      write_text(lib / fmt::format("cmake/cortado/cores/{}.cmake", core.name), cmake_text(core, error_texts)));
  return write_text(lib / fmt::format("pkgconfig/cortado-{}.pc", core.name), pkg_config_text(core, error_texts));
}

Status install_headers(const fs::path& prefix) {
  CORTADO_TRY(SourceTree tree, SourceTree::open());
  std::set<std::string> headers;
  for (const char* file : {"runtime/cortado.h", "runtime/program.h", "runtime/kernels.h", "boards/target/board.h"}) {
    CORTADO_TRY(const std::set<std::string> more, tree.includes(file));
    headers.insert(more.begin(), more.end());
  }
  for (const std::string& header : headers)
    CORTADO_CHECK(install_file(tree, header, prefix / "include/cortado" / header));
  return {};
}

}  // namespace cortado::boards
