#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr std::string_view border = "operands that round out of the domain give what its border gives";
constexpr Int8Error errors[] = {
    {"aten::acos.default", 255, border},   {"aten::acosh.default", 255, border},
    {"aten::arccos.default", 255, border}, {"aten::arccosh.default", 255, border},
    {"aten::arcsin.default", 255, border}, {"aten::arctanh.default", 255, border},
    {"aten::asin.default", 255, border},   {"aten::atanh.default", 255, border},
};

}  // namespace

extern const Int8ErrorRow unary_int8_error;
const Int8ErrorRow unary_int8_error = {errors};

}  // namespace cortado::ops
