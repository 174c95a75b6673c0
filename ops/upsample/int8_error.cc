#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr std::string_view thrice = "along one dimension after the other, each rounded";
constexpr Int8Error errors[] = {
    {"aten::upsample_trilinear3d.default", 3, thrice},
    {"aten::upsample_trilinear3d.vec", 3, thrice},
};

}  // namespace

extern const Int8ErrorRow upsample_int8_error;
const Int8ErrorRow upsample_int8_error = {errors};

}  // namespace cortado::ops
