#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr Int8Error errors[] = {
    {"aten::addcdiv.default", 255, "where the divisor rounds to 0 the kernel gives 0"},
    {"aten::lerp.Tensor", 2, "a difference, a product and a sum, each rounded"},
};

}  // namespace

extern const Int8ErrorRow where_int8_error;
const Int8ErrorRow where_int8_error = {errors};

}  // namespace cortado::ops
