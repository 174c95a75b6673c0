#include "ops/wire.h"

#include "ops/float_products/contract.h"

namespace cortado::ops {

void add_float_products_wire(Registry& registry) {
  registry.add(wire_operator<LinearArgs>(aten__linear_out, "a linear layer in float"));
  registry.add(wire_operator<ProductArgs<Mm>>(aten__mm_out, "product of matrices in float"));
  registry.add(wire_operator<ProductArgs<Bmm>>(aten__bmm_out, "products of matrices in float"));
  registry.add(wire_operator<AddmmArgs>(aten__addmm_out, "sum with a product of matrices in float"));
}

}  // namespace cortado::ops
