#include "boards/emulator/cycles.h"

#include <fmt/format.h>

#include <algorithm>
#include <sstream>

#include "boards/emulator/disassembly.h"
#include "boards/emulator/files.h"
#include "boards/emulator/process.h"
#include "boards/emulator/tools.h"

namespace cortado::boards {
namespace {

namespace fs = std::filesystem;

constexpr int iterations = 30;  // of a block, so that its beginning and end hardly weigh

// Instructions that run one after the other.
struct Block {
  std::uint32_t first = 0, function = 0;
  std::uint32_t instructions = 0, branches = 0;
  std::string body;  // without branches, a line each
  std::uint64_t count = 0;
};

// A block ends at a branch, before the target of one, and where executions differ: jumps by tables are not seen in
// text.
std::vector<Block> blocks_of(const Disassembly& code, const std::map<std::uint32_t, std::uint64_t>& counts) {
  std::vector<Block> blocks;
  bool open = false;
  for (const auto& [address, instruction] : code.instructions) {
    const auto count = counts.find(address);
    if (count == counts.end()) {
      open = false;
      continue;
    }
    if (!open || code.targets.contains(address) || blocks.back().count != count->second ||
        blocks.back().function != instruction.function)
      blocks.push_back({address, instruction.function, 0, 0, {}, count->second});
    Block& block = blocks.back();
    ++block.instructions;
    open = !instruction.is_branch();
    if (open && !instruction.mnemonic.starts_with("it")) block.body += instruction.text + "\n";
    if (!open && !instruction.is_loop_end()) ++block.branches;
  }
  return blocks;
}

// The numbers behind `label`, in order.
std::vector<double> numbers_behind(const std::string& text, std::string_view label) {
  std::vector<double> numbers;
  for (std::size_t at = text.find(label); at != std::string::npos; at = text.find(label, at + 1))
    numbers.push_back(std::strtod(text.c_str() + at + label.size(), nullptr));
  return numbers;
}

// Lines of `source` that the model does not know, from "FILE:LINE:COLUMN: error: …".
std::vector<std::size_t> refused_lines(const std::string& output, const std::string& source) {
  std::vector<std::size_t> lines;
  for (std::size_t at = output.find(source + ":"); at != std::string::npos; at = output.find(source + ":", at + 1)) {
    const std::size_t line = std::strtoul(output.c_str() + at + source.size() + 1, nullptr, 10);
    if (const std::size_t end = output.find('\n', at);
        output.substr(at, end - at).find(": error:") != std::string::npos)
      lines.push_back(line);
  }
  return lines;
}

// Costs of all bodies by one call; bodies that the model refuses are left out, and the next call goes without them.
Result<bool> ask_model(const fs::path& model, const fs::path& folder, std::vector<std::string>& bodies,
                       std::map<std::string, ModelledCycles>& costs) {
  const fs::path source = folder / "blocks.s", answer = folder / "blocks.txt";
  std::string text;
  std::vector<std::size_t> ends;  // last line of each body
  std::size_t line = 0;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    text += fmt::format("@ LLVM-MCA-BEGIN b{}\n{}@ LLVM-MCA-END\n", i, bodies[i]);
    ends.push_back(line += static_cast<std::size_t>(std::count(bodies[i].begin(), bodies[i].end(), '\n')) + 2);
  }
  CORTADO_CHECK(write_text(source, text));
  CORTADO_TRY(
      const Finished finished,
      run_process({model,
                   {"-mtriple=thumbv8.1m.main-none-eabi", "-mcpu=cortex-m55", fmt::format("-iterations={}", iterations),
                    "-skip-unsupported-instructions=lack-sched", "-resource-pressure=false", "-instruction-info=false",
                    source.string(), "-o", answer.string()}}));
  if (finished.succeeded()) {
    CORTADO_TRY(const std::string report, read_text(answer));
    const auto cycles = numbers_behind(report, "Total Cycles:"), bounds = numbers_behind(report, "Block RThroughput:");
    if (cycles.size() != bodies.size() || bounds.size() != bodies.size())
      return internal_error("llvm-mca-19 answered for other blocks");
    for (std::size_t i = 0; i < bodies.size(); ++i)
      costs[bodies[i]] = {std::max(cycles[i] / iterations, bounds[i]), bounds[i]};
    return true;
  }
  std::set<std::size_t> refused;
  for (const std::size_t at : refused_lines(finished.output, source.string()))
    refused.insert(static_cast<std::size_t>(std::lower_bound(ends.begin(), ends.end(), at) - ends.begin()));
  if (refused.empty()) return internal_error("llvm-mca-19 failed:\n" + finished.output.substr(0, 1000));
  std::vector<std::string> kept;
  for (std::size_t i = 0; i < bodies.size(); ++i) {
    if (!refused.contains(i))
      kept.push_back(bodies[i]);
    else
      costs[bodies[i]].as_compiled = costs[bodies[i]].bound =
          static_cast<double>(std::count(bodies[i].begin(), bodies[i].end(), '\n'));
  }
  bodies = std::move(kept);
  return bodies.empty();
}

bool is_counting(const std::string& function) {
  return function.starts_with("cortado::board::") || function.starts_with("board_");
}

void add(ModelledCycles& sum, double as_compiled, double bound) {
  sum.as_compiled += as_compiled;
  sum.bound += bound;
}

RegionCost cost_of(const std::map<std::uint32_t, std::uint64_t>& counts, const std::vector<Block>& blocks,
                   const std::map<std::string, ModelledCycles>& costs, const Disassembly& code) {
  RegionCost region;
  std::map<std::string, FunctionCost> functions;
  for (const Block& block : blocks) {
    const auto count = counts.find(block.first);
    if (count == counts.end() || is_counting(code.functions[block.function])) continue;
    const auto times = static_cast<double>(count->second);
    const ModelledCycles cost = block.body.empty() ? ModelledCycles{} : costs.at(block.body);
    FunctionCost& function = functions[code.functions[block.function]];
    function.instructions += count->second * block.instructions;
    add(function.cycles, times * (cost.as_compiled + block.branches), times * (cost.bound + block.branches));
  }
  for (auto& [name, function] : functions) {
    function.name = name;
    region.instructions += function.instructions;
    add(region.cycles, function.cycles.as_compiled, function.cycles.bound);
    region.functions.push_back(function);
  }
  std::sort(region.functions.begin(), region.functions.end(),
            [](const FunctionCost& a, const FunctionCost& b) { return a.cycles.as_compiled > b.cycles.as_compiled; });
  return region;
}

}  // namespace

Result<std::map<std::uint32_t, RegionCost>> model_cycles(const fs::path& elf, const Counts& counts,
                                                         const fs::path& scratch) {
  auto model = find_program("llvm-mca-19");
  if (!model)
    return input_error("modelling cycles needs llvm-mca-19", "apt-get install --no-install-recommends llvm-19");
  CORTADO_TRY(const Disassembly code, disassemble(elf));
  std::map<std::uint32_t, std::uint64_t> all;
  for (const auto& [region, counted] : counts)
    for (const auto& [place, count] : counted.executions) all[place] += count;
  const std::vector<Block> blocks = blocks_of(code, all);
  std::set<std::string> distinct;
  for (const Block& block : blocks)
    if (!block.body.empty()) distinct.insert(block.body);
  std::vector<std::string> bodies(distinct.begin(), distinct.end());
  std::map<std::string, ModelledCycles> costs;
  for (bool done = bodies.empty(); !done;) {
    CORTADO_TRY(done, ask_model(model.value(), scratch, bodies, costs));
  }
  std::map<std::uint32_t, RegionCost> result;
  for (const auto& [region, counted] : counts) result[region] = cost_of(counted.executions, blocks, costs, code);
  return result;
}

}  // namespace cortado::boards
