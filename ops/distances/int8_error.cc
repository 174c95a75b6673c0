#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr Int8Error errors[] = {
    {"aten::cosine_similarity.default", 255, "vectors that round to 0 have no direction"},
    {"aten::_cdist_forward.default", 12, root_of_rounded_squares},
    {"aten::cdist.default", 12, root_of_rounded_squares},
    {"aten::pairwise_distance.default", 12, root_of_rounded_squares},
};

}  // namespace

extern const Int8ErrorRow distances_int8_error;
const Int8ErrorRow distances_int8_error = {errors};

}  // namespace cortado::ops
