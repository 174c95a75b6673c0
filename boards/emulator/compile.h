// Compiles target sources to objects, those that are not cached, in parallel. Host.
#pragma once

#include "boards/emulator/files.h"
#include "boards/emulator/firmware.h"
#include "boards/emulator/sources.h"

namespace cortado::boards {

// For sources, and for what includes the headers of a library that was compiled with it: see support/error_report.h.
constexpr const char* without_error_texts = "-DCORTADO_ERROR_TEXTS=0";

struct CompileJob {
  std::filesystem::path source;  // absolute
  std::filesystem::path object;  // where it goes; it is there whole or not at all
};

class ObjectCompiler {
 public:
  static Result<ObjectCompiler> create(const FirmwareSpec& spec, const Tools& tools, SourceTree& tree);

  // A source of the tree; the object is named by the hash of all that it depends on.
  Result<CompileJob> job(const std::string& source, const std::filesystem::path& cache);
  // A generated source, written beside its object.
  Result<CompileJob> generated(const std::string& name, const std::string& text, const std::filesystem::path& cache);
  // Those whose object is not there.
  Status run(const std::vector<CompileJob>& jobs, const ProgressCallback& progress) const;

 private:
  ObjectCompiler(const Core& core, const Tools& tools, SourceTree& tree, std::vector<std::string> flags, Hash base)
      : core_(&core), tools_(&tools), tree_(&tree), flags_(std::move(flags)), base_(base) {}
  Result<Hash> hash_of(const std::set<std::string>& files) const;
  Status compile(const CompileJob& job) const;

  const Core* core_;
  const Tools* tools_;
  SourceTree* tree_;
  std::vector<std::string> flags_;
  Hash base_;  // compiler and flags
};

}  // namespace cortado::boards
