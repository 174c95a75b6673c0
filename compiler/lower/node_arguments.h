// The arguments of a wire operator's node as its kernel reads them. Host.
#pragma once

#include <deque>
#include <memory>
#include <vector>

#include "ir/graph.h"
#include "ops/definition.h"

namespace cortado::compiler {

// Constants have their data, in the order of their memory. Other tensors point to memory that must not be read: enough
// to prepare a call, not to run it. What is read lives as long as the reader.
class NodeArguments final : public ops::ArgumentReader {
 public:
  NodeArguments(const ir::Node& node, const ops::WireOperator& wire, ErrorReport& report)
      : node_(&node), wire_(&wire), report_(&report) {}

  ErrorCode read(const char* name, ops::Tensor& value) override;
  ErrorCode read(const char* name, ops::OptionalTensor& value) override;
  ErrorCode read(const char* name, ops::TensorList& value) override;
  ErrorCode read(const char* name, std::int64_t& value) override;
  ErrorCode read(const char* name, ops::OptionalInt& value) override;
  ErrorCode read(const char* name, double& value) override;
  ErrorCode read(const char* name, ops::OptionalNumber& value) override;
  ErrorCode read(const char* name, bool& value) override;
  ErrorCode read(const char* name, ops::IntList& value) override;
  ErrorCode read(const char* name, ops::OptionalIntList& value) override;
  ErrorCode read(const char* name, ops::NumberList& value) override;
  ErrorCode read(const char* name, ops::OptionalNumberList& value) override;
  ErrorCode read(const char* name, ops::BoolList& value) override;
  ErrorCode read(const char* name, ops::Scalar& value) override;
  ErrorCode read(const char* name, ops::OptionalScalar& value) override;
  ErrorCode read(const char* name, ops::String& value) override;
  ErrorCode read(const char* name, ops::OptionalString& value) override;
  ErrorCode read(const char* name, ops::OptionalDType& value) override;
  ErrorReport& report() override { return *report_; }

 private:
  // The next argument in wire order; None when the node does not give it.
  const ir::Argument& next();
  // Reads an optional argument by the form that it has when it is given.
  template <class Base, class T>
  ErrorCode optional(const char* name, T& value);
  ErrorCode misfit(const char* name);
  ops::Tensor tensor(const ir::Value& value);

  const ir::Node* node_;
  const ops::WireOperator* wire_;
  ErrorReport* report_;
  std::size_t position_ = 0;
  // What the arguments point to.
  std::deque<std::vector<std::int32_t>> sizes_;
  std::deque<std::vector<std::uint8_t>> orders_;
  std::deque<ir::Tensor> constants_;
  std::deque<std::vector<ops::Tensor>> tensors_;
  std::deque<std::unique_ptr<bool[]>> flags_;
};

}  // namespace cortado::compiler
