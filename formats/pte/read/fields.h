// Field ids of program.fbs, in the order of the schema there (a test compares them with the generated code).
// Host and target, C++17.
#pragma once

namespace cortado::pte::field {

namespace container_metadata {
enum : unsigned { encoded_inp_str, encoded_out_str };
}
namespace allocation_details {
enum : unsigned { memory_id, memory_offset_low, memory_offset_high };
}
namespace extra_tensor_info {
enum : unsigned { mutable_data_segments_idx, fully_qualified_name, location, device_type, device_index };
}
namespace tensor {
enum : unsigned {
  scalar_type,
  storage_offset,
  sizes,
  dim_order,
  requires_grad,
  data_buffer_idx,
  allocation_info,
  layout,
  shape_dynamism,
  extra_tensor_info,
};
}
namespace scalar {
enum : unsigned { value };
}  // namespace scalar
namespace list {
enum : unsigned { items };
}
namespace evalue {
enum : unsigned { val_type, val };
}
namespace op {
enum : unsigned { name, overload };
}
namespace kernel_call {
enum : unsigned { op_index, args };
}
namespace delegate_call {
enum : unsigned { delegate_index, args };
}
namespace move_call {
enum : unsigned { move_from, move_to };
}
namespace jump_false_call {
enum : unsigned { cond_value_index, destination_instruction };
}
namespace free_call {
enum : unsigned { value_index };
}
namespace instruction {
enum : unsigned { instr_args_type, instr_args };
}
namespace delegate_data_reference {
enum : unsigned { location, index };
}
namespace compile_spec {
enum : unsigned { key, value };
}
namespace delegate {
enum : unsigned { id, processed, compile_specs };
}
namespace chain {
enum : unsigned { inputs, outputs, instructions, stacktrace };
}
namespace execution_plan {
enum : unsigned {
  name,
  container_meta_type,
  values,
  inputs,
  outputs,
  chains,
  operators,
  delegates,
  non_const_buffer_sizes,
  non_const_buffer_device,
};
}
namespace buffer {
enum : unsigned { storage };
}
namespace delegate_inline_data {
enum : unsigned { data };
}
namespace data_segment {
enum : unsigned { offset, size };
}
namespace subsegment_offsets {
enum : unsigned { segment_index, offsets };
}
namespace named_data {
enum : unsigned { key, segment_index };
}
namespace program {
enum : unsigned {
  version,
  execution_plan,
  constant_buffer,
  backend_delegate_data,
  segments,
  constant_segment,
  mutable_data_segments,
  named_data,
};
}

}  // namespace cortado::pte::field

namespace cortado::pte {

// Members of the union KernelTypes.
enum class ValueKind : unsigned char {
  absent,
  none,
  integer,
  boolean,
  number,
  tensor,
  text,
  int_list,
  number_list,
  bool_list,
  tensor_list,
  optional_tensor_list,
};
// Members of the union InstructionArguments.
enum class InstructionKind : unsigned char { absent, kernel_call, delegate_call, move, jump_false, free };

}  // namespace cortado::pte
