// Errors as values on the target: a code to branch on and one line of text to read, without heap or printf.
//
// The first error wins: once a report holds an error, later ones are ignored.
#pragma once

#include <cstddef>
#include <cstdint>

// For what runs at load or on errors: small code instead of fast code, whatever the rest is compiled with. On the core
// messages would otherwise take more flash than kernels.
#if defined(__clang__)
#define CORTADO_RARELY_RUN __attribute__((noinline, cold, minsize))
#else
#define CORTADO_RARELY_RUN __attribute__((noinline, cold))
#endif

namespace cortado {

enum class ErrorCode : std::uint8_t {
  ok = 0,
  invalid_program,    // the file is damaged or contradicts itself
  unsupported,        // a valid program that this build or version cannot run
  missing_operator,   // an operator that is not linked in
  invalid_argument,   // the caller's mistake: index, size, state
  arena_too_small,    // see ErrorReport::text for both sizes
};

class ErrorReport {
 public:
  static constexpr std::size_t capacity_bytes = 160;

  ErrorCode code() const { return code_; }
  const char* text() const { return text_; }
  void clear() { code_ = ErrorCode::ok; length_ = 0; text_[0] = '\0'; }

  // A report converts to the code in force, so that a check reads
  //   return report.fail(ErrorCode::unsupported, "stride ").add(9).add(" is above ").add(8);
  operator ErrorCode() const { return code_; }

  // Begins the message, unless an error is there already; add() continues it.
  CORTADO_RARELY_RUN ErrorReport& fail(ErrorCode code, const char* message) {
    open_ = code_ == ErrorCode::ok;
    if (!open_) return *this;
    code_ = code;
    return add(message);
  }

  CORTADO_RARELY_RUN ErrorReport& add(const char* text) {
    if (!open_) return *this;
    while (*text != '\0' && length_ + 1 < capacity_bytes) text_[length_++] = *text++;
    text_[length_] = '\0';
    return *this;
  }
  CORTADO_RARELY_RUN ErrorReport& add(std::int64_t value) {
    if (!open_) return *this;
    char digits[20];
    std::size_t count = 0;
    std::uint64_t magnitude = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    do {
      digits[count++] = static_cast<char>('0' + magnitude % 10);
      magnitude /= 10;
    } while (magnitude != 0);
    if (value < 0 && length_ + 1 < capacity_bytes) text_[length_++] = '-';
    while (count > 0 && length_ + 1 < capacity_bytes) text_[length_++] = digits[--count];
    text_[length_] = '\0';
    return *this;
  }

 private:
  ErrorCode code_ = ErrorCode::ok;
  bool open_ = false;  // whether add() belongs to the error in force
  std::size_t length_ = 0;
  char text_[capacity_bytes] = {};
};

}  // namespace cortado
