// cortado inspect
#include <cstdio>
#include <filesystem>

#include "support/atomic_file.h"
#include "tools/command.h"
#include "tools/json.h"
#include "tools/model.h"
#include "tools/options.h"
#include "tools/program_summary.h"

namespace cortado::tools {
namespace {

struct InspectOptions {
  ModelOptions model;
  std::string method;
  bool json = false;
};

Json list(const std::vector<SummaryPort>& ports) {
  Json json = Json::array();
  for (const SummaryPort& port : ports) json.push_back(describe(port.name, port.type));
  return json;
}

void print_ports(const char* title, const std::vector<SummaryPort>& ports) {
  std::printf("%s\n", title);
  for (const SummaryPort& port : ports) std::printf("  %-20s %s\n", port.name.c_str(), to_string(port.type).c_str());
}

Json list(const std::vector<SummaryRows>& reads) {
  Json json = Json::array();
  for (const SummaryRows& rows : reads) {
    Json entry = {{"rows", rows.rows}, {"width", rows.width}, {"channels", rows.channels}};
    entry[rows.stage ? "stage" : "argument"] = rows.stage.value_or(rows.argument);
    json.push_back(entry);
  }
  return json;
}

Json list(const std::vector<SummaryStage>& stages) {
  Json json = Json::array();
  for (const SummaryStage& stage : stages)
    json.push_back({{"op", stage.op},
                    {"reads", list(stage.reads)},
                    {"rows", stage.rows},
                    {"width", stage.width},
                    {"channels", stage.channels},
                    {"rows_at_once", stage.rows_at_once},
                    {"kept_rows", stage.kept_rows},
                    {"kept_bytes", stage.kept_bytes},
                    {"constants_bytes", stage.constants_bytes}});
  return json;
}

// "2, input 0": stages by their places, and arguments of the call.
std::string text(const std::vector<SummaryRows>& reads) {
  std::string text;
  for (const SummaryRows& rows : reads) {
    if (!text.empty()) text += ", ";
    text += rows.stage ? std::to_string(*rows.stage) : "input " + std::to_string(rows.argument);
  }
  return text;
}

void print_stages(const std::vector<SummaryStage>& stages) {
  if (stages.empty()) return;
  std::printf("    %-23s %-10s %-20s %8s %10s %12s %12s\n", "stage", "reads", "rows x width x chan.", "at once",
              "rows kept", "bytes", "constants");
  std::size_t place = 0;
  for (const SummaryStage& stage : stages) {
    const std::string name = std::to_string(place++) + " " + stage.op;
    const std::string size =
        std::to_string(stage.rows) + " x " + std::to_string(stage.width) + " x " + std::to_string(stage.channels);
    std::printf("    %-23s %-10s %-20s %8d %10d %12llu %12llu\n", name.c_str(), text(stage.reads).c_str(), size.c_str(),
                stage.rows_at_once, stage.kept_rows, static_cast<unsigned long long>(stage.kept_bytes),
                static_cast<unsigned long long>(stage.constants_bytes));
  }
}

void print(const ProgramSummary& summary, bool json) {
  if (json) {
    Json calls = Json::array();
    for (const SummaryCall& call : summary.calls) {
      calls.push_back({{"op", call.op}, {"name", call.name}, {"outputs", list(call.outputs)}});
      if (!call.stages.empty()) calls.back()["stages"] = list(call.stages);
    }
    Json document = {{"inputs", list(summary.inputs)},
                     {"outputs", list(summary.outputs)},
                     {"operators", calls},
                     {"constants_bytes", summary.constants_bytes},
                     {"arena_bytes", summary.arena_bytes}};
    if (!summary.methods.empty()) document["methods"] = summary.methods;
    return print_json(document);
  }
  print_ports("inputs", summary.inputs);
  print_ports("outputs", summary.outputs);
  std::printf("operators\n");
  for (const SummaryCall& call : summary.calls) {
    std::printf("  %-20s %s", call.name.c_str(), call.op.c_str());
    for (const SummaryPort& output : call.outputs) std::printf("  → %s", to_string(output.type).c_str());
    std::printf("\n");
    print_stages(call.stages);
  }
  std::printf("constants %llu bytes\n", static_cast<unsigned long long>(summary.constants_bytes));
  if (summary.arena_bytes != 0)
    std::printf("arena     %llu bytes\n", static_cast<unsigned long long>(summary.arena_bytes));
}

// The same for a graph, whose arena nobody has planned yet.
ProgramSummary summarise_graph(const ir::Graph& graph) {
  ProgramSummary summary;
  for (const ir::Value* input : graph.inputs) summary.inputs.push_back({input->name, input->type});
  for (const ir::Output& output : graph.outputs()) summary.outputs.push_back({output.name, output.value->type});
  for (const auto& node : graph.nodes()) {
    SummaryCall call{node->op, node->name, {}, {}};
    for (const ir::Value* output : node->outputs) call.outputs.push_back({output->name, output->type});
    summary.calls.push_back(std::move(call));
  }
  for (const auto& value : graph.values())
    if (value->kind == ir::ValueKind::constant || value->kind == ir::ValueKind::state)
      summary.constants_bytes += value->data.size_bytes();
  return summary;
}

Status run_inspect(const InspectOptions& options) {
  if (std::filesystem::path(options.model.model).extension() == ".pte") {
    CORTADO_TRY(const auto bytes, read_file(options.model.model));
    CORTADO_TRY(const auto summary, summarise_program(bytes, options.model.model, options.method));
    print(summary, options.json);
  } else {
    CORTADO_TRY(const Model model, load_model(options.model));
    const ir::Graph& graph = model.graph;
    print(summarise_graph(graph), options.json);
  }
  return {};
}

}  // namespace

Command add_inspect(CLI::App& parent) {
  CLI::App* app = add_subcommand(parent, "inspect", "Show what a model or a program holds",
                                 "  cortado inspect model.pt2\n"
                                 "  cortado inspect model.pte --json");
  auto options = std::make_shared<InspectOptions>();
  add_model_options(*app, options->model, "FILE");
  app->add_option("--method", options->method, "Method of a program (default: forward)");
  app->add_flag("--json", options->json, "Print the result as JSON");
  return {app, [options] { return run_inspect(*options); }};
}

}  // namespace cortado::tools
