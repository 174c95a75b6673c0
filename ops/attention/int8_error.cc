#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr Int8Error errors[] = {
    {"aten::scaled_dot_product_attention.default", 5, "two products and a softmax, each rounded"},
};

}  // namespace

extern const Int8ErrorRow attention_int8_error;
const Int8ErrorRow attention_int8_error = {errors};

}  // namespace cortado::ops
