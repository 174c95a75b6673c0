#include "ops/wire.h"

#include "ops/float_products/contract.h"

namespace cortado::ops {

void add_float_products_wire(Registry& registry) {
  registry.add(wire_operator<LinearArgs>(aten__linear_out, aten__linear_out_cases, "a linear layer in float"));
  registry.add(wire_operator<ProductArgs<Mm>>(aten__mm_out, aten__mm_out_cases, "product of matrices in float"));
  registry.add(wire_operator<ProductArgs<Bmm>>(aten__bmm_out, aten__bmm_out_cases, "products of matrices in float"));
  registry.add(wire_operator<AddmmArgs>(aten__addmm_out, aten__addmm_out_cases, "sum with a product of matrices in float"));
}

}  // namespace cortado::ops
