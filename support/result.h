// Errors as values on the host: Result<T> is a T or the Diagnostic that says why there is none.
//
// The target has no heap and uses support/error_report.h instead.
#pragma once

#include <cassert>
#include <optional>
#include <string>
#include <utility>

namespace cortado {

// Who is at fault. The values are the exit codes of the command-line tools.
enum class Fault : int { input = 1, usage = 2, internal = 3 };

struct Diagnostic {
  Fault fault = Fault::internal;
  std::string message;  // what is wrong, and where: file, node, source line
  std::string hint;     // what to do about it; may be empty

  // "message" or "message\n  hint: …"
  std::string text() const { return hint.empty() ? message : message + "\n  hint: " + hint; }
  // The same error with `where` in front ("model.pt2: …").
  Diagnostic in(const std::string& where) && {
    message = where + ": " + message;
    return std::move(*this);
  }
};

inline Diagnostic input_error(std::string message, std::string hint = {}) {
  return {Fault::input, std::move(message), std::move(hint)};
}
inline Diagnostic usage_error(std::string message, std::string hint = {}) {
  return {Fault::usage, std::move(message), std::move(hint)};
}
inline Diagnostic internal_error(std::string message, std::string hint = {}) {
  return {Fault::internal, std::move(message), std::move(hint)};
}

template <class T>
class [[nodiscard]] Result {
 public:
  Result(T value) : value_(std::move(value)) {}
  Result(Diagnostic error) : error_(std::move(error)) {}

  explicit operator bool() const { return value_.has_value(); }
  T& value() & {
    assert(*this);
    return *value_;
  }
  const T& value() const& {
    assert(*this);
    return *value_;
  }
  T&& value() && {
    assert(*this);
    return *std::move(value_);
  }
  Diagnostic& error() & {
    assert(!*this);
    return error_;
  }
  const Diagnostic& error() const& {
    assert(!*this);
    return error_;
  }
  Diagnostic&& error() && {
    assert(!*this);
    return std::move(error_);
  }

 private:
  std::optional<T> value_;
  Diagnostic error_;  // without a value
};

template <>
class [[nodiscard]] Result<void> {
 public:
  Result() = default;
  Result(Diagnostic error) : error_(std::move(error)) {}

  explicit operator bool() const { return !error_; }
  Diagnostic& error() & {
    assert(error_);
    return *error_;
  }
  const Diagnostic& error() const& {
    assert(error_);
    return *error_;
  }
  Diagnostic&& error() && {
    assert(error_);
    return std::move(*error_);
  }

 private:
  std::optional<Diagnostic> error_;
};

using Status = Result<void>;

#define CORTADO_CONCAT_(a, b) a##b
#define CORTADO_CONCAT(a, b) CORTADO_CONCAT_(a, b)
#define CORTADO_TRY_(temporary, declaration, ...)      \
  auto temporary = (__VA_ARGS__);                      \
  if (!temporary) return std::move(temporary).error(); \
  declaration = std::move(temporary).value()

// CORTADO_TRY(auto x, f()): x = the value of f(), or return f()'s error from the enclosing function.
#define CORTADO_TRY(declaration, ...) CORTADO_TRY_(CORTADO_CONCAT(try_, __LINE__), declaration, __VA_ARGS__)
// CORTADO_CHECK(f()): return f()'s error, if any, from the enclosing function.
#define CORTADO_CHECK(...)                                                         \
  do {                                                                             \
    if (auto status_ = (__VA_ARGS__); !status_) return std::move(status_).error(); \
  } while (false)

}  // namespace cortado
