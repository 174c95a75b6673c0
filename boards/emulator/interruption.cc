#include "boards/emulator/interruption.h"

#include <csignal>
#include <cstddef>

namespace cortado::boards {
namespace {

constexpr int signals[] = {SIGINT, SIGTERM};
constexpr std::size_t signal_count = sizeof signals / sizeof *signals;
volatile std::sig_atomic_t remembered = 0;
struct sigaction former[signal_count];

void remember(int signal) { remembered = signal; }

}  // namespace

Interruption::Interruption() {
  remembered = 0;
  struct sigaction action = {};
  action.sa_handler = remember;  // without SA_RESTART: waiting calls return
  for (std::size_t i = 0; i < signal_count; ++i) sigaction(signals[i], &action, &former[i]);
}

Interruption::~Interruption() {
  for (std::size_t i = 0; i < signal_count; ++i) sigaction(signals[i], &former[i], nullptr);
  if (remembered != 0) raise(remembered);
}

bool Interruption::came() { return remembered != 0; }

}  // namespace cortado::boards
