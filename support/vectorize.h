// What the compilers may not vectorise. Host and target, C++17.
#pragma once

// Before a loop that compares floats and must see NaN: where clang 19 vectorises x != x for Helium, lanes that hold NaN
// count as ordered.
#if defined(__clang__)
#define CORTADO_SCALAR_LOOP _Pragma("clang loop vectorize(disable)")
#else
#define CORTADO_SCALAR_LOOP
#endif
