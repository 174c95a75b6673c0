// The values of a program being written.
#pragma once

#include <map>
#include <unordered_map>

#include "compiler/plan/plan.h"
#include "formats/pte/program.h"
#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

class ValueTable {
 public:
  ValueTable(const Plan& plan, pte::Program& program, pte::Plan& method)
      : plan_(plan), program_(program), method_(method) {}

  // The index of a tensor's value; the same tensor has one.
  Result<pte::Index> tensor(const ir::Value& value);
  // Indices of scalars and lists; equal ones have one.
  pte::Index none();
  pte::Index integer(std::int64_t value);
  pte::Index boolean(bool value);
  pte::Index number(double value);
  pte::Index string(const std::string& value);
  pte::Index integers(const std::vector<std::int64_t>& values);
  pte::Index numbers(const std::vector<double>& values);
  pte::Index booleans(const std::vector<bool>& values);
  Result<pte::Index> tensors(const std::vector<const ir::Value*>& values);
  Result<pte::Index> optional_tensors(const std::vector<const ir::Value*>& values);  // null where absent

 private:
  pte::Index add(pte::Value value);
  pte::Index once(std::string content, pte::Value value);
  Result<std::vector<pte::Index>> indices(const std::vector<const ir::Value*>& values);
  std::uint32_t data(std::vector<pte::Bytes>& table, std::map<std::string, std::uint32_t>& known,
                     const ir::Value& value);

  const Plan& plan_;
  pte::Program& program_;
  pte::Plan& method_;
  std::unordered_map<const ir::Value*, pte::Index> tensors_;
  std::map<std::string, pte::Index> scalars_;       // by kind and content
  std::map<std::string, std::uint32_t> constants_;  // by bytes
};

}  // namespace cortado::compiler
