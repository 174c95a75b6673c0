// A program as C: a header with its figures and a source file with its bytes, for firmware that links it in.
#pragma once

#include <filesystem>
#include <string>

#include "compiler/compile.h"

namespace cortado::tools {

struct HeaderText {
  std::string header;  // constants: memory, inputs, outputs, operators
  std::string source;  // the .pte as an array
};

// `name`: what the identifiers begin with; "" or letters outside [A-Za-z0-9_] become fitting ones. `header_file` is
// what the source includes.
Result<HeaderText> header_text(const compiler::Compiled& compiled, const std::string& name,
                               const std::string& header_file);

// Writes FILE.h and, beside it, FILE.c.
Status emit_header(const compiler::Compiled& compiled, const std::filesystem::path& header);

}  // namespace cortado::tools
