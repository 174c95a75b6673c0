// What a firmware is made of: files of this source tree. Host.
//
// A source file brings along, for every header "a/b.h" that it includes, directly or not, the source a/b.cc where there
// is one; kernels are found by the operators of ops/operators.cmake. So there is no second list to keep.
#pragma once

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "support/result.h"

namespace cortado::boards {

// A row of ops/loops.h.
struct InnerLoop {
  std::string stage, name;
};

class SourceTree {
 public:
  // The tree that this program was built from, or the one that the variable CORTADO_HOME names.
  static Result<SourceTree> open();

  const std::filesystem::path& home() const { return home_; }
  // The project's headers that `file` includes, directly or not, and itself; paths relative to home, in name order.
  Result<std::set<std::string>> includes(const std::string& file);
  // `files` and the sources that they bring along.
  Result<std::set<std::string>> with_implementations(const std::vector<std::string>& files);
  // The folder of each wire operator, from ops/operators.cmake.
  Result<std::map<std::string, std::string>> operators() const;
  // The stages' inner loops, from ops/loops.h.
  Result<std::vector<InnerLoop>> loops() const;
  // The *.cc of a folder, by name.
  std::vector<std::string> sources_in(const std::string& folder) const;
  // The names of the folders in a folder, in order.
  std::vector<std::string> folders_in(const std::string& folder) const;
  const std::string& text(const std::string& file) const { return text_.at(file); }

 private:
  explicit SourceTree(std::filesystem::path home) : home_(std::move(home)) {}
  Status load(const std::string& file);

  std::filesystem::path home_;
  std::map<std::string, std::string> text_;                 // by path relative to home
  std::map<std::string, std::vector<std::string>> direct_;  // what it includes
};

}  // namespace cortado::boards
