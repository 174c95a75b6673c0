#include "ops/wire.h"

#include "ops/reductions/contract.h"
#include "ops/reductions/functions.h"

namespace cortado::ops {

void add_reductions_wire(Registry& registry) {
#define CORTADO_REDUCTION(symbol, ...) registry.add(wire_operator<__VA_ARGS__>(symbol, "a reduction over dimensions"));
#include "ops/reductions/symbols.h"
#undef CORTADO_REDUCTION
  registry.add(wire_operator<VarArgs>(aten__var_out, "a variance"));
  registry.add(wire_operator<VarCorrectionArgs>(aten__var_correction_out, "a variance"));
}

}  // namespace cortado::ops
