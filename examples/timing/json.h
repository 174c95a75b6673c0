// Writes JSON letter by letter, without memory.
#pragma once

#include <stdint.h>

namespace timing {

// Commas come by themselves.
class Json {
 public:
  explicit Json(void (*put)(int)) : put_(put) {}

  void raw(const char* text) {
    while (*text != '\0') put_(*text++);
  }
  void open(const char* bracket) {
    comma();
    raw(bracket);
    is_first_ = true;
  }
  void close(const char* bracket) {
    raw(bracket);
    is_first_ = false;
  }
  void key(const char* name) {
    comma();
    quoted(name);
    raw(": ");
    is_first_ = true;
  }
  void member(const char* name, const char* text) {
    key(name);
    quoted(text);
    is_first_ = false;
  }
  void member(const char* name, uint64_t value) {
    key(name);
    char digits[21];
    char* at = digits + sizeof digits;
    *--at = '\0';
    do *--at = static_cast<char>('0' + value % 10);
    while ((value /= 10) != 0);
    raw(at);
    is_first_ = false;
  }

 private:
  void comma() {
    if (!is_first_) raw(", ");
    is_first_ = false;
  }
  // Letters that JSON would have escaped are left out: names and messages have none.
  void quoted(const char* text) {
    put_('"');
    for (; *text != '\0'; ++text)
      if (static_cast<unsigned char>(*text) >= ' ' && *text != '"' && *text != '\\') put_(*text);
    put_('"');
  }

  void (*put_)(int);
  bool is_first_ = true;
};

}  // namespace timing
