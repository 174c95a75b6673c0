#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr Int8Error errors[] = {
    {"aten::rms_norm.default", 70, "rows that round to 0 have no direction"},
};

}  // namespace

extern const Int8ErrorRow norm_int8_error;
const Int8ErrorRow norm_int8_error = {errors};

}  // namespace cortado::ops
