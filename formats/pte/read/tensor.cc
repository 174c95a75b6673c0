#include "formats/pte/read/tensor.h"

#include "formats/pte/read/fields.h"
#include "support/checked.h"

namespace cortado::pte {
namespace {

namespace field = cortado::pte::field;

enum : unsigned {
  scalar_type,
  storage_offset,
  sizes_field,
  dim_order,
  data_buffer_idx,
  allocation_info,
  shape_dynamism,
  extra_tensor_info
};
constexpr FieldSize tensor_fields[File::tensor_field_count] = {
    {field::tensor::scalar_type, 1},    {field::tensor::storage_offset, 4},   {field::tensor::sizes, 4},
    {field::tensor::dim_order, 4},      {field::tensor::data_buffer_idx, 4},  {field::tensor::allocation_info, 4},
    {field::tensor::shape_dynamism, 1}, {field::tensor::extra_tensor_info, 4}};
enum : unsigned { memory_id, offset_low, offset_high };
constexpr FieldSize allocation_fields[File::allocation_field_count] = {
    {field::allocation_details::memory_id, 4},
    {field::allocation_details::memory_offset_low, 4},
    {field::allocation_details::memory_offset_high, 4}};

ErrorCode read_shape(File& file, const TableView& table, TensorRecord& record, ErrorReport& report) {
  constexpr std::uint8_t unbounded = 2;
  ops::Tensor& tensor = record.tensor;
  const auto sizes = read_vector<std::int32_t>(file.buffer(), table.reference(sizes_field));
  const auto order = read_vector<std::uint8_t>(file.buffer(), table.reference(dim_order));
  if (table.scalar<std::uint8_t>(shape_dynamism) == unbounded)
    return report.fail(ErrorCode::unsupported,
                       "a tensor's shape has no upper bound; export it with one, or as a fixed shape");
  if (sizes.count > ops::max_rank)
    return report.fail(ErrorCode::unsupported, "a tensor has ")
        .add(sizes.count)
        .add(" dimensions, more than ")
        .add(static_cast<std::int64_t>(ops::max_rank));
  if (order.count != sizes.count)
    return report.fail(ErrorCode::invalid_program, "a tensor's dim_order has ")
        .add(order.count)
        .add(" entries for ")
        .add(sizes.count)
        .add(" dimensions");
  // Strides are computed in 32 bits even where another size is 0, so 0 counts as 1 for the limit.
  std::size_t limited = size_bytes(tensor.dtype);
  bool empty = false;
  std::uint32_t seen = 0;
  for (std::uint32_t i = 0; i < sizes.count; ++i) {
    std::size_t size = 0;
    const bool valid = checked_cast(sizes[i], size);
    empty |= size == 0;
    if (!valid || !checked_mul(limited, size == 0 ? std::size_t{1} : size, limited) || limited > 0x7fffffff)
      return report.fail(ErrorCode::invalid_program, "a tensor's size is negative or too large: ").add(sizes[i]);
    if (order[i] >= sizes.count || (seen >> order[i] & 1u) != 0)
      return report.fail(ErrorCode::invalid_program, "a tensor's dim_order is not a permutation");
    seen |= 1u << order[i];
  }
  tensor.sizes = sizes.values;
  tensor.dim_order = order.values;
  tensor.rank = static_cast<std::uint8_t>(sizes.count);
  record.bytes = empty ? 0 : limited;
  return ErrorCode::ok;
}

ErrorCode read_allocation(File& file, std::uint32_t reference, TensorRecord& record, ErrorReport& report) {
  const TableView allocation =
      file.known_allocations.open(file.buffer(), file.buffer().follow(reference), allocation_fields);
  if (!allocation) return file.check_damage(report);
  record.place = TensorPlace::planned;
  record.memory_id = allocation.scalar<std::uint32_t>(memory_id);
  record.offset_bytes = allocation.scalar<std::uint32_t>(offset_low);
  if (allocation.scalar<std::uint32_t>(offset_high) != 0)
    return report.fail(ErrorCode::unsupported, "a tensor lies above 4 GiB of its memory region");
  if (record.offset_bytes % 16 != 0)
    return report.fail(ErrorCode::unsupported, "a tensor's place in its memory region is not 16-aligned: ")
        .add(static_cast<std::int64_t>(record.offset_bytes));
  return ErrorCode::ok;
}

}  // namespace

ErrorCode read_tensor(File& file, std::uint32_t position, TensorRecord& record, ErrorReport& report) {
  constexpr std::uint8_t external = 1;
  const TableView table = file.known_tensors.open(file.buffer(), position, tensor_fields);
  if (!table) return file.check_damage(report);
  const auto type = table.scalar<std::int8_t>(scalar_type);
  record.tensor.dtype = static_cast<DType>(type);
  if (type < 0 || size_bytes(record.tensor.dtype) == 0)
    return report.fail(ErrorCode::unsupported, "a tensor has the unknown element type ").add(type);
  if (read_shape(file, table, record, report) != ErrorCode::ok) return report.code();
  if (table.scalar<std::int32_t>(storage_offset) != 0)
    return report.fail(ErrorCode::unsupported, "a tensor has a storage offset");
  const auto data_index = table.scalar<std::uint32_t>(data_buffer_idx);
  Table extra;
  if (table.has(extra_tensor_info)) {
    extra = Table(file.buffer(), file.buffer().follow(table.reference(extra_tensor_info)));
    if (extra.scalar<std::uint8_t>(field::extra_tensor_info::location) == external)
      return report.fail(ErrorCode::unsupported, "a tensor's data lies in another file than the program");
  }
  const bool planned = table.has(allocation_info);
  if (planned && read_allocation(file, table.reference(allocation_info), record, report) != ErrorCode::ok)
    return report.code();
  if (file.check_damage(report) != ErrorCode::ok) return report.code();
  if (data_index == 0) return ErrorCode::ok;
  if (planned)
    return file.initial_state(extra.scalar<std::uint64_t>(field::extra_tensor_info::mutable_data_segments_idx),
                              data_index, record.bytes, record.initial, report);
  const void* data = nullptr;
  record.place = TensorPlace::constant;
  record.tensor.is_constant = true;
  if (file.constant(data_index, record.bytes, data, report) != ErrorCode::ok) return report.code();
  record.tensor.data = const_cast<void*>(data);  // is_constant says that nobody may write
  return ErrorCode::ok;
}

Text tensor_name(const Table& table) {
  return table.table(field::tensor::extra_tensor_info).text(field::extra_tensor_info::fully_qualified_name);
}

}  // namespace cortado::pte
