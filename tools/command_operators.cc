// cortado operators
#include <cstdio>

#include "tools/command.h"
#include "tools/json.h"
#include "tools/operator_table.h"

namespace cortado::tools {
namespace {

struct OperatorsOptions {
  std::string part;
  bool markdown = false;
  bool json = false;
};

void print_source(const SourceRow& row) {
  std::printf("%s\n  %s\n  int8: %s\n", row.op.c_str(), row.summary.c_str(), row.int8.c_str());
  if (!row.int8_error.empty()) std::printf("  int8 error, in steps: %s\n", row.int8_error.c_str());
  if (!row.float_kernel.empty()) std::printf("  float kernel: %s\n", row.float_kernel.c_str());
  for (const std::string& text : row.constraints) std::printf("  requires: %s\n", text.c_str());
}

Json as_json(const std::string& part) {
  Json document = {{"models", Json::array()}, {"programs", Json::array()}};
  for (const SourceRow& row : source_rows(part))
    document["models"].push_back({{"op", row.op},
                                  {"summary", row.summary},
                                  {"int8", row.int8},
                                  {"int8_error", row.int8_error},
                                  {"memory_order", row.order},
                                  {"float_kernel", row.float_kernel},
                                  {"constraints", row.constraints}});
  for (const WireRow& row : wire_rows(part))
    document["programs"].push_back({{"op", row.op}, {"arguments", row.arguments}, {"summary", row.summary}});
  return document;
}

Status run_operators(const OperatorsOptions& options) {
  if (options.markdown) {
    std::fputs(operators_page().c_str(), stdout);
    return {};
  }
  const auto sources = source_rows(options.part);
  const auto wires = wire_rows(options.part);
  if (sources.empty() && wires.empty())
    return input_error("no operator has '" + options.part + "' in its name", "cortado operators lists all of them");
  if (options.json) {
    print_json(as_json(options.part));
    return {};
  }
  std::printf("in models\n");
  for (const SourceRow& row : sources)
    options.part.empty() ? void(std::printf("%s\n", row.op.c_str())) : print_source(row);
  std::printf("in programs\n");
  for (const WireRow& row : wires)
    std::printf("%s(%s)\n", row.op.c_str(), options.part.empty() ? "…" : row.arguments.c_str());
  return {};
}

}  // namespace

Command add_operators(CLI::App& parent) {
  CLI::App* app = add_subcommand(parent, "operators", "Tell which operators are supported, and how",
                                 "  cortado operators\n  cortado operators conv2d\n  cortado operators --json");
  auto options = std::make_shared<OperatorsOptions>();
  app->add_option("PART", options->part, "Only those with this in their names, in detail");
  app->add_flag("--json", options->json, "Print JSON");
  app->add_flag("--markdown", options->markdown, "Print docs/operators.md");
  return {app, [options] { return run_operators(*options); }};
}

}  // namespace cortado::tools
