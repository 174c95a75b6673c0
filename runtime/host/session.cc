#include "runtime/host/session.h"

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

Status refuse_input(const std::string& file, const PortInfo& expected, const ir::Tensor& given) {
  ir::Type type;
  type.dtype = given.dtype();
  type.shape = given.shape();
  return input_error(file + ": input \"" + expected.name + "\" is " + to_string(type) + ", must be " + to_string(expected.type));
}

}  // namespace

struct Session::Data {
  std::string name;
  Block file, arena;
  Sizes sizes;
  Program* program = nullptr;
  std::vector<PortInfo> inputs, outputs;
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
  std::memcpy(data->file.get(), program.data(), program.size());
  Options options;
  options.program = data->file.get();
  options.program_bytes = program.size();
  options.method = method.empty() ? nullptr : method.c_str();
  options.observer = observer;
  ErrorReport report;
  if (measure(options, data->sizes, report) != ErrorCode::ok) return input_error(name + ": " + report.text());
  const std::size_t arena_bytes = data->sizes.arena_bytes;
  if (arena_bytes <= arena_limit_bytes) data->arena = allocate(arena_bytes);
  if (!data->arena) return input_error(name + ": the program needs an arena of " + std::to_string(arena_bytes) + " bytes");
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

Result<std::vector<ir::Tensor>> Session::run(const std::vector<ir::Tensor>& inputs) {
  Program& program = *data_->program;
  if (inputs.size() != data_->inputs.size())
    return input_error(data_->name + ": " + std::to_string(inputs.size()) + " inputs are given, the program takes " +
                       std::to_string(data_->inputs.size()));
  for (std::uint32_t i = 0; i < inputs.size(); ++i) {
    const PortInfo& info = data_->inputs[i];
    if (!info.is_tensor) {
      if (inputs[i].elements() != 1 || inputs[i].as_double(0) != info.number)
        return input_error(data_->name + ": input \"" + info.name + "\" is a number that was fixed when the model was exported: " +
                           std::to_string(info.number));
      continue;
    }
    if (inputs[i].dtype() != info.type.dtype || inputs[i].shape() != info.type.shape) {
      CORTADO_CHECK(refuse_input(data_->name, info, inputs[i]));
    }
    const ir::Tensor physical = ir::to_physical(inputs[i], info.type.dim_order);
    const Port& port = program.input(i);
    if (port.bytes != 0 && !port.tensor.is_constant) std::memcpy(port.tensor.data, physical.bytes().data(), port.bytes);
  }
  program.run();
  std::vector<ir::Tensor> outputs;
  for (std::uint32_t i = 0; i < program.output_count(); ++i) {
    const PortInfo& info = data_->outputs[i];
    const Port& port = program.output(i);
    if (!port.is_tensor) {
      outputs.push_back(ir::Tensor::of<double>(DType::f64, {}, {port.number}));
      continue;
    }
    ir::Shape shape;
    for (std::uint8_t dim : info.type.dim_order) shape.push_back(info.type.shape[dim]);
    ir::Tensor physical(info.type.dtype, shape);
    if (port.bytes != 0) std::memcpy(physical.mutable_bytes().data(), port.tensor.data, port.bytes);
    outputs.push_back(ir::to_logical(physical, info.type.dim_order));
  }
  return outputs;
}

}  // namespace cortado::runtime
