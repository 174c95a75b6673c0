# The only list of operators. One line adds one: cortado_operator(FOLDER WIRE-OPERATORS…).
# ops/FOLDER/definition.cc, if any, defines add_FOLDER(Registry&): the source operators.
# ops/FOLDER/wire.cc, if any, defines add_FOLDER_wire(Registry&): the wire operators, each with the kernel and the
# cases that the folder defines under the operator's symbol (cmake/operators.cmake).
# Source operators alone.
cortado_operator(adaptive_max_pool)
cortado_operator(binary)
cortado_operator(cat)
cortado_operator(clamp)
cortado_operator(comparison)
cortado_operator(create)
cortado_operator(expand)
cortado_operator(identity)
cortado_operator(matmul)
cortado_operator(permute)
cortado_operator(reduce)
cortado_operator(slice)
cortado_operator(unary)
cortado_operator(view)
cortado_operator(where)
# With wire operators.
cortado_operator(linear cortex_m::quantized_linear.out)
cortado_operator(quantize cortex_m::quantize_per_tensor.out)
cortado_operator(dequantize cortex_m::dequantize_per_tensor.out)
cortado_operator(conv2d cortex_m::quantized_conv2d.out cortex_m::quantized_conv2d_nhwc.out)
cortado_operator(depthwise_conv2d cortex_m::quantized_depthwise_conv2d.out cortex_m::quantized_depthwise_conv2d_nhwc.out)
cortado_operator(add cortex_m::quantized_add.out)
cortado_operator(avg_pool2d cortex_m::quantized_avg_pool2d.out cortex_m::quantized_avg_pool2d_nhwc.out)
cortado_operator(max_pool2d cortex_m::quantized_max_pool2d.out cortex_m::quantized_max_pool2d_nhwc.out)
cortado_operator(softmax cortex_m::softmax.out)
cortado_operator(activation cortex_m::quantized_activation.out)
cortado_operator(pad cortex_m::pad.out)
cortado_operator(strided_views aten::permute_copy.out cortex_m::transpose.out aten::transpose_copy.int_out aten::t_copy.out aten::select_copy.int_out aten::slice_copy.Tensor_out aten::narrow_copy.out aten::flip.out aten::unfold_copy.out aten::as_strided_copy.out aten::diagonal_copy.out aten::expand_copy.out aten::repeat.out aten::pixel_shuffle.out aten::pixel_unshuffle.out)
cortado_operator(copies aten::alias_copy.out aten::detach_copy.out aten::lift_fresh_copy.out aten::clone.out dim_order_ops::_clone_dim_order.out dim_order_ops::_to_dim_order_copy.out aten::_to_copy.out aten::copy.out aten::copy_)
