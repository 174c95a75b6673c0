#include "ops/wire.h"

#include "ops/arithmetic/contract.h"
#include "ops/arithmetic/functions.h"

namespace cortado::ops {

void add_arithmetic_wire(Registry& registry) {
#define CORTADO_ARITHMETIC(symbol, ...) registry.add(wire_operator<__VA_ARGS__>(symbol, "a function of two numbers"));
#include "ops/arithmetic/symbols.h"
#undef CORTADO_ARITHMETIC
  registry.add(wire_operator<DivModeArgs>(aten__div_out_mode, "a quotient, rounded"));
  registry.add(wire_operator<DivScalarModeArgs>(aten__div_Scalar_mode_out, "a quotient, rounded"));
  registry.add(wire_operator<PowScalarArgs>(aten__pow_Scalar_out, "a number to a power"));
}

}  // namespace cortado::ops
