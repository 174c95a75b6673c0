#include "formats/pte/parse.h"

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <memory>

#include "formats/pte/read/fields.h"
#include "formats/pte/read/tensor.h"

namespace cortado::pte {
namespace {

std::string string_of(const Text& text) { return text.text == nullptr ? "" : std::string(text.text, text.length); }

class Parser {
 public:
  // `data` is 16-aligned.
  Parser(const void* data, std::size_t size_bytes) : data_(data), size_(size_bytes), budget_(4 * size_bytes + 64) {}

  Result<Program> parse() {
    if (file_.open(data_, size_, report_) != ErrorCode::ok) return failed();
    Program program;
    program_ = &program;
    program.version = file_.program().scalar<std::uint32_t>(field::program::version);
    for (std::uint32_t i = 0; i < file_.methods().count(); ++i) {
      if (!spend(1)) return failed();
      program.plans.push_back(parse_plan(file_.methods()[i]));
      if (!ok()) return failed();
    }
    parse_named_data();
    if (!ok()) return failed();
    return program;
  }

 private:
  bool ok() { return report_.code() == ErrorCode::ok && file_.check_damage(report_) == ErrorCode::ok; }
  Diagnostic failed() const { return input_error(report_.text()); }
  // A small file can name the same list many times over: no more is read than a sound file of this size holds.
  bool spend(std::size_t items) {
    if (items > budget_)
      report_.fail(ErrorCode::invalid_program, "the program is damaged: it repeats its lists without end");
    budget_ -= std::min(budget_, items);
    return ok();
  }

  template <class T>
  std::vector<T> list(const Table& table, unsigned id) {
    const Vector<T> vector = table.vector<T>(id);
    if (!spend(vector.count)) return {};
    return std::vector<T>(vector.values, vector.values + vector.count);
  }
  std::string text(const Table& table, unsigned id) {
    const Text found = table.text(id);
    return spend(found.length / 4) ? string_of(found) : "";
  }

  Plan parse_plan(const Table& table) {
    Plan plan;
    plan.name = text(table, field::execution_plan::name);
    const Table container = table.table(field::execution_plan::container_meta_type);
    plan.input_spec = text(container, field::container_metadata::encoded_inp_str);
    plan.output_spec = text(container, field::container_metadata::encoded_out_str);
    plan.inputs = list<std::int32_t>(table, field::execution_plan::inputs);
    plan.outputs = list<std::int32_t>(table, field::execution_plan::outputs);
    plan.buffer_sizes = list<std::int64_t>(table, field::execution_plan::non_const_buffer_sizes);
    const Tables values = table.tables(field::execution_plan::values);
    for (std::uint32_t i = 0; i < values.count() && spend(1); ++i) plan.values.push_back(parse_value(values[i]));
    const Tables operators = table.tables(field::execution_plan::operators);
    for (std::uint32_t i = 0; i < operators.count() && spend(1); ++i)
      plan.operators.push_back({text(operators[i], field::op::name), text(operators[i], field::op::overload)});
    const Tables delegates = table.tables(field::execution_plan::delegates);
    for (std::uint32_t i = 0; i < delegates.count() && spend(1); ++i)
      plan.delegates.push_back(parse_delegate(delegates[i]));
    const Tables chains = table.tables(field::execution_plan::chains);
    if (ok() && chains.count() > 1)
      report_.fail(ErrorCode::unsupported, "a method has ")
          .add(chains.count())
          .add(" chains of instructions, must be 1");
    const Tables instructions = chains.count() == 1 ? chains[0].tables(field::chain::instructions) : Tables();
    for (std::uint32_t i = 0; i < instructions.count() && spend(1); ++i)
      plan.instructions.push_back(parse_instruction(instructions[i]));
    return plan;
  }

  Value parse_value(const Table& entry) {
    const auto kind = static_cast<ValueKind>(entry.scalar<std::uint8_t>(field::evalue::val_type));
    const Table value = entry.table(field::evalue::val);
    switch (kind) {
      case ValueKind::none: return None{};
      case ValueKind::integer: return value.scalar<std::int64_t>(field::scalar::value);
      case ValueKind::boolean: return value.scalar<std::uint8_t>(field::scalar::value) != 0;
      case ValueKind::number: return value.scalar<double>(field::scalar::value);
      case ValueKind::text: return text(value, field::scalar::value);
      case ValueKind::tensor: return parse_tensor(value);
      case ValueKind::int_list: {
        const auto items = list<std::int64_t>(value, field::list::items);
        return IntList{{items.begin(), items.end()}};
      }
      case ValueKind::number_list: return DoubleList{list<double>(value, field::list::items)};
      case ValueKind::bool_list: {
        const auto items = list<std::uint8_t>(value, field::list::items);
        BoolList flags;
        for (std::uint8_t item : items) flags.items.push_back(item != 0);
        return flags;
      }
      case ValueKind::tensor_list: return TensorList{list<std::int32_t>(value, field::list::items)};
      case ValueKind::optional_tensor_list: return OptionalTensorList{list<std::int32_t>(value, field::list::items)};
      default: break;
    }
    if (ok())
      report_.fail(ErrorCode::invalid_program, "a value is of an unknown kind: ").add(static_cast<std::int64_t>(kind));
    return None{};
  }

  // Content `index` of the file's table (0 = none of ours yet) becomes an entry of `contents`, kept at its largest.
  static std::uint32_t store(std::vector<Bytes>& contents, std::uint32_t index, const void* data,
                             std::size_t size_bytes) {
    if (contents.size() < index) contents.resize(index);
    Bytes& content = contents[index - 1];
    const auto* bytes = static_cast<const std::uint8_t*>(data);
    if (content.size() < size_bytes) content.assign(bytes, bytes + size_bytes);
    return index - 1;
  }

  Value parse_tensor(const Table& table) {
    Tensor tensor;
    TensorRecord record;
    tensor.dynamism = static_cast<Dynamism>(table.scalar<std::uint8_t>(field::tensor::shape_dynamism));
    if (!ok() || read_tensor(file_, table.position(), record, report_) != ErrorCode::ok) return None{};
    const ops::Tensor& read = record.tensor;
    tensor.dtype = read.dtype;
    tensor.sizes.assign(read.sizes, read.sizes + read.rank);
    tensor.dim_order.assign(read.dim_order, read.dim_order + read.rank);
    tensor.name = text(table.table(field::tensor::extra_tensor_info), field::extra_tensor_info::fully_qualified_name);
    const auto index = table.scalar<std::uint32_t>(field::tensor::data_buffer_idx);
    if (record.place == TensorPlace::constant)
      tensor.constant = store(program_->constants, index, read.data, record.bytes);
    if (record.place == TensorPlace::planned) tensor.allocation = Allocation{record.memory_id, record.offset_bytes};
    if (record.initial != nullptr)
      tensor.initial = store(program_->initial_states, index, record.initial, record.bytes);
    return tensor;
  }

  Instruction parse_instruction(const Table& entry) {
    const auto kind = static_cast<InstructionKind>(entry.scalar<std::uint8_t>(field::instruction::instr_args_type));
    const Table call = entry.table(field::instruction::instr_args);
    switch (kind) {
      case InstructionKind::kernel_call:
        return KernelCall{call.scalar<std::int32_t>(field::kernel_call::op_index),
                          list<std::int32_t>(call, field::kernel_call::args)};
      case InstructionKind::delegate_call:
        return DelegateCall{call.scalar<std::int32_t>(field::delegate_call::delegate_index),
                            list<std::int32_t>(call, field::delegate_call::args)};
      case InstructionKind::move:
        return Move{call.scalar<std::int32_t>(field::move_call::move_from),
                    call.scalar<std::int32_t>(field::move_call::move_to)};
      case InstructionKind::jump_false:
        return JumpFalse{call.scalar<std::int32_t>(field::jump_false_call::cond_value_index),
                         call.scalar<std::int32_t>(field::jump_false_call::destination_instruction)};
      case InstructionKind::free: return Free{call.scalar<std::int32_t>(field::free_call::value_index)};
      default: break;
    }
    if (ok())
      report_.fail(ErrorCode::invalid_program, "an instruction of unknown kind: ").add(static_cast<std::int64_t>(kind));
    return Free{};
  }

  Delegate parse_delegate(const Table& table) {
    constexpr std::uint8_t in_segment = 1;
    Delegate delegate;
    delegate.backend = text(table, field::delegate::id);
    const Table reference = table.table(field::delegate::processed);
    const auto index = reference.scalar<std::uint32_t>(field::delegate_data_reference::index);
    if (reference.scalar<std::uint8_t>(field::delegate_data_reference::location) == in_segment) {
      delegate.processed = segment(index);
    } else {
      const Tables blobs = file_.program().tables(field::program::backend_delegate_data);
      if (index < blobs.count())
        delegate.processed = list<std::uint8_t>(blobs[index], field::delegate_inline_data::data);
    }
    const Tables specs = table.tables(field::delegate::compile_specs);
    for (std::uint32_t i = 0; i < specs.count() && spend(1); ++i)
      delegate.compile_specs.push_back(
          {text(specs[i], field::compile_spec::key), list<std::uint8_t>(specs[i], field::compile_spec::value)});
    return delegate;
  }

  Bytes segment(std::uint32_t index) {
    const std::uint8_t* data = nullptr;
    std::size_t bytes = 0;
    if (!ok() || file_.segment(index, data, bytes, report_) != ErrorCode::ok || !spend(bytes)) return {};
    return {data, data + bytes};
  }

  void parse_named_data() {
    const Tables entries = file_.program().tables(field::program::named_data);
    for (std::uint32_t i = 0; i < entries.count() && spend(1); ++i) {
      NamedData data{text(entries[i], field::named_data::key), {}};
      data.data = segment(entries[i].scalar<std::uint32_t>(field::named_data::segment_index));
      program_->named_data.push_back(std::move(data));
    }
  }

  const void* data_;
  std::size_t size_;
  std::size_t budget_;
  File file_;
  ErrorReport report_;
  Program* program_ = nullptr;
};

struct FreeMemory {
  void operator()(void* block) const { std::free(block); }
};

}  // namespace

Result<Program> parse(std::span<const std::uint8_t> file) {
  // malloc aligns to 16, as the reader wants it; the given bytes may lie anywhere.
  const std::unique_ptr<void, FreeMemory> copy(std::malloc(file.size() + 1));
  if (!copy) return input_error("there is no memory for the program");
  if (!file.empty()) std::memcpy(copy.get(), file.data(), file.size());
  return Parser(copy.get(), file.size()).parse();
}

}  // namespace cortado::pte
