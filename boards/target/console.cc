#include "boards/target/board.h"
#include "boards/target/semihosting.h"

namespace cortado::board {

void print(const char* text) { semihost(Semihosting::write0, text); }

void print(std::uint64_t value) {
  char digits[21];
  char* at = digits + sizeof digits;
  *--at = '\0';
  do {
    *--at = static_cast<char>('0' + value % 10);
    value /= 10;
  } while (value != 0);
  print(at);
}

void print_hex(std::uint32_t value) {
  char text[11] = "0x00000000";
  for (int i = 0; i < 8; ++i) text[2 + i] = "0123456789abcdef"[(value >> (28 - 4 * i)) & 15];
  print(text);
}

void exit(int code) {
  constexpr std::uint32_t application_exit = 0x20026;
  const std::uint32_t arguments[2] = {application_exit, static_cast<std::uint32_t>(code)};
  semihost(Semihosting::exit_extended, arguments);
  for (;;) {
  }
}

const CommandLine& command_line() {
  static char text[512];
  static CommandLine line;
  if (line.count != 0) return line;
  const std::uint32_t arguments[2] = {word(text), sizeof text};
  if (semihost(Semihosting::get_command_line, arguments) != 0) return line;
  bool in_word = false;
  for (char* at = text; *at != '\0'; ++at) {
    if (*at == ' ')
      *at = '\0';
    else if (!in_word && line.count < CommandLine::max_words)
      line.words[line.count++] = at;
    in_word = *at != '\0';
  }
  return line;
}

bool parse_number(const char* word, std::uint64_t& value) {
  value = 0;
  if (*word == '\0') return false;
  for (; *word != '\0'; ++word) {
    if (*word < '0' || *word > '9') return false;
    const std::uint64_t digit = static_cast<std::uint64_t>(*word - '0');
    if (value > (UINT64_MAX - digit) / 10) return false;
    value = value * 10 + digit;
  }
  return true;
}

}  // namespace cortado::board
