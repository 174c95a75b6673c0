// The parameters of a built-in model: from a checkpoint, by the names that it has, or made up.
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "ir/tensor.h"
#include "support/result.h"

namespace cortado::zoo {

// How a parameter is made up when there is no checkpoint: near a bell curve, within 3.5 deviations.
struct MadeUp {
  double mean = 0;
  double deviation = 1;
};

class Weights {
 public:
  // `source` is used in messages: the checkpoint's file.
  Weights(std::string source, std::map<std::string, ir::Tensor> tensors)
      : source_(std::move(source)), tensors_(std::move(tensors)) {}
  // The same numbers for the same names, on every host.
  static Weights made_up();

  // The parameter. Where the checkpoint has none of that name, or not as f32 of that shape, zeros; status() tells.
  ir::Tensor take(const std::string& name, const ir::Shape& shape, const MadeUp& made_up);

  // After all has been taken: an input error that names every parameter that was missing or had another type or shape,
  // and every one in the checkpoint that the model does not have.
  Status status() const;

  // Whether the model has parameters that are made up.
  bool used_made_up() const { return is_made_up_ && !taken_.empty(); }

 private:
  std::string source_;
  std::map<std::string, ir::Tensor> tensors_;
  bool is_made_up_ = false;
  std::set<std::string> taken_;
  std::vector<std::string> problems_;
};

}  // namespace cortado::zoo
