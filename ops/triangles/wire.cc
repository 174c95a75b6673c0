#include "ops/wire.h"

#include "ops/triangles/contract.h"

namespace cortado::ops {

void add_triangles_wire(Registry& registry) {
  registry.add(wire_operator<TrilArgs>(aten__tril_out, "the lower triangle of matrices"));
}

}  // namespace cortado::ops
