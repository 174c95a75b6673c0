#include "tools/delegation.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <vector>

namespace cortado::tools {
namespace {

// "cortex_m::quantized_conv2d.out" as ExecuTorch names such nodes: "cortex_m_quantized_conv2d_default".
std::string node_type(const std::string& op) {
  std::string type = op.substr(0, op.rfind('.'));
  const std::size_t colons = type.find("::");
  if (colons != std::string::npos) type.replace(colons, 2, "_");
  return type + "_default";
}

using Counts = std::map<std::string, std::size_t>;

// Aliases (cortado::…) are views of other values, not calls.
Counts count(const ir::Graph& graph) {
  Counts counts;
  for (const auto& node : graph.nodes())
    if (node->op.rfind("cortado::", 0) != 0) ++counts[node_type(node->op)];
  return counts;
}

std::size_t sum(const Counts& counts) {
  std::size_t total = 0;
  for (const auto& entry : counts) total += entry.second;
  return total;
}

std::string repeat(const char* text, std::size_t times) {
  std::string result;
  while (times-- > 0) result += text;
  return result;
}

// Rows of equal length with the first as heading, in a frame.
std::string table(const std::vector<std::vector<std::string>>& rows) {
  std::vector<std::size_t> widths(rows[0].size(), 0);
  for (const auto& row : rows)
    for (std::size_t i = 0; i < row.size(); ++i) widths[i] = std::max(widths[i], row[i].size());
  const auto rule = [&](const char* left, const char* line, const char* cross, const char* right) {
    std::string text = left;
    for (std::size_t i = 0; i < widths.size(); ++i) text += (i ? cross : "") + repeat(line, widths[i] + 2);
    return text + right + "\n";
  };
  std::string text = rule("╒", "═", "╤", "╕");
  for (std::size_t r = 0; r < rows.size(); ++r) {
    text += "│";
    for (std::size_t i = 0; i < widths.size(); ++i) text += fmt::format(" {:<{}} │", rows[r][i], widths[i]);
    text += "\n";
    if (r == 0)
      text += rule("╞", "═", "╪", "╡");
    else if (r + 1 < rows.size())
      text += rule("├", "─", "┼", "┤");
  }
  return text + rule("╘", "═", "╧", "╛");
}

}  // namespace

std::string delegation_summary(const ir::Graph& lowered, const std::filesystem::path& intermediates) {
  const Counts counts = count(lowered);
  std::vector<std::pair<std::string, std::size_t>> sorted(counts.begin(), counts.end());
  std::stable_sort(sorted.begin(), sorted.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string text = fmt::format(
      "Delegation summary:\n  Model was not delegated.\n  Delegated partitions for silicon acceleration: 0\n"
      "  Non-delegated ops: {}\n",
      sum(counts));
  if (!sorted.empty()) text += "  Non-delegated operators:\n";
  for (const auto& [type, number] : sorted) text += fmt::format("    - {}: {}\n", type, number);
  if (!intermediates.empty())
    text += fmt::format("\nFull delegation report:\n  {}\n", (intermediates / "delegation_info.txt").string());
  return text;
}

std::string delegation_info(const ir::Graph& lowered) {
  std::vector<std::vector<std::string>> rows = {
      {"", "op_type", "occurrences_in_delegated_graphs", "occurrences_in_non_delegated_graphs"}};
  for (const auto& [type, number] : count(lowered))
    rows.push_back({std::to_string(rows.size() - 1), type, "0", std::to_string(number)});
  const std::string total = std::to_string(sum(count(lowered)));
  rows.push_back({std::to_string(rows.size() - 1), "Total", "0", total});
  return "Delegation info:\nTotal delegated subgraphs: 0\nNumber of delegated nodes: 0\nNumber of non-delegated "
         "nodes: " +
         total + "\n\nDelegation table:\n" + table(rows) + "\n";
}

}  // namespace cortado::tools
