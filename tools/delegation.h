// The report of what runs where, in the words that users and scripts of ExecuTorch know. On Cortex-M nothing is
// delegated to an accelerator: every operator is listed as non-delegated.
#pragma once

#include <filesystem>
#include <string>

#include "ir/graph.h"

namespace cortado::tools {

// What goes to stdout. `intermediates`: the folder with delegation_info.txt; may be empty.
std::string delegation_summary(const ir::Graph& lowered, const std::filesystem::path& intermediates);

// delegation_info.txt.
std::string delegation_info(const ir::Graph& lowered);

}  // namespace cortado::tools
