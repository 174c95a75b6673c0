// Tensors of noise for small networks.
#pragma once

#include "ir/tensor.h"
#include "ir/type.h"
#include "support/random.h"

namespace cortado::compiler::testing {

inline ir::Tensor noise(ir::Shape shape, std::uint64_t seed) {
  Random random(seed);
  ir::Tensor tensor(DType::f32, std::move(shape));
  for (std::int64_t i = 0; i < tensor.elements(); ++i)
    tensor.mutable_data<float>()[i] = static_cast<float>(random.normal());
  return tensor;
}

inline ir::Type f32(ir::Shape shape) { return {DType::f32, std::move(shape), {}, {}}; }

}  // namespace cortado::compiler::testing
