#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr std::string_view root = "the root of a rounded variance: more where it is small";
constexpr Int8Error errors[] = {
    {"aten::std_mean.correction", 24, root},
    {"aten::std_mean.dim", 24, root},
    {"aten::var_mean.correction", 4, rounded_steps},
    {"aten::var_mean.dim", 4, rounded_steps},
};

}  // namespace

extern const Int8ErrorRow statistics_int8_error;
const Int8ErrorRow statistics_int8_error = {errors};

}  // namespace cortado::ops
