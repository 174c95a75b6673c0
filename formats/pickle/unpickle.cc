// The table of opcodes and the loop over it.
#include "formats/pickle/unpickle.h"

#include <array>

#include "formats/pickle/unpickler.h"

namespace cortado::formats {
namespace {

struct Opcode {
  Unpickler::Step step = nullptr;
  std::uint64_t operand = 0;
};

constexpr std::uint8_t stop = '.';

// Opcodes are those of Python's pickletools. Not here, and therefore refused: INST, OBJ, PERSID (protocol 0 classes),
// EXT1…4 (copyreg's registry), out-of-band buffers.
constexpr std::array<Opcode, 256> opcodes() {
  using U = Unpickler;
  std::array<Opcode, 256> table{};
  table[0x80] = {&U::protocol};
  table[0x95] = {&U::take_frame};
  table['N'] = {&U::push_none};
  table[0x88] = {&U::push_bool, 1};
  table[0x89] = {&U::push_bool, 0};
  table['K'] = {&U::push_int, 1};
  table['M'] = {&U::push_int, 2};
  table['J'] = {&U::push_signed_int, 4};
  table['I'] = {&U::push_text_int};
  table['L'] = {&U::push_text_int};
  table[0x8a] = {&U::push_long, 1};
  table[0x8b] = {&U::push_long, 4};
  table['G'] = {&U::push_float};
  table['U'] = {&U::push_string, 1};  // str of Python 2
  table['T'] = {&U::push_string, 4};
  table[0x8c] = {&U::push_string, 1};
  table['X'] = {&U::push_string, 4};
  table[0x8d] = {&U::push_string, 8};
  table['C'] = {&U::push_bytes, 1};
  table['B'] = {&U::push_bytes, 4};
  table[0x8e] = {&U::push_bytes, 8};
  table[0x96] = {&U::push_bytes, 8};  // bytearray
  table[']'] = {&U::push_list};
  table['}'] = {&U::push_dict};
  table[0x8f] = {&U::push_set};
  table[')'] = {&U::push_tuple, 0};
  table[0x85] = {&U::push_tuple, 1};
  table[0x86] = {&U::push_tuple, 2};
  table[0x87] = {&U::push_tuple, 3};
  table['('] = {&U::mark};
  table['0'] = {&U::pop};
  table['1'] = {&U::pop_mark};
  table['2'] = {&U::duplicate};
  table['t'] = {&U::tuple_from_mark};
  table['l'] = {&U::list_from_mark};
  table['d'] = {&U::dict_from_mark};
  table[0x91] = {&U::frozenset_from_mark};
  table['a'] = {&U::append};
  table['e'] = {&U::append_from_mark};
  table['s'] = {&U::set_item};
  table['u'] = {&U::set_items_from_mark};
  table[0x90] = {&U::add_items_from_mark};
  table['q'] = {&U::put, 1};
  table['r'] = {&U::put, 4};
  table['h'] = {&U::get, 1};
  table['j'] = {&U::get, 4};
  table[0x94] = {&U::memoize};
  table['c'] = {&U::global};
  table[0x93] = {&U::stack_global};
  table['R'] = {&U::reduce};
  table[0x81] = {&U::reduce};  // NEWOBJ: cls(*arguments)
  table['b'] = {&U::build};
  table['Q'] = {&U::persistent_id};
  return table;
}

}  // namespace

Status Unpickler::run() {
  static constexpr auto table = opcodes();
  while (true) {
    CORTADO_TRY(const std::uint64_t code, take_number(1));
    if (code == stop) {
      CORTADO_TRY(pickle_.root, popped());
      return {};
    }
    const Opcode& opcode = table[code];
    if (opcode.step == nullptr)
      return input_error("the pickle has the opcode " + std::to_string(code) + ", which plain data does not need");
    CORTADO_CHECK((this->*opcode.step)(opcode.operand));
  }
}

Result<Pickle> unpickle(std::span<const std::uint8_t>& bytes) {
  Unpickler unpickler(bytes);
  CORTADO_CHECK(unpickler.run());
  bytes = unpickler.rest();
  return unpickler.take();
}

}  // namespace cortado::formats
