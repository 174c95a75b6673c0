#include "ops/int8_error.h"

namespace cortado::ops {
namespace {

constexpr std::string_view gates = "gates of products, sums and tables, each rounded";
constexpr Int8Error errors[] = {
    {"aten::gru_cell.default", 4, gates},
    {"aten::lstm_cell.default", 4, gates},
    {"aten::rnn_relu_cell.default", 4, gates},
    {"aten::rnn_tanh_cell.default", 4, gates},
};

}  // namespace

extern const Int8ErrorRow recurrent_int8_error;
const Int8ErrorRow recurrent_int8_error = {errors};

}  // namespace cortado::ops
