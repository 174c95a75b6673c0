#include "ops/int8_error.h"

namespace cortado::ops {

Int8Error int8_error(std::string_view op) {
  for (std::uint32_t i = 0; i < all_int8_errors.count; ++i)
    for (const Int8Error& error : all_int8_errors.rows[i]->errors)
      if (error.op == op) return error;
  return {op, 1, {}};
}

}  // namespace cortado::ops
