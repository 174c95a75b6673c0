// cortado evaluate
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <optional>

#include "tools/command.h"
#include "tools/json.h"
#include "tools/labels.h"
#include "tools/model.h"
#include "tools/predict.h"

namespace cortado::tools {
namespace {

struct Options {
  ModelOptions model;
  std::string float_model;
  std::string data, labels;
  ExecuteOptions execute;
  ImageOptions image;
  bool json = false;
};

bool is_program(const std::string& file) { return std::filesystem::path(file).extension() == ".pte"; }

Result<std::unique_ptr<compiler::SampleSource>> open(const std::vector<Label>& labels, std::vector<Port> ports,
                                                     const Options& options) {
  std::vector<std::string> files;
  for (const Label& label : labels) files.push_back(label.file.string());
  return open_samples(files, std::move(ports), options.image);
}

Result<Scores> scores_of_model(const ModelOptions& model, const std::vector<Label>& labels, const Options& options) {
  CORTADO_TRY(const ir::Graph graph, load_model(model));
  std::vector<Port> ports;
  for (const ir::Value* input : graph.inputs) ports.push_back({input->name, input->type});
  CORTADO_TRY(const auto samples, open(labels, std::move(ports), options));
  return predict(graph, *samples);
}

Result<Scores> scores_of_program(const std::vector<Label>& labels, const Options& options) {
  CORTADO_TRY(const auto program, load_program(options.model.model));
  CORTADO_TRY(const auto samples, open(labels, input_ports(program), options));
  return predict(program, *samples, options.execute);
}

// Σ (a − b)² / Σ b² over all scores: noise power by signal power.
double noise_to_signal(const Scores& a, const Scores& b) {
  double noise = 0, signal = 0;
  for (std::size_t i = 0; i < a.size(); ++i)
    for (std::size_t j = 0; j < std::min(a[i].size(), b[i].size()); ++j) {
      noise += (a[i][j] - b[i][j]) * (a[i][j] - b[i][j]);
      signal += b[i][j] * b[i][j];
    }
  return signal == 0 ? 0 : noise / signal;
}

Status run(const Options& options) {
  CORTADO_TRY(const auto labels, read_labels(options.labels, options.data));
  CORTADO_TRY(const Scores scores, is_program(options.model.model) ? scores_of_program(labels, options)
                                                                   : scores_of_model(options.model, labels, options));
  std::optional<Scores> reference;
  if (!options.float_model.empty()) {
    ModelOptions model = options.model;
    model.model = options.float_model;
    CORTADO_TRY(reference, scores_of_model(model, labels, options));
  }
  std::size_t top1 = 0, top5 = 0, same = 0;
  for (std::size_t i = 0; i < labels.size(); ++i) {
    const auto wanted = static_cast<std::size_t>(labels[i].class_index);
    const auto five = top(scores[i], 5);
    top1 += !five.empty() && five[0] == wanted;
    top5 += std::find(five.begin(), five.end(), wanted) != five.end();
    if (reference) same += best(scores[i]) == best((*reference)[i]);
  }
  const double count = static_cast<double>(labels.size());
  const auto fraction = [&](std::size_t n) { return static_cast<double>(n) / count; };
  if (options.json) {
    Json json = {{"samples", labels.size()}, {"top1", fraction(top1)}, {"top5", fraction(top5)},
                 {"same_as_float", nullptr}};
    if (reference) json["same_as_float"] = fraction(same);
    if (reference) json["noise_to_signal"] = noise_to_signal(scores, *reference);
    print_json(json);
    return {};
  }
  std::printf("samples %zu\ntop-1   %zu (%.1f %%)\ntop-5   %zu (%.1f %%)\n", labels.size(), top1,
              100 * fraction(top1), top5, 100 * fraction(top5));
  if (reference)
    std::printf("same answer as float %zu (%.1f %%), noise/signal %.4f\n", same, 100 * fraction(same),
                noise_to_signal(scores, *reference));
  return {};
}

}  // namespace

Command add_evaluate(CLI::App& parent) {
  CLI::App* app = add_subcommand(
      parent, "evaluate", "Measure how often a classifier is right",
      "  cortado evaluate model.pte --data images/ --labels labels.csv --float model.pt2\n"
      "  cortado evaluate model.pt2 --data images/ --labels labels.csv --image-resize 256 --image-crop 224 --json");
  auto options = std::make_shared<Options>();
  add_model_options(*app, options->model, "FILE");
  app->add_option("--data", options->data, "Folder with the samples: only labels of files in it count")->type_name("DIR");
  app->add_option("--labels", options->labels, "CSV with the header file,class_index[,name]; paths relative to it")
      ->type_name("FILE")
      ->required();
  app->add_option("--float", options->float_model, "The float model, to count equal answers")->type_name("MODEL");
  app->add_option("--on", options->execute.on, "Where a program runs: " + place_names())->capture_default_str();
  add_image_options(*app, options->image);
  app->add_flag("--json", options->json, "Print the result as JSON");
  return {app, [options] { return run(*options); }};
}

}  // namespace cortado::tools
