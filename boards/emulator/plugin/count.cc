// A plugin of QEMU (7.2's interface, version 1) that counts exactly how often every instruction runs, and what bytes
// loads and stores move, apart for each region that the firmware names. Host; boards/emulator/profile.cc compiles and
// loads it.
//
//   -plugin count.so,out=FILE[,memory=START-BYTES…]      START and BYTES in hexadecimal
//
// A firmware says which region begins by the reserved hint .inst.n 0xbf80, a no-operation, with a load behind it: the
// low 16 bits of the load's address are the region (boards/target/profile.cc). Region 0, where every run begins, is
// not counted. FILE gets a line "REGION n" for each region and below it lines "PC COUNT", the PC in hexadecimal, after
// them a line "MEMORY READ WRITTEN FETCHED" for each memory in the order of the arguments, in bytes: what is fetched is
// what reading takes from the memory if a cache of 32 KB is in front of it alone.
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

// What is used of QEMU's qemu-plugin.h, which Debian does not package.
extern "C" {
using PluginId = std::uint64_t;
using VoidCallback = void (*)(unsigned cpu, void* data);
using MemoryCallback = void (*)(unsigned cpu, std::uint32_t info, std::uint64_t address, void* data);
struct qemu_plugin_tb;
struct qemu_plugin_insn;
void qemu_plugin_register_vcpu_tb_trans_cb(PluginId, void (*)(PluginId, qemu_plugin_tb*));
void qemu_plugin_register_vcpu_tb_exec_inline(qemu_plugin_tb*, int operation, void* counter, std::uint64_t value);
unsigned qemu_plugin_mem_size_shift(std::uint32_t info);
bool qemu_plugin_mem_is_store(std::uint32_t info);
void qemu_plugin_register_vcpu_mem_cb(qemu_plugin_insn*, MemoryCallback, int registers, int access, void* data);
void qemu_plugin_register_atexit_cb(PluginId, void (*)(PluginId, void*), void* data);
std::size_t qemu_plugin_tb_n_insns(const qemu_plugin_tb*);
qemu_plugin_insn* qemu_plugin_tb_get_insn(const qemu_plugin_tb*, std::size_t);
const void* qemu_plugin_insn_data(const qemu_plugin_insn*);
std::size_t qemu_plugin_insn_size(const qemu_plugin_insn*);
std::uint64_t qemu_plugin_insn_vaddr(const qemu_plugin_insn*);
__attribute__((visibility("default"))) int qemu_plugin_version = 1;
}

namespace {

// Of QEMU's enumerations. Reads alone are not reported by version 7.2.
constexpr int add_to_counter = 0, no_registers = 0, reads_and_writes = 3;
constexpr std::uint16_t marker = 0xbf80;

// Instructions that run one after the other, translated at once.
struct Block {
  std::uint64_t count = 0;      // executions; the emulated core adds to it
  std::uint64_t accounted = 0;  // those that belong to a region already
  std::vector<std::uint32_t> places;
  std::map<std::uint32_t, std::uint64_t> by_region;
};

// 32 KB of lines of 32 bytes, four where each can be; the one that was used longest ago goes.
class Cache {
 public:
  static constexpr unsigned line_bytes = 32;

  bool has(std::uint64_t address) {
    const std::uint64_t line = address / line_bytes + 1;  // 0: none
    std::uint64_t* places = lines_[line % sets];
    unsigned at = 0;
    while (at + 1 < ways && places[at] != line) ++at;
    const bool found = places[at] == line;
    for (; at > 0; --at) places[at] = places[at - 1];  // the newest first
    places[0] = line;
    return found;
  }

 private:
  static constexpr unsigned ways = 4, sets = 32 * 1024 / line_bytes / ways;
  std::uint64_t lines_[sets][ways] = {};
};

struct Memory {
  std::uint64_t start = 0, bytes = 0;
  std::map<std::uint32_t, std::uint64_t> read, written, fetched;  // by region
  std::unique_ptr<Cache> cache = std::make_unique<Cache>();
};

struct State {
  std::vector<std::unique_ptr<Block>> blocks;
  std::set<std::uint64_t> marked;  // addresses behind a marker, which may be the last of its block
  std::vector<Memory> memories;
  std::uint32_t region = 0;
  std::string file;
};
State& state = *new State;  // still there when QEMU says that it exits, after the destructors of this library

void account() {
  for (const auto& block : state.blocks) {
    if (block->count == block->accounted) continue;
    if (state.region != 0) block->by_region[state.region] += block->count - block->accounted;
    block->accounted = block->count;
  }
}

void begin_region(unsigned, std::uint32_t, std::uint64_t address, void*) {
  account();
  state.region = static_cast<std::uint32_t>(address & 0xffff);
}

void count_access(unsigned, std::uint32_t info, std::uint64_t address, void*) {
  if (state.region == 0) return;
  for (Memory& memory : state.memories) {
    if (address - memory.start >= memory.bytes) continue;
    const bool is_store = qemu_plugin_mem_is_store(info);
    (is_store ? memory.written : memory.read)[state.region] += std::uint64_t{1} << qemu_plugin_mem_size_shift(info);
    if (!is_store && !memory.cache->has(address)) memory.fetched[state.region] += Cache::line_bytes;
    return;
  }
}

void translate(PluginId, qemu_plugin_tb* translated) {
  state.blocks.push_back(std::make_unique<Block>());
  Block& block = *state.blocks.back();
  for (std::size_t i = 0; i < qemu_plugin_tb_n_insns(translated); ++i) {
    qemu_plugin_insn* instruction = qemu_plugin_tb_get_insn(translated, i);
    const std::uint64_t place = qemu_plugin_insn_vaddr(instruction);
    block.places.push_back(static_cast<std::uint32_t>(place));
    if (state.marked.count(place) != 0)
      qemu_plugin_register_vcpu_mem_cb(instruction, begin_region, no_registers, reads_and_writes, nullptr);
    if (!state.memories.empty())
      qemu_plugin_register_vcpu_mem_cb(instruction, count_access, no_registers, reads_and_writes, nullptr);
    std::uint16_t code = 0;
    std::memcpy(&code, qemu_plugin_insn_data(instruction), sizeof code);
    if (qemu_plugin_insn_size(instruction) == 2 && code == marker) state.marked.insert(place + 2);
  }
  qemu_plugin_register_vcpu_tb_exec_inline(translated, add_to_counter, &block.count, 1);
}

void write_counts(PluginId, void*) {
  account();
  std::map<std::uint32_t, std::map<std::uint32_t, std::uint64_t>> regions;
  for (const auto& block : state.blocks)
    for (const auto& [number, count] : block->by_region)
      for (const std::uint32_t place : block->places) regions[number][place] += count;
  std::FILE* out = std::fopen(state.file.c_str(), "w");
  if (out == nullptr) return;  // the reader misses it
  for (const auto& [number, places] : regions) {
    std::fprintf(out, "REGION %u\n", number);
    for (const auto& [place, count] : places)
      std::fprintf(out, "%x %llu\n", place, static_cast<unsigned long long>(count));
    for (Memory& memory : state.memories)
      std::fprintf(out, "MEMORY %llu %llu %llu\n", static_cast<unsigned long long>(memory.read[number]),
                   static_cast<unsigned long long>(memory.written[number]),
                   static_cast<unsigned long long>(memory.fetched[number]));
  }
  std::fclose(out);
}

}  // namespace

extern "C" __attribute__((visibility("default"))) int qemu_plugin_install(PluginId id, const void*, int count,
                                                                          char** words) {
  for (int i = 0; i < count; ++i) {
    unsigned long long start = 0, bytes = 0;
    if (std::strncmp(words[i], "out=", 4) == 0) state.file = words[i] + 4;
    if (std::sscanf(words[i], "memory=%llx-%llx", &start, &bytes) != 2) continue;
    state.memories.emplace_back();
    state.memories.back().start = start;
    state.memories.back().bytes = bytes;
  }
  qemu_plugin_register_vcpu_tb_trans_cb(id, translate);
  qemu_plugin_register_atexit_cb(id, write_counts, nullptr);
  return state.file.empty() ? 1 : 0;
}
