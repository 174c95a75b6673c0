#include "ops/wire.h"

#include "ops/float_unary/contract.h"
#include "ops/float_unary/functions.h"

namespace cortado::ops {

void add_float_unary_wire(Registry& registry) {
#define CORTADO_FUNCTION(symbol, Type) \
  registry.add(wire_operator<UnaryArgs<functions::Type>>(symbol, "a function of one number"));
#include "ops/float_unary/symbols.h"
#undef CORTADO_FUNCTION
  registry.add(wire_operator<EluArgs>(aten__elu_out, "exponential linear unit"));
  registry.add(wire_operator<LeakyReluArgs>(aten__leaky_relu_out, "leaky rectifier"));
  registry.add(wire_operator<GeluArgs>(aten__gelu_out, "Gaussian linear unit"));
  registry.add(wire_operator<LogitArgs>(aten__logit_out, "inverse of the sigmoid"));
}

}  // namespace cortado::ops
