#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr std::string_view root = "the root of a rounded sum of squares: more where it is small";
constexpr std::string_view steps = "each operator that it is made of rounds";
constexpr Int8Error errors[] = {
    {"aten::linalg_vector_norm.default", 12, root},
    {"aten::norm.Scalar", 12, root},
    {"aten::norm.ScalarOpt_dim", 12, root},
    {"aten::std.correction", 24, root},
    {"aten::std.default", 24, root},
    {"aten::std.dim", 24, root},
    {"aten::var.correction", 4, steps},
    {"aten::var.default", 4, steps},
    {"aten::var.dim", 4, steps},
    {"aten::logsumexp.default", 3, steps},
    {"aten::prod.dim_int", 8, steps},
};

}  // namespace

extern const Int8ErrorRow reduce_int8_error;
const Int8ErrorRow reduce_int8_error = {errors};

}  // namespace cortado::ops
