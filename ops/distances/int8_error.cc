#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr Int8Error errors[] = {
    {"aten::cosine_similarity.default", 127, "vectors that round to 0 have no direction"},
};

}  // namespace

extern const Int8ErrorRow distances_int8_error;
const Int8ErrorRow distances_int8_error = {errors};

}  // namespace cortado::ops
