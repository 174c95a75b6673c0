// The parameters of a built-in model, by the names that its checkpoint has.
#pragma once

#include <map>
#include <string>

#include "ir/tensor.h"
#include "support/result.h"

namespace cortado::zoo {

class Weights {
 public:
  // `source` is used in messages: the checkpoint's file.
  Weights(std::string source, std::map<std::string, ir::Tensor> tensors)
      : source_(std::move(source)), tensors_(std::move(tensors)) {}

  // An input error when there is no such parameter, or it is not f32 or has another shape.
  Result<ir::Tensor> get(const std::string& name, const ir::Shape& shape) const;
  const std::string& source() const { return source_; }

 private:
  std::string source_;
  std::map<std::string, ir::Tensor> tensors_;
};

}  // namespace cortado::zoo
