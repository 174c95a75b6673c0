// From an archive's bytes to the graph, as far as they allow.
#pragma once

#include "compiler/import/import.h"
#include "ir/verify.h"
#include "tests/fuzz/fuzz.h"

namespace cortado::fuzz {

inline void import(std::span<const std::uint8_t> bytes) {
  auto archive = formats::Pt2Archive::parse(bytes);
  if (!archive) return require_input_error(archive.error());
  const auto graph = compiler::import_archive(archive.value());
  if (!graph) return require_input_error(graph.error());
  const Status valid = ir::verify(graph.value());
  require(static_cast<bool>(valid), valid ? "" : "an invalid graph: " + valid.error().text());
}

}  // namespace cortado::fuzz
