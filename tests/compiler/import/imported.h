// Imports of small archives, and how they are refused.
#pragma once

#include <gtest/gtest.h>

#include "compiler/import/import.h"
#include "ir/verify.h"
#include "tests/compiler/import/small_archive.h"

namespace cortado::testing {

inline ir::Graph imported(const SmallArchive& archive, const compiler::ImportOptions& options = {}) {
  auto graph = archive.import(options);
  EXPECT_TRUE(graph) << (graph ? "" : graph.error().text());
  if (!graph) return {};
  EXPECT_TRUE(ir::verify(graph.value()));
  return std::move(graph).value();
}

inline void expect_refused(const SmallArchive& archive, const std::vector<const char*>& parts) {
  const auto graph = archive.import();
  ASSERT_FALSE(graph) << parts[0];
  EXPECT_EQ(graph.error().fault, Fault::input);
  for (const char* part : parts) EXPECT_NE(graph.error().text().find(part), std::string::npos) << graph.error().text();
}

inline const ir::Value* value_named(const ir::Graph& graph, const std::string& name) {
  for (const auto& value : graph.values())
    if (value->name == name) return value.get();
  return nullptr;
}

}  // namespace cortado::testing
