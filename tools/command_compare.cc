// cortado compare
#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <limits>

#include "boards/emulator/files.h"
#include "compiler/compare/compare.h"
#include "compiler/compile.h"
#include "compiler/normalise/normalise.h"
#include "formats/tensors/npy.h"
#include "tools/command.h"
#include "tools/console.h"
#include "tools/json.h"
#include "tools/model.h"
#include "tools/options.h"
#include "tools/ranges.h"

namespace cortado::tools {
namespace {

using Layers = std::vector<compiler::ComparedLayer>;

struct CompareOptions {
  ModelOptions model;
  RangesOptions ranges;
  std::vector<std::string> data;
  std::size_t most_samples = 16, top = 5;
  std::string dump;
  bool json = false;
};

// The graph in float and with its types. It is loaded twice: each goes its own way.
struct Graphs {
  ir::Graph real, typed;
};
Result<Graphs> load_graphs(const CompareOptions& options) {
  CORTADO_TRY(const boards::TemporaryFolder folder, boards::TemporaryFolder::create());
  ModelOptions source = options.model;
  if (is_python_model(source.model)) {
    source.model = (folder.path() / (model_name(source.model) + ".pt2")).string();
    CORTADO_CHECK(export_python_model(options.model.model, source.python, source.model));
  }
  Graphs graphs;
  CORTADO_TRY(Model model, load_model(source));
  if (compiler::arrives_quantized(model.graph))
    return input_error(options.model.model + ": is quantized already: there is no float model in it to compare with",
                       "give the model that it was quantized from");
  compiler::CompileOptions compile;
  compile.stop_after = "quantize";
  const auto find = [&](const ir::Graph& normalised) { return find_ranges(normalised, options.ranges, model.prior); };
  CORTADO_TRY(compiler::Compiled compiled, compiler::compile(std::move(model.graph), find, compile));
  graphs.typed = std::move(compiled.graph);
  source.is_known = true;
  CORTADO_TRY(Model again, load_model(source));
  graphs.real = std::move(again.graph);
  CORTADO_CHECK(compiler::normalise(graphs.real));
  return graphs;
}

// DIR/000/NAME.float.npy and DIR/000/NAME.int8.npy.
Status dump(const std::filesystem::path& folder, std::size_t sample, const std::string& layer, const ir::Tensor& real,
            const ir::Tensor& stored) {
  char number[24];
  std::snprintf(number, sizeof number, "%03zu", sample);
  std::error_code error;
  std::filesystem::create_directories(folder / number, error);
  if (error) return input_error("cannot make the folder " + (folder / number).string() + ": " + error.message());
  CORTADO_CHECK(formats::write_npy(folder / number / (layer + ".float.npy"), real));
  return formats::write_npy(folder / number / (layer + ".int8.npy"), stored);
}

// The names of the `count` layers with the smallest key; layers without one are left out.
template <class Key>
std::vector<std::string> smallest(const Layers& layers, std::size_t count, Key key) {
  std::vector<const compiler::ComparedLayer*> order;
  for (const auto& layer : layers)
    if (key(layer)) order.push_back(&layer);
  std::stable_sort(order.begin(), order.end(), [&](const auto* a, const auto* b) { return *key(*a) < *key(*b); });
  std::vector<std::string> names;
  for (std::size_t i = 0; i < std::min(count, order.size()); ++i) names.push_back(order[i]->name);
  return names;
}
std::vector<std::string> noisiest(const Layers& layers, std::size_t count) {
  return smallest(layers, count, [](const auto& layer) { return layer.error.snr_db(); });
}
std::vector<std::string> largest_losses(const Layers& layers, std::size_t count) {
  return smallest(layers, count, [](const auto& layer) -> std::optional<double> {
    return layer.loss_db ? std::optional(-*layer.loss_db) : std::nullopt;
  });
}

Json optional_number(const std::optional<double>& number) { return number ? Json(*number) : Json(nullptr); }

void print_as_json(const Layers& layers, std::size_t samples, const CompareOptions& options) {
  Json list = Json::array();
  for (const auto& layer : layers)
    list.push_back({{"name", layer.name},
                    {"op", layer.op},
                    {"module", layer.module},
                    {"source", layer.source},
                    {"snr_db", optional_number(layer.error.snr_db())},
                    {"loss_db", optional_number(layer.loss_db)},
                    {"cosine", optional_number(layer.error.cosine())},
                    {"largest_error", layer.error.largest_error},
                    {"saturated", layer.error.saturated_share()},
                    {"scale", layer.quantization.scale[0]},
                    {"zero_point", layer.quantization.zero_point[0]}});
  print_json({{"samples", samples},
              {"layers", list},
              {"lowest_snr", noisiest(layers, options.top)},
              {"largest_losses", largest_losses(layers, options.top)}});
}

std::string decibels(const std::optional<double>& number) {
  char text[32] = "-";
  if (number) std::snprintf(text, sizeof text, "%.1f", *number);
  return text;
}

void print_names(const char* what, const std::vector<std::string>& names, const Layers& layers) {
  std::printf("\n%s:\n", what);
  for (const std::string& name : names)
    for (const auto& layer : layers)
      if (layer.name == name)
        std::printf("  %s%s%s\n", name.c_str(), layer.source.empty() ? "" : ", ", layer.source.c_str());
}

void print(const Layers& layers, std::size_t samples, const CompareOptions& options) {
  std::size_t width = 5;
  for (const auto& layer : layers) width = std::max(width, layer.name.size());
  const int column = static_cast<int>(std::min<std::size_t>(width, 40));
  std::printf("%zu samples, float against int8\n%-*s %8s %8s %9s %12s %10s  %s\n", samples, column, "layer", "SNR dB",
              "loss dB", "cosine", "largest err", "saturated", "operator");
  for (const auto& layer : layers)
    std::printf("%-*s %8s %8s %9.6f %12.5g %9.3f%%  %s\n", column, layer.name.c_str(),
                decibels(layer.error.snr_db()).c_str(), decibels(layer.loss_db).c_str(),
                layer.error.cosine().value_or(std::numeric_limits<double>::quiet_NaN()), layer.error.largest_error,
                100 * layer.error.saturated_share(), layer.op.c_str());
  print_names("lowest SNR", noisiest(layers, options.top), layers);
  print_names("largest loss in one layer", largest_losses(layers, options.top), layers);
}

Status run_compare(const CompareOptions& options) {
  const std::vector<std::string>& data = options.data.empty() ? options.ranges.calibration : options.data;
  if (data.empty()) return usage_error("there are no samples to compare on", "give --data PATH or --calibration PATH");
  CORTADO_TRY(const Graphs graphs, load_graphs(options));
  CORTADO_TRY(auto samples, open_samples(data, ports_of(graphs.real), options.ranges.image));
  if (options.most_samples != 0) samples = first_samples(std::move(samples), options.most_samples);
  compiler::CompareOptions how;
  how.threads = options.ranges.threads;
  how.progress = show_progress();
  if (!options.dump.empty())
    how.dump = [&](std::size_t sample, const std::string& layer, const ir::Tensor& real, const ir::Tensor& stored) {
      return dump(options.dump, sample, layer, real, stored);
    };
  CORTADO_TRY(const Layers layers, compiler::compare(graphs.real, graphs.typed, *samples, how));
  options.json ? print_as_json(layers, samples->size(), options) : print(layers, samples->size(), options);
  return {};
}

}  // namespace

Command add_compare(CLI::App& parent) {
  CLI::App* app = add_subcommand(parent, "compare", "Compare float with int8 layer by layer",
                                 "  cortado compare model.pt2 --calibration samples/\n"
                                 "  cortado compare model.pt2 --ranges ranges.json --data samples/ --json\n"
                                 "  cortado compare model.pt2 --calibration samples/ --dump tensors/");
  auto options = std::make_shared<CompareOptions>();
  add_model_options(*app, options->model);
  add_calibration_options(*app, options->ranges, true);
  app->add_option("--data", options->data, "Samples to compare on (default: those of --calibration); may be repeated")
      ->type_name("PATH");
  app->add_option("--samples", options->most_samples, "At most so many of them; 0: all")->capture_default_str();
  app->add_option("--top", options->top, "How many layers to name that lose most")->capture_default_str();
  app->add_option("--dump", options->dump, "Write SAMPLE/LAYER.float.npy and SAMPLE/LAYER.int8.npy there")
      ->type_name("DIR");
  app->add_flag("--json", options->json, "Print the result as JSON");
  return {app, [options] { return run_compare(*options); }};
}

}  // namespace cortado::tools
