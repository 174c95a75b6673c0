// Lets a long run clean up after itself when the user interrupts it. Host.
#pragma once

namespace cortado::boards {

// While this object lives, SIGINT and SIGTERM are only remembered; then their former effect is restored, and a signal
// that came meanwhile is raised again. Not for several threads at once.
class Interruption {
 public:
  Interruption();
  ~Interruption();
  Interruption(const Interruption&) = delete;
  Interruption& operator=(const Interruption&) = delete;
  // Whether one came while any such object lived.
  static bool came();
};

}  // namespace cortado::boards
