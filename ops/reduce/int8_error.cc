#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr Int8Error errors[] = {
    {"aten::linalg_vector_norm.default", 12, root_of_rounded_squares},
    {"aten::norm.Scalar", 12, root_of_rounded_squares},
    {"aten::norm.ScalarOpt_dim", 12, root_of_rounded_squares},
    {"aten::std.correction", 24, root_of_rounded_squares},
    {"aten::std.default", 24, root_of_rounded_squares},
    {"aten::std.dim", 24, root_of_rounded_squares},
    {"aten::var.correction", 4, rounded_steps},
    {"aten::var.default", 4, rounded_steps},
    {"aten::var.dim", 4, rounded_steps},
    {"aten::logsumexp.default", 3, rounded_steps},
    {"aten::prod.dim_int", 8, rounded_steps},
};

}  // namespace

extern const Int8ErrorRow reduce_int8_error;
const Int8ErrorRow reduce_int8_error = {errors};

}  // namespace cortado::ops
