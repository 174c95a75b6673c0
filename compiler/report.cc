#include "compiler/report.h"

#include <fmt/format.h>

namespace cortado::compiler {

std::string to_text(const FloatOperator& node) {
  return fmt::format("  {} ({}): {}; {} numbers in float{}", node.node, node.op, node.reason, node.elements,
                     node.source.empty() ? "" : "\n    " + node.source);
}

}  // namespace cortado::compiler
