// Checkpoints of the right shapes for tests, without a table that would only repeat the model.
#pragma once

#include <map>
#include <string>

#include "zoo/model.h"

namespace cortado::zoo {

// Zeros for every parameter that the model asks for: their names and shapes are read off the message that lists them.
inline std::map<std::string, ir::Tensor> zeros_for(const Model& model) {
  Weights none("none.pth", {});
  const auto graph = model.build(none);
  std::map<std::string, ir::Tensor> tensors;
  if (graph) return tensors;
  const std::string& text = graph.error().message;
  const std::string begin = "missing: '", middle = "', f32[";
  for (std::size_t at = text.find(begin); at != std::string::npos; at = text.find(begin, at + 1)) {
    const std::size_t name_begin = at + begin.size(), name_end = text.find(middle, name_begin);
    ir::Shape shape;
    for (std::size_t digit = name_end + middle.size(); digit < text.size() && text[digit - 1] != ']';) {
      std::size_t used = 0;
      shape.push_back(std::stoll(text.substr(digit), &used));
      digit += used + (text[digit + used] == ']' ? 1 : 2);
    }
    tensors[text.substr(name_begin, name_end - name_begin)] = ir::Tensor(DType::f32, shape);
  }
  return tensors;
}

}  // namespace cortado::zoo
