#include "boards/emulator/disassembly.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <sstream>

#include "boards/emulator/process.h"
#include "boards/emulator/tools.h"

namespace cortado::boards {
namespace {

constexpr std::size_t max_disassembly_bytes = 256u << 20;
constexpr std::array<std::string_view, 14> conditions = {"eq", "ne", "hs", "cs", "lo", "cc", "mi",
                                                         "pl", "vs", "vc", "hi", "ls", "ge", "lt"};

bool is_condition(std::string_view text) {
  return std::find(conditions.begin(), conditions.end(), text) != conditions.end() || text == "gt" || text == "le";
}

// How many instructions after "it", "itte", … are conditional; 0: another instruction.
int conditional_after(const std::string& mnemonic) {
  if (!mnemonic.starts_with("it") || mnemonic.size() > 5 || mnemonic.find_first_not_of("te", 2) != std::string::npos)
    return 0;
  return static_cast<int>(mnemonic.size()) - 1;
}

// "addeq.w r0, r0, r1" → "add.w r0, r0, r1"
std::string without_condition(const std::string& text) {
  const std::size_t end = std::min(text.find_first_of(" ."), text.size());
  if (end < 3 || !is_condition(std::string_view(text).substr(end - 2, 2))) return text;
  return text.substr(0, end - 2) + text.substr(end);
}

// Of "8a2:  bne  0x9c <name+0x10>  @ comment" what stands between.
std::string instruction_text(std::string line) {
  line.resize(std::min(line.find_first_of("@<"), line.size()));
  std::replace(line.begin(), line.end(), '\t', ' ');
  const std::size_t begin = line.find_first_not_of(' ');
  const std::size_t end = line.find_last_not_of(' ');
  return begin == std::string::npos ? std::string() : line.substr(begin, end - begin + 1);
}

}  // namespace

bool Instruction::is_branch() const {
  static const std::set<std::string> names = {"b",   "bl", "blx",  "bx",  "cbz",   "cbnz", "tbb",
                                              "tbh", "le", "letp", "dls", "dlstp", "wls",  "wlstp"};
  return names.contains(mnemonic) || (mnemonic.size() == 3 && mnemonic[0] == 'b' && is_condition(mnemonic.substr(1)));
}

Result<Disassembly> disassemble(const std::filesystem::path& elf) {
  auto program = find_program("llvm-objdump-19");
  if (!program)
    return input_error("modelling cycles needs llvm-objdump-19", "apt-get install --no-install-recommends llvm-19");
  Command command{program.value(), {"-d", "-C", "--no-show-raw-insn", "--mcpu=cortex-m55", elf.string()}};
  command.max_output_bytes = max_disassembly_bytes;
  CORTADO_TRY(const Finished finished, run_process(command));
  if (!finished.succeeded()) return internal_error("llvm-objdump-19 failed:\n" + finished.output.substr(0, 1000));
  Disassembly result;
  std::istringstream lines(finished.output);
  int conditional = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(':');
    if (colon == std::string::npos || line.empty()) continue;
    const bool is_label = line.ends_with(">:") && std::isxdigit(static_cast<unsigned char>(line[0])) != 0;
    if (is_label) {
      const std::size_t name = line.find('<') + 1;
      result.functions.push_back(line.substr(name, line.size() - name - 2));
      continue;
    }
    if (line[0] != ' ' || result.functions.empty()) continue;
    const auto address = static_cast<std::uint32_t>(std::strtoul(line.c_str(), nullptr, 16));
    Instruction instruction{
        static_cast<std::uint32_t>(result.functions.size() - 1), instruction_text(line.substr(colon + 1)), {}};
    if (conditional > 0) instruction.text = without_condition(instruction.text), --conditional;
    instruction.mnemonic = instruction.text.substr(0, instruction.text.find_first_of(" ."));
    if (const int next = conditional_after(instruction.mnemonic); next > 0) conditional = next;
    if (const std::size_t target = instruction.text.find("0x"); instruction.is_branch() && target != std::string::npos)
      result.targets.insert(static_cast<std::uint32_t>(std::strtoul(instruction.text.c_str() + target, nullptr, 16)));
    result.instructions.emplace(address, std::move(instruction));
  }
  return result;
}

}  // namespace cortado::boards
