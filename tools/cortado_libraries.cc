// usage: cortado_libraries [--without-error-texts] PREFIX [CORE…]
// Installs headers and a static library for each core (all by default): what `cmake --install` runs. A core whose
// compiler is missing is left out with a warning; a core that was named is an error.
#include <algorithm>
#include <filesystem>

#include "boards/emulator/library.h"
#include "tools/console.h"

int main(int argc, char** argv) {
  using namespace cortado;
  std::vector<std::string> named(argv + 1, argv + argc);
  const bool error_texts = named.empty() || named.front() != "--without-error-texts";
  if (!error_texts) named.erase(named.begin());
  if (named.empty())
    return tools::report_error(usage_error("usage: cortado_libraries [--without-error-texts] PREFIX [CORE…]"));
  const std::filesystem::path prefix = std::filesystem::absolute(named.front());
  named.erase(named.begin());
  if (const auto status = boards::install_headers(prefix); !status) return tools::report_error(status.error());
  for (const std::string& name : named.empty() ? boards::core_names() : named) {
    const auto core = boards::find_core(name);
    if (!core) return tools::report_error(core.error());
    const auto status = boards::install_library(*core.value(), prefix, error_texts, boards::progress_on_terminal());
    if (status) continue;
    if (!named.empty()) return tools::report_error(status.error());
    tools::warning("no library for " + name + ": " + status.error().text());
  }
  return 0;
}
