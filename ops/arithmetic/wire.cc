#include "ops/wire.h"

#include "ops/arithmetic/contract.h"
#include "ops/arithmetic/functions.h"

namespace cortado::ops {

void add_arithmetic_wire(Registry& registry) {
#define CORTADO_ARITHMETIC(symbol, ...) \
  registry.add(wire_operator<__VA_ARGS__>(symbol, symbol##_cases, "a function of two numbers"));
#include "ops/arithmetic/symbols.h"
#undef CORTADO_ARITHMETIC
  registry.add(wire_operator<DivModeArgs>(aten__div_out_mode, aten__div_out_mode_cases, "a quotient, rounded"));
  registry.add(wire_operator<DivScalarModeArgs>(aten__div_Scalar_mode_out, aten__div_Scalar_mode_out_cases, "a quotient, rounded"));
  registry.add(wire_operator<PowScalarArgs>(aten__pow_Scalar_out, aten__pow_Scalar_out_cases, "a number to a power"));
}

}  // namespace cortado::ops
