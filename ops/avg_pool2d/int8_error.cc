#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr std::string_view twice = "a mean and a product, each rounded";
constexpr Int8Error errors[] = {
    {"aten::avg_pool2d.default", 4, "with a divisor of its own a mean and a product, each rounded"},
    {"aten::avg_pool3d.default", 2, twice},
    {"aten::adaptive_avg_pool3d.default", 2, twice},
    {"aten::_adaptive_avg_pool3d.default", 2, twice},
};

}  // namespace

extern const Int8ErrorRow avg_pool2d_int8_error;
const Int8ErrorRow avg_pool2d_int8_error = {errors};

}  // namespace cortado::ops
