#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr std::string_view zero = "where the divisor rounds to 0 the kernel gives 0";
constexpr Int8Error errors[] = {
    {"aten::divide.Tensor", 255, zero},
    {"aten::divide.Tensor_mode", 255, zero},
    {"aten::true_divide.Tensor", 255, zero},
};

}  // namespace

extern const Int8ErrorRow synonyms_int8_error;
const Int8ErrorRow synonyms_int8_error = {errors};

}  // namespace cortado::ops
