// Built-in models, with the weights that the user has.
#pragma once

#include <string>

#include "support/result.h"
#include "tools/model.h"

namespace cortado::zoo {
struct Model;
}

namespace cortado::tools {

// Weights from the file options.weights, else from torch.hub's cache, else made up, with a warning.
Result<Model> build_from_zoo(const zoo::Model& model, const ModelOptions& options);

}  // namespace cortado::tools
