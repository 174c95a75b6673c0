#include "boards/emulator/tools.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>

#include "boards/emulator/run.h"

namespace cortado::boards {
namespace {

namespace fs = std::filesystem;

struct Need {
  std::string_view what;  // a program in PATH, or a file when it begins with '/'
  std::string_view package;
};

bool is_there(const Need& need) {
  std::error_code ignored;
  return need.what.starts_with('/') ? fs::exists(need.what, ignored) : static_cast<bool>(find_program(need.what));
}

std::vector<Need> needs_of(const Core& core) {
  std::vector<Need> needs = {
      {"arm-none-eabi-g++", "gcc-arm-none-eabi"},
      {"/usr/lib/arm-none-eabi/newlib/libc.a", "libnewlib-arm-none-eabi"},
      {"/usr/include/newlib/c++", "libstdc++-arm-none-eabi-dev"},
      {"qemu-system-arm", "qemu-system-arm"},
  };
  if (core.compiler == Compiler::clang) needs.push_back({"clang++-19", "clang-19"});
  return needs;
}

}  // namespace

Result<fs::path> find_program(std::string_view name) {
  const char* path = std::getenv("PATH");
  std::string_view rest = path != nullptr ? path : "/usr/local/bin:/usr/bin:/bin";
  while (!rest.empty()) {
    const std::size_t end = std::min(rest.find(':'), rest.size());
    const fs::path file = fs::path(rest.substr(0, end)) / name;
    rest.remove_prefix(std::min(end + 1, rest.size()));
    std::error_code ignored;
    if (fs::is_regular_file(file, ignored) && access(file.c_str(), X_OK) == 0) return file;
  }
  return input_error(fmt::format("the program '{}' is not installed", name));
}

Result<Tools> find_tools(const Core& core) {
  std::string missing;
  std::string install = "apt-get install --no-install-recommends";
  for (const Need& need : needs_of(core)) {
    if (is_there(need)) continue;
    missing += fmt::format("{}{}", missing.empty() ? "" : ", ", need.what);
    install += fmt::format(" {}", need.package);
  }
  if (!missing.empty()) return input_error(fmt::format("running on {} needs {}", core.name, missing), install);
  Tools tools;
  CORTADO_TRY(tools.compiler, find_program(core.compiler == Compiler::clang ? "clang++-19" : "arm-none-eabi-g++"));
  CORTADO_TRY(tools.linker, find_program("arm-none-eabi-g++"));
  CORTADO_TRY(tools.emulator, find_program("qemu-system-arm"));
  return tools;
}

Status check_core(std::string_view core) {
  CORTADO_TRY(const Core* row, find_core(core));
  CORTADO_CHECK(find_tools(*row));
  return {};
}

}  // namespace cortado::boards
