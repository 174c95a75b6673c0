#include "tools/zoo_model.h"

#include "tools/console.h"
#include "zoo/checkpoint.h"
#include "zoo/model.h"

namespace cortado::tools {
namespace {

void warn_of_made_up_weights(const zoo::Model& model) {
  const std::string name(model.name), line(78, '*');
  if (!model.is_trained) return notice(name + ": its weights are made up: it is for trying things out");
  std::string text = line + "\n  " + name +
                     " HAS NO TRAINED WEIGHTS HERE: THEY ARE MADE UP, AND SO ARE ITS ANSWERS.\n" +
                     "  Time and memory are those of the real network. For the real one give its weights:\n" +
                     "    --weights FILE       a state dict that torch.save wrote";
  if (!model.checkpoints.empty())
    text += "\n    or, where torchvision keeps them,\n    " + (zoo::hub_folder() / model.checkpoints[0]).string();
  warning("\n" + text + "\n" + line);
}

Result<zoo::Weights> find_weights(const zoo::Model& model, const ModelOptions& options) {
  if (!options.weights.empty()) return zoo::read_checkpoint(options.weights);
  if (const auto cached = zoo::cached_checkpoint(model)) {
    if (!options.is_known) notice(std::string(model.name) + ": weights from " + cached->string());
    return zoo::read_checkpoint(*cached);
  }
  return zoo::Weights::made_up();
}

}  // namespace

Result<Model> build_from_zoo(const zoo::Model& model, const ModelOptions& options) {
  CORTADO_TRY(zoo::Weights weights, find_weights(model, options));
  Model built;
  CORTADO_TRY(built.graph, model.build(weights));
  built.has_made_up_weights = weights.used_made_up();
  if (built.has_made_up_weights && !options.is_known) warn_of_made_up_weights(model);
  for (const double deviation : model.example_deviations) built.prior.spreads.push_back({.deviation = deviation});
  return built;
}

}  // namespace cortado::tools
