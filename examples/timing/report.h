// The one JSON object that a board says.
#pragma once

#include "measure.h"

namespace timing {

struct Stack {
  bool is_known;
  size_t bytes;  // the most in use below cortado_time()
};

void print(const cortado_timing& timing, const Measured& measured, const Stack& stack);

}  // namespace timing
