#include "ops/quantize/stage.h"

#include <string.h>

#include "ops/quantize/rounding.h"

namespace cortado::ops {
namespace {

using Number = QuantizeStage;

void check_arguments(const StageArguments& args, StageCheck& check) {
  if (!check_counts(check, args, 1, Number::count, 0).ok()) return;
  const std::int32_t* numbers = args.numbers();
  check_same_rows(check, args)
      .equal("input's element bytes", args.input[0].element_bytes(), 4)
      .equal("output's element bytes", args.output.element_bytes(), 1)
      .range("quant_min", numbers[Number::quant_min], -128, 127)
      .range("quant_max", numbers[Number::quant_max], numbers[Number::quant_min], 127)
      .range("zero_point", numbers[Number::zero_point], -128, 127)
      .that(std::int64_t{args.output.rows()} * args.output.row_elements() <= INT32_MAX,
            "the output has too many elements");
}

void run_row(const StageArguments& args, std::int32_t y) {
  const std::int32_t* numbers = args.numbers();
  QuantizeArithmetic arithmetic;
  memcpy(&arithmetic.inverse_scale, &numbers[Number::inverse_scale_bits], sizeof(float));
  arithmetic.zero_point = numbers[Number::zero_point];
  arithmetic.quant_min = numbers[Number::quant_min];
  arithmetic.quant_max = numbers[Number::quant_max];
  const auto count = static_cast<std::uint32_t>(args.output.row_elements()),
             begin = static_cast<std::uint32_t>(y) * count;
  const std::uint32_t whole =
      static_cast<std::uint32_t>(args.output.rows()) * count / 16 * 16;  // elements in whole groups of 16
  quantize_run(arithmetic, args.input[0].row<float>(y), begin, whole, begin + count, args.output.row(y));
}

}  // namespace

extern const Stage quantize_stage;
const Stage quantize_stage = stage_row<check_arguments, run_row>(QuantizeStage::id, "quantize");

}  // namespace cortado::ops
