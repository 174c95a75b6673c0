// Errors as values on the target: a code to branch on and one line of text to read, without heap or printf.
//
// The first error wins: once a report holds an error, later ones are ignored.
//
// With CORTADO_ERROR_TEXTS=0 for all of a firmware the texts stay out of flash, and the line says where the check is
// that failed, "check at 0x0800a2b4 failed": `addr2line -f -C -e firmware.elf 0x0800a2b4` tells the function, whose
// checks share their end. The host, which makes the same checks of the same program, says it in words (`cortado run`).
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

#define CORTADO_ALWAYS_INLINE inline __attribute__((always_inline))

#if !defined(CORTADO_ERROR_TEXTS)
#define CORTADO_ERROR_TEXTS 1
#endif

// For functions that only word an error: small as above; without words part of their callers, whose address is the one
// to name.
#if CORTADO_ERROR_TEXTS
#define CORTADO_WORDS_ERROR CORTADO_RARELY_RUN
#else
#define CORTADO_WORDS_ERROR CORTADO_ALWAYS_INLINE
#endif

namespace cortado {

// Words of an error, as names of arguments; nothing where texts are left out.
#if CORTADO_ERROR_TEXTS
using Wording = const char*;
#else
struct Wording {
  constexpr Wording(const char*) {}
};
#endif

enum class ErrorCode : std::uint8_t {
  ok = 0,
  invalid_program,   // the file is damaged or contradicts itself
  unsupported,       // a valid program that this build or version cannot run
  missing_operator,  // an operator that is not linked in
  invalid_argument,  // the caller's mistake: index, size, state
  arena_too_small,   // see ErrorReport::text for both sizes
};

class ErrorReport {
 public:
  static constexpr bool has_texts = CORTADO_ERROR_TEXTS != 0;
#if CORTADO_ERROR_TEXTS
  static constexpr std::size_t capacity_bytes = 160;
#else
  static constexpr std::size_t capacity_bytes = 32;
#endif

  ErrorCode code() const { return code_; }
  const char* text() const { return text_; }
  void clear() {
    code_ = ErrorCode::ok;
    length_ = 0;
    text_[0] = '\0';
  }

  // A report converts to the code in force, so that a check reads
  //   return report.fail(ErrorCode::unsupported, "stride ").add(9).add(" is above ").add(8);
  operator ErrorCode() const { return code_; }

  // Begins the message, unless an error is there already; add() continues it.
#if CORTADO_ERROR_TEXTS
  CORTADO_RARELY_RUN ErrorReport& fail(ErrorCode code, const char* message) {
    open_ = code_ == ErrorCode::ok;
    if (!open_) return *this;
    code_ = code;
    return add(message);
  }
  CORTADO_RARELY_RUN ErrorReport& add(const char* text) {
    if (open_) write(text);
    return *this;
  }
  CORTADO_RARELY_RUN ErrorReport& add(std::int64_t value) {
    if (!open_) return *this;
    char digits[21];
    char* at = digits + sizeof digits - 1;
    *at = '\0';
    std::uint64_t magnitude = value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value);
    do {
      *--at = static_cast<char>('0' + magnitude % 10);
      magnitude /= 10;
    } while (magnitude != 0);
    if (value < 0) *--at = '-';
    write(at);
    return *this;
  }
#else
  CORTADO_ALWAYS_INLINE ErrorReport& fail(ErrorCode code, Wording) {
    fail_here(code);
    return *this;
  }
  CORTADO_ALWAYS_INLINE ErrorReport& add(Wording) { return *this; }
  CORTADO_ALWAYS_INLINE ErrorReport& add(std::int64_t) { return *this; }
#endif

 private:
  void write(const char* text) {
    while (*text != '\0' && length_ + 1 < capacity_bytes) text_[length_++] = *text++;
    text_[length_] = '\0';
  }
#if !CORTADO_ERROR_TEXTS
  CORTADO_RARELY_RUN void fail_here(ErrorCode code) {
    if (code_ != ErrorCode::ok) return;
    code_ = code;
    write("check at 0x");
    const auto place =
        reinterpret_cast<std::uintptr_t>(__builtin_return_address(0)) - 3;  // in the call, without the Thumb bit
    for (int shift = 28; shift >= 0; shift -= 4) text_[length_++] = "0123456789abcdef"[place >> shift & 15];
    write(" failed");
  }
#endif

  ErrorCode code_ = ErrorCode::ok;
  bool open_ = false;  // whether add() belongs to the error in force
  std::size_t length_ = 0;
  char text_[capacity_bytes] = {};
};

}  // namespace cortado
