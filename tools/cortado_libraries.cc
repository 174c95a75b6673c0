// usage: cortado_libraries PREFIX [CORE…]
// Installs headers and a static library for each core (all by default): what `cmake --install` runs. A core whose
// compiler is missing is left out with a warning; a core that was named is an error.
#include <algorithm>
#include <filesystem>

#include "boards/emulator/library.h"
#include "tools/console.h"

int main(int argc, char** argv) {
  using namespace cortado;
  if (argc < 2) return tools::report_error(usage_error("usage: cortado_libraries PREFIX [CORE…]"));
  const std::filesystem::path prefix = std::filesystem::absolute(argv[1]);
  if (const auto status = boards::install_headers(prefix); !status) return tools::report_error(status.error());
  const std::vector<std::string> named(argv + 2, argv + argc);
  for (const std::string& name : named.empty() ? boards::core_names() : named) {
    const auto core = boards::find_core(name);
    if (!core) return tools::report_error(core.error());
    const auto status = boards::install_library(*core.value(), prefix, boards::progress_on_terminal());
    if (status) continue;
    if (!named.empty()) return tools::report_error(status.error());
    tools::warning("no library for " + name + ": " + status.error().text());
  }
  return 0;
}
