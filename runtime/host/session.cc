#include "runtime/host/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>

#include "support/atomic_file.h"

namespace cortado::runtime {
namespace {

constexpr std::size_t arena_limit_bytes = std::size_t{1} << 31;

// Zeroed memory, 16-aligned, as the C library gives it.
struct Free {
  void operator()(void* block) const { std::free(block); }
};
using Block = std::unique_ptr<void, Free>;
static_assert(alignof(std::max_align_t) >= 16);
Block allocate(std::size_t size_bytes) { return Block(std::calloc(size_bytes == 0 ? 1 : size_bytes, 1)); }

PortInfo describe(const Port& port, const std::string& fallback) {
  PortInfo info;
  info.name = port.name.length != 0 ? std::string(port.name.text, port.name.length) : fallback;
  info.is_tensor = port.is_tensor;
  info.number = port.number;
  const ops::Tensor& tensor = port.tensor;
  info.type.dtype = port.is_tensor ? tensor.dtype : DType::f64;
  info.type.shape.assign(tensor.sizes, tensor.sizes + tensor.rank);
  info.type.dim_order.assign(tensor.dim_order, tensor.dim_order + tensor.rank);
  return info;
}

}  // namespace

struct Session::Data {
  std::string name;
  Block file, arena;
  Sizes sizes;
  Program* program = nullptr;
  std::vector<PortInfo> inputs, outputs;

  // Logical order <-> the program's memory.
  Status give(std::uint32_t index, const ir::Tensor& value);
  ir::Tensor take(std::uint32_t index) const;
};

Session::Session(std::unique_ptr<Data> data) : data_(std::move(data)) {}
Session::Session(Session&&) noexcept = default;
Session& Session::operator=(Session&&) noexcept = default;
Session::~Session() = default;

Result<Session> Session::load(std::vector<std::uint8_t> program, const std::string& name, const std::string& method,
                              Observer observer) {
  auto data = std::make_unique<Data>();
  data->name = name;
  data->file = allocate(program.size());
  if (!data->file) return input_error(name + ": there is no memory for the program");
  std::copy(program.begin(), program.end(), static_cast<std::uint8_t*>(data->file.get()));
  Options options;
  options.program = data->file.get();
  options.program_bytes = program.size();
  options.method = method.empty() ? nullptr : method.c_str();
  options.observer = observer;
  ErrorReport report;
  if (measure(options, data->sizes, report) != ErrorCode::ok) return input_error(name + ": " + report.text());
  const std::size_t arena_bytes = data->sizes.arena_bytes;
  if (arena_bytes <= arena_limit_bytes) data->arena = allocate(arena_bytes);
  if (!data->arena)
    return input_error(name + ": the program needs an arena of " + std::to_string(arena_bytes) + " bytes");
  options.arena = {data->arena.get(), arena_bytes};
  data->program = Program::load(options, report);
  if (data->program == nullptr) return input_error(name + ": " + report.text());
  for (std::uint32_t i = 0; i < data->program->input_count(); ++i)
    data->inputs.push_back(describe(data->program->input(i), "input_" + std::to_string(i)));
  for (std::uint32_t i = 0; i < data->program->output_count(); ++i)
    data->outputs.push_back(describe(data->program->output(i), "output_" + std::to_string(i)));
  return Session(std::move(data));
}

Result<Session> Session::load_file(const std::filesystem::path& path, const std::string& method, Observer observer) {
  CORTADO_TRY(std::vector<std::uint8_t> bytes, read_file(path));
  return load(std::move(bytes), path.string(), method, observer);
}

const std::vector<PortInfo>& Session::inputs() const { return data_->inputs; }
const std::vector<PortInfo>& Session::outputs() const { return data_->outputs; }
const Sizes& Session::sizes() const { return data_->sizes; }
void Session::reset() { data_->program->reset(); }
Program& Session::program() { return *data_->program; }

Status Session::Data::give(std::uint32_t index, const ir::Tensor& value) {
  const PortInfo& info = inputs[index];
  if (!info.is_tensor) {
    if (value.elements() == 1 && value.as_double(0) == info.number) return {};
    return input_error(name + ": input \"" + info.name + "\" is a number that was fixed when the model was exported, " +
                       fmt::format("{}", info.number));
  }
  if (value.dtype() != info.type.dtype || value.shape() != info.type.shape) {
    const ir::Type given{value.dtype(), value.shape(), {}, {}}, wanted{info.type.dtype, info.type.shape, {}, {}};
    return input_error(name + ": input \"" + info.name + "\" is " + to_string(given) + ", must be " +
                       to_string(wanted));
  }
  const ir::Tensor physical = ir::to_physical(value, info.type.dim_order);
  const Port& port = program->input(index);
  if (port.bytes != 0 && !port.tensor.is_constant) std::memcpy(port.tensor.data, physical.bytes().data(), port.bytes);
  return {};
}

ir::Tensor Session::Data::take(std::uint32_t index) const {
  const PortInfo& info = outputs[index];
  const Port& port = program->output(index);
  if (!port.is_tensor) return ir::Tensor::of<double>(DType::f64, {}, {port.number});
  ir::Shape shape;
  for (std::uint8_t dim : info.type.dim_order) shape.push_back(info.type.shape[dim]);
  ir::Tensor physical(info.type.dtype, shape);
  if (port.bytes != 0) std::memcpy(physical.mutable_bytes().data(), port.tensor.data, port.bytes);
  return ir::to_logical(physical, info.type.dim_order);
}

Result<std::vector<ir::Tensor>> Session::run(const std::vector<ir::Tensor>& inputs) {
  const auto tensors = static_cast<std::size_t>(
      std::count_if(data_->inputs.begin(), data_->inputs.end(), [](const PortInfo& info) { return info.is_tensor; }));
  const bool all = inputs.size() == data_->inputs.size();
  if (!all && inputs.size() != tensors)
    return input_error(data_->name + ": " + std::to_string(inputs.size()) + " inputs are given, the program takes " +
                       std::to_string(data_->inputs.size()));
  std::size_t next = 0;
  for (std::uint32_t i = 0; i < data_->inputs.size(); ++i)
    if (all || data_->inputs[i].is_tensor) CORTADO_CHECK(data_->give(i, inputs[next++]));
  if (!data_->program->run()) {
    const std::int32_t index = data_->program->failed_instruction();
    return input_error(data_->name + ": instruction " + std::to_string(index) + ", " +
                       data_->program->instruction_name(static_cast<std::uint32_t>(index)) +
                       ": an index is out of range");
  }
  std::vector<ir::Tensor> outputs;
  for (std::uint32_t i = 0; i < data_->outputs.size(); ++i) outputs.push_back(data_->take(i));
  return outputs;
}

}  // namespace cortado::runtime
