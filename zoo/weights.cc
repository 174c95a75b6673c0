#include "zoo/weights.h"

#include "ir/type.h"

namespace cortado::zoo {

Result<ir::Tensor> Weights::get(const std::string& name, const ir::Shape& shape) const {
  const auto found = tensors_.find(name);
  if (found == tensors_.end())
    return input_error(source_ + ": has no parameter '" + name + "'",
                       "it must be a state dict of this model, as torch.save(model.state_dict(), …) writes it");
  const ir::Tensor& tensor = found->second;
  if (tensor.dtype() != DType::f32 || tensor.shape() != shape)
    return input_error(source_ + ": parameter '" + name + "' is " +
                       to_string(ir::Type{tensor.dtype(), tensor.shape(), {}, {}}) + ", the model needs " +
                       to_string(ir::Type{DType::f32, shape, {}, {}}));
  return tensor;
}

}  // namespace cortado::zoo
