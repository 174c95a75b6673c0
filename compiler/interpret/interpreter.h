// Runs a graph of source operators on the host, by the operators' own float meaning.
//
// The graph may be imported, normalised or typed. On a typed graph an operator sees the real numbers that quantized
// values stand for, and its result is rounded to the output's parameters: quantization in the small, as PyTorch's
// q/dq graphs compute it.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// Called for every input and every state as a run finds them, and for every result as soon as it is computed.
using Observer = std::function<void(const ir::Value&, const ir::Tensor&)>;

// A graph being run, with its mutable buffers. Sessions of one graph are independent: use one per thread. The graph
// must stay as it is and outlive the session.
class Session {
 public:
  // Checks every node. An input error names the first operator that is unknown or misused, with its source line.
  static Result<Session> create(const ir::Graph& graph);
  Session(Session&&) noexcept;
  Session& operator=(Session&&) noexcept;
  ~Session();

  // `inputs`: as many tensors as the graph has inputs, of their types, in logical order. Intermediate values are freed
  // after their last use. Buffers that the graph mutates keep their new content for the next run.
  Result<std::vector<ir::Tensor>> run(const std::vector<ir::Tensor>& inputs, const Observer& observer = {});

  // The content of a state; for an input that the graph mutates, what the last run made of it. Null when unknown.
  const ir::Tensor* state(const ir::Value& value) const;
  // Every state takes its first content again.
  void reset();

 private:
  struct Program;
  explicit Session(std::unique_ptr<Program> program);
  std::unique_ptr<Program> program_;
};

// One run on fresh state.
Result<std::vector<ir::Tensor>> interpret(const ir::Graph& graph, const std::vector<ir::Tensor>& inputs,
                                          const Observer& observer = {});

// One node on given tensors: what constant folding needs.
Result<std::vector<ir::Tensor>> evaluate_node(const ir::Node& node,
                                              const std::function<ir::Tensor(const ir::Value&)>& at);

}  // namespace cortado::compiler
