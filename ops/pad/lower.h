// aten::constant_pad_nd.default on int8 → cortex_m::pad. Host.
#pragma once

#include "ops/lowering.h"
#include "ops/operands.h"

namespace cortado::ops::pad {

Status lower(const Operands& operands, Lowering& lowering);

// x with `before` and `after` more elements of `value` per dimension, in logical order; at most 4 dimensions.
ir::Value* padded(ir::Value& x, std::vector<std::int64_t> before, std::vector<std::int64_t> after, std::int64_t value,
                  Lowering& lowering);

}  // namespace cortado::ops::pad
