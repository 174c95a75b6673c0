// ExecuTorch's own kernels take less than ours: what is more is said in calls that they take.
#pragma once

#include "ir/graph.h"
#include "support/result.h"

namespace cortado::compiler {

// On a lowered graph of the cortex_m dialect. Results keep their bytes, types and memory orders. What is changed:
//   quantized_add, _mul, _div  take operands of one shape; add and mul also, channels last, one value a channel
//                              (ExecuTorch: backends/cortex_m/ops/cortex_m_ops_common.h, is_channel_broadcast)
//   cortex_m::transpose        takes rank 1 to 4
//   cortex_m::softmax          goes along the last dimension
//   aten:: functions of two tensors take one memory order (kernels/portable: tensors_have_same_dim_order)
//   aten::reflection_pad2d, replication_pad2d  take logical order (tensor_is_default_dim_order)
//   aten::add, sub             of integers take an integer as factor (check_alpha_type)
Status fit_kernels(ir::Graph& graph);

}  // namespace cortado::compiler
