#include "tools/emit_header.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cctype>

#include "compiler/optimise/stream_node.h"
#include "formats/pte/parse.h"
#include "ops/kernel_table.h"
#include "runtime/host/operators_of.h"
#include "runtime/host/session.h"
#include "support/atomic_file.h"
#include "tools/execute.h"
#include "tools/program_summary.h"

namespace cortado::tools {
namespace {

std::string identifier(std::string text) {
  for (char& letter : text)
    if (std::isalnum(static_cast<unsigned char>(letter)) == 0) letter = '_';
  if (text.empty() || std::isdigit(static_cast<unsigned char>(text[0])) != 0) text.insert(0, "model_");
  return text;
}

std::string upper(std::string text) {
  for (char& letter : text) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
  return text;
}

const char* c_type(DType dtype) {
  switch (dtype) {
    case DType::u8: return "uint8_t";
    case DType::i8: return "int8_t";
    case DType::i16: return "int16_t";
    case DType::i32: return "int32_t";
    case DType::i64: return "int64_t";
    case DType::f32: return "float";
    case DType::f64: return "double";
    case DType::boolean: return "bool";
    default: return "uint8_t";  // half floats: C has no type for them
  }
}

// PREFIX_INPUT_0_BYTES and so on. `value` may be null: a program whose ends are not those of the graph.
std::string port_text(const std::string& prefix, const SummaryPort& port, const ir::Value* value) {
  std::string text = fmt::format("/* {}: {} */\n", port.name, ir::to_string(port.type));
  text += fmt::format("typedef {} {}_t;\n", c_type(port.type.dtype), prefix);
  const std::string name = upper(prefix);
  text += fmt::format("#define {}_BYTES {}u\n", name, port.type.size_bytes());
  text += fmt::format("#define {}_RANK {}u\n", name, port.type.shape.size());
  if (!port.type.shape.empty()) {
    text += fmt::format("#define {}_SHAPE {{{}}} /* logical order */\n", name, fmt::join(port.type.shape, ", "));
    std::vector<int> order;
    for (const std::uint8_t dim : port.type.full_dim_order()) order.push_back(dim);
    text += fmt::format("#define {}_DIM_ORDER {{{}}} /* order in memory, outermost first */\n", name,
                        fmt::join(order, ", "));
  }
  if (value != nullptr && value->type.quantization && value->type.quantization->is_per_tensor()) {
    const ir::Quantization& q = *value->type.quantization;
    text += fmt::format("#define {}_SCALE {}f /* real = scale * (value - zero point) */\n", name,
                        fmt::format("{:.9e}", static_cast<float>(q.scale[0])));
    text += fmt::format("#define {}_ZERO_POINT ({})\n", name, q.zero_point[0]);
  }
  return text;
}

std::string ports_text(const std::string& name, const char* kind, const std::vector<SummaryPort>& ports,
                       const std::vector<const ir::Value*>& values) {
  std::string text = fmt::format("#define {}_{}_COUNT {}u\n", upper(name), upper(kind), ports.size());
  for (std::size_t i = 0; i < ports.size(); ++i)
    text += port_text(fmt::format("{}_{}_{}", name, kind, i), ports[i],
                      values.size() == ports.size() ? values[i] : nullptr);
  return text;
}

// #define NAME(X) with X(symbol, name) for each; by name, as the loader wants them.
std::string list_text(const std::string& name, std::vector<std::string> entries, const std::string& suffix) {
  std::sort(entries.begin(), entries.end());
  std::string text = fmt::format("#define {}(X)", name);
  for (const std::string& entry : entries)
    text += fmt::format(" \\\n  X({}{}, \"{}\")", identifier(entry), suffix, entry);
  return text + "\n";
}

bool has_kernel(const std::string& op) {
  const std::span rows(ops::all_kernels.rows, ops::all_kernels.count);
  return std::any_of(rows.begin(), rows.end(), [&](const ops::Kernel* kernel) { return op == kernel->name; });
}

std::string operators_text(const std::string& name, const std::vector<std::string>& operators) {
  std::vector<std::string> kernels, stages, loops;
  for (const std::string& op : operators) {
    if (op.starts_with("stage ")) stages.push_back(op.substr(6));
    if (op.starts_with("loop ")) loops.push_back(op.substr(5));
    if (has_kernel(op)) kernels.push_back(op);
  }
  return "/* The operators that it calls, the stages of its row streams, and their inner loops: X(symbol, name) for "
         "each.\n"
         "   runtime/kernels.h makes the tables of them. */\n" +
         list_text(name + "_KERNELS", kernels, "") + list_text(name + "_STAGES", stages, "_stage") +
         list_text(name + "_LOOPS", loops, "");
}

std::vector<const ir::Value*> inputs_of(const ir::Graph& graph) {
  std::vector<const ir::Value*> values;
  for (const auto& value : graph.values())
    if (value->kind == ir::ValueKind::input) values.push_back(value.get());
  return values;
}

std::vector<const ir::Value*> outputs_of(const ir::Graph& graph) {
  std::vector<const ir::Value*> values;
  for (const ir::Output& output : graph.outputs()) values.push_back(output.value);
  return values;
}

Result<std::string> memory_text(const std::string& name, const compiler::Compiled& compiled,
                                const runtime::Sizes& sizes) {
  CORTADO_TRY(const pte::Program program, pte::parse(compiled.bytes));
  std::string text = fmt::format("#define {}_PTE_BYTES {}u\n", name, compiled.bytes.size());
  const auto& regions = program.plans.at(0).buffer_sizes;
  for (std::size_t i = 1; i < regions.size(); ++i)
    text += fmt::format("#define {}_REGION_{}_BYTES {}u\n", name, i, regions[i]);
  text += "/* Enough for cortado_load on any core; cortado_measure gives it to the byte. */\n";
  text += fmt::format("#define {}_ARENA_BYTES {}u\n", name, sizes.arena_bytes);
  for (const ir::Value* input : compiled.graph.inputs)
    if (compiler::comes_by_rows(*input))
      text += fmt::format("/* Enough with cortado_options.rows, which give {}. */\n#define {}_ROWS_ARENA_BYTES {}u\n",
                          input->name, name, sizes.arena_bytes - (input->type.size_bytes() + 15) / 16 * 16);
  text += "/* The same when state and tables have memory of their own, so that models can share the arena. */\n";
  text += fmt::format("#define {}_SHARED_ARENA_BYTES {}u\n", name, sizes.shared_arena_bytes);
  text += fmt::format("#define {}_STATE_BYTES {}u\n", name, sizes.state_bytes);
  return text;
}

std::string array_text(const std::vector<std::uint8_t>& bytes) {
  std::string text;
  text.reserve(bytes.size() * 4);
  for (std::size_t i = 0; i < bytes.size(); ++i) {
    text += std::to_string(bytes[i]);
    text += i % 24 == 23 ? ",\n" : ",";
  }
  return text;
}

}  // namespace

Result<HeaderText> header_text(const compiler::Compiled& compiled, const std::string& name,
                               const std::string& header_file) {
  const std::string own = identifier(name), guard = upper(own) + "_H";
  CORTADO_TRY(const ProgramSummary summary, summarise_program(compiled.bytes, name, {}));
  CORTADO_TRY(auto session, runtime::Session::load(compiled.bytes, name));
  CORTADO_TRY(const std::string memory, memory_text(upper(own), compiled, session.sizes()));
  HeaderText text;
  text.header = fmt::format(
      "/* Written by `cortado compile --emit-header`; goes with the program in {}.c. */\n#ifndef {}\n#define {}\n\n"
      "#include <stdbool.h>\n#include <stddef.h>\n#include <stdint.h>\n\n#ifdef __cplusplus\nextern \"C\" "
      "{{\n#endif\n\n"
      "extern const uint8_t {}_pte[]; /* 16-aligned, read where it lies */\nextern const size_t {}_pte_bytes;\n\n",
      std::filesystem::path(header_file).stem().string(), guard, guard, own, own);
  text.header += memory + "\n" + ports_text(own, "input", summary.inputs, inputs_of(compiled.graph)) + "\n" +
                 ports_text(own, "output", summary.outputs, outputs_of(compiled.graph)) + "\n" +
                 operators_text(upper(own), runtime::operators_of(session.program()));
  text.header += fmt::format("\n#ifdef __cplusplus\n}}\n#endif\n\n#endif /* {} */\n", guard);
  text.source = fmt::format(
      "#include \"{}\"\n\nconst size_t {}_pte_bytes = {}u;\n#if "
      "defined(__GNUC__)\n__attribute__((aligned(16)))\n#else\n_Alignas(16)\n#endif\n"
      "const uint8_t {}_pte[{}] = {{\n{}}};\n",
      header_file, own, compiled.bytes.size(), own, compiled.bytes.size(), array_text(compiled.bytes));
  return text;
}

Status emit_header(const compiler::Compiled& compiled, const std::filesystem::path& header) {
  CORTADO_TRY(const HeaderText text, header_text(compiled, header.stem().string(), header.filename().string()));
  const auto bytes = [](const std::string& from) {
    return std::span(reinterpret_cast<const std::uint8_t*>(from.data()), from.size());
  };
  CORTADO_CHECK(write_file_atomically(header, bytes(text.header)));
  std::filesystem::path source = header;
  return write_file_atomically(source.replace_extension(".c"), bytes(text.source));
}

}  // namespace cortado::tools
