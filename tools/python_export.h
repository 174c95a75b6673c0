// Python models: exported to a .pt2 by the user's own Python and PyTorch, in a child process.
#pragma once

#include <chrono>
#include <filesystem>
#include <string>

#include "support/result.h"

namespace cortado::tools {

struct PythonOptions {
  std::string python;       // the interpreter; "": the one of VIRTUAL_ENV, else python3 or python on the PATH
  std::string model_input;  // a .pt with example inputs; a pickled module has none of its own
  bool strict = false;      // torch.export's strict mode
  std::chrono::seconds time_limit{600};
};

// .py, .pt or .pth.
bool is_python_model(const std::filesystem::path& model);

// `model` is a .py that defines ModelUnderTest and ModelInputs, or a module saved by torch.save. Errors: no Python, no
// PyTorch there, what the model's code or torch.export raises (the end of their messages), a crash, the time limit.
Status export_python_model(const std::filesystem::path& model, const PythonOptions& options,
                           const std::filesystem::path& to);

}  // namespace cortado::tools
