// What the stages of upsampling share. Host and target, C++17.
#pragma once

#include <string.h>

#include "ops/resampling/position.h"
#include "ops/stage.h"

namespace cortado::ops {

struct Nearest2dStage {
  static constexpr std::uint32_t id = 19;
  enum : std::uint32_t { y_scale, x_scale, count };  // f32 bits
};

struct Bilinear2dStage {
  static constexpr std::uint32_t id = 20;
  enum : std::uint32_t { y_scale, x_scale, align_corners, count };
};

inline float resampling_number(const StageArguments& args, std::uint32_t i) {
  float number;
  memcpy(&number, &args.numbers()[i], sizeof number);
  return number;
}

// Scales are numbers for which all positions are; not so NaN.
inline bool is_resampling_scale(float scale) { return scale >= 0 && scale < 0x1p24f; }

inline StageCheck& check_resampling(StageCheck& check, const StageArguments& args) {
  return check.equal("input's channels", args.input[0].channels(), args.output.channels())
      .equal("input's element bytes", args.input[0].element_bytes(), args.output.element_bytes())
      .that(is_resampling_scale(resampling_number(args, 0)) && is_resampling_scale(resampling_number(args, 1)),
            "a scale is out of range");
}

}  // namespace cortado::ops
