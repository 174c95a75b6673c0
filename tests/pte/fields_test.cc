// The runtime's field ids are those of the schema.
#include "formats/pte/read/fields.h"

#include <gtest/gtest.h>

#include "formats/pte/program_generated.h"

namespace cortado::pte {
namespace {

// flatc's VT_… constants are offsets in the vtable: 4 + 2 · id.
#define EXPECT_FIELD(table, VT, id) EXPECT_EQ(static_cast<unsigned>(wire::table::VT), 4 + 2 * (field::id))

TEST(Fields, Values) {
  EXPECT_FIELD(EValue, VT_VAL_TYPE, evalue::val_type);
  EXPECT_FIELD(EValue, VT_VAL, evalue::val);
  EXPECT_FIELD(Tensor, VT_SCALAR_TYPE, tensor::scalar_type);
  EXPECT_FIELD(Tensor, VT_STORAGE_OFFSET, tensor::storage_offset);
  EXPECT_FIELD(Tensor, VT_SIZES, tensor::sizes);
  EXPECT_FIELD(Tensor, VT_DIM_ORDER, tensor::dim_order);
  EXPECT_FIELD(Tensor, VT_DATA_BUFFER_IDX, tensor::data_buffer_idx);
  EXPECT_FIELD(Tensor, VT_ALLOCATION_INFO, tensor::allocation_info);
  EXPECT_FIELD(Tensor, VT_SHAPE_DYNAMISM, tensor::shape_dynamism);
  EXPECT_FIELD(Tensor, VT_EXTRA_TENSOR_INFO, tensor::extra_tensor_info);
  EXPECT_FIELD(AllocationDetails, VT_MEMORY_ID, allocation_details::memory_id);
  EXPECT_FIELD(AllocationDetails, VT_MEMORY_OFFSET_LOW, allocation_details::memory_offset_low);
  EXPECT_FIELD(AllocationDetails, VT_MEMORY_OFFSET_HIGH, allocation_details::memory_offset_high);
  EXPECT_FIELD(ExtraTensorInfo, VT_MUTABLE_DATA_SEGMENTS_IDX, extra_tensor_info::mutable_data_segments_idx);
  EXPECT_FIELD(ExtraTensorInfo, VT_FULLY_QUALIFIED_NAME, extra_tensor_info::fully_qualified_name);
  EXPECT_FIELD(ExtraTensorInfo, VT_LOCATION, extra_tensor_info::location);
  EXPECT_FIELD(Int, VT_INT_VAL, scalar::value);
  EXPECT_FIELD(Bool, VT_BOOL_VAL, scalar::value);
  EXPECT_FIELD(Double, VT_DOUBLE_VAL, scalar::value);
  EXPECT_FIELD(String, VT_STRING_VAL, scalar::value);
  EXPECT_FIELD(IntList, VT_ITEMS, list::items);
  EXPECT_FIELD(TensorList, VT_ITEMS, list::items);
}

TEST(Fields, Instructions) {
  EXPECT_FIELD(Operator, VT_NAME, op::name);
  EXPECT_FIELD(Operator, VT_OVERLOAD, op::overload);
  EXPECT_FIELD(Instruction, VT_INSTR_ARGS_TYPE, instruction::instr_args_type);
  EXPECT_FIELD(Instruction, VT_INSTR_ARGS, instruction::instr_args);
  EXPECT_FIELD(KernelCall, VT_OP_INDEX, kernel_call::op_index);
  EXPECT_FIELD(KernelCall, VT_ARGS, kernel_call::args);
  EXPECT_FIELD(DelegateCall, VT_DELEGATE_INDEX, delegate_call::delegate_index);
  EXPECT_FIELD(MoveCall, VT_MOVE_FROM, move_call::move_from);
  EXPECT_FIELD(MoveCall, VT_MOVE_TO, move_call::move_to);
  EXPECT_FIELD(JumpFalseCall, VT_COND_VALUE_INDEX, jump_false_call::cond_value_index);
  EXPECT_FIELD(JumpFalseCall, VT_DESTINATION_INSTRUCTION, jump_false_call::destination_instruction);
  EXPECT_FIELD(BackendDelegate, VT_ID, delegate::id);
}

TEST(Fields, Program) {
  EXPECT_FIELD(ExecutionPlan, VT_NAME, execution_plan::name);
  EXPECT_FIELD(ExecutionPlan, VT_CONTAINER_META_TYPE, execution_plan::container_meta_type);
  EXPECT_FIELD(ExecutionPlan, VT_VALUES, execution_plan::values);
  EXPECT_FIELD(ExecutionPlan, VT_INPUTS, execution_plan::inputs);
  EXPECT_FIELD(ExecutionPlan, VT_OUTPUTS, execution_plan::outputs);
  EXPECT_FIELD(ExecutionPlan, VT_CHAINS, execution_plan::chains);
  EXPECT_FIELD(ExecutionPlan, VT_OPERATORS, execution_plan::operators);
  EXPECT_FIELD(ExecutionPlan, VT_DELEGATES, execution_plan::delegates);
  EXPECT_FIELD(ExecutionPlan, VT_NON_CONST_BUFFER_SIZES, execution_plan::non_const_buffer_sizes);
  EXPECT_FIELD(Chain, VT_INSTRUCTIONS, chain::instructions);
  EXPECT_FIELD(Buffer, VT_STORAGE, buffer::storage);
  EXPECT_FIELD(DataSegment, VT_OFFSET, data_segment::offset);
  EXPECT_FIELD(DataSegment, VT_SIZE, data_segment::size);
  EXPECT_FIELD(SubsegmentOffsets, VT_SEGMENT_INDEX, subsegment_offsets::segment_index);
  EXPECT_FIELD(SubsegmentOffsets, VT_OFFSETS, subsegment_offsets::offsets);
  EXPECT_FIELD(Program, VT_EXECUTION_PLAN, program::execution_plan);
  EXPECT_FIELD(Program, VT_CONSTANT_BUFFER, program::constant_buffer);
  EXPECT_FIELD(Program, VT_SEGMENTS, program::segments);
  EXPECT_FIELD(Program, VT_CONSTANT_SEGMENT, program::constant_segment);
  EXPECT_FIELD(Program, VT_MUTABLE_DATA_SEGMENTS, program::mutable_data_segments);
  EXPECT_FIELD(Program, VT_NAMED_DATA, program::named_data);
}

TEST(Fields, Unions) {
  EXPECT_EQ(static_cast<int>(wire::KernelTypes::Null), static_cast<int>(ValueKind::none));
  EXPECT_EQ(static_cast<int>(wire::KernelTypes::Tensor), static_cast<int>(ValueKind::tensor));
  EXPECT_EQ(static_cast<int>(wire::KernelTypes::IntList), static_cast<int>(ValueKind::int_list));
  EXPECT_EQ(static_cast<int>(wire::KernelTypes::OptionalTensorList), static_cast<int>(ValueKind::optional_tensor_list));
  EXPECT_EQ(static_cast<int>(wire::InstructionArguments::KernelCall), static_cast<int>(InstructionKind::kernel_call));
  EXPECT_EQ(static_cast<int>(wire::InstructionArguments::FreeCall), static_cast<int>(InstructionKind::free));
}

}  // namespace
}  // namespace cortado::pte
