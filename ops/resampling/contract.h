// Images in another size, [N, C, H, W] in any memory order. Along an axis, `scale` is 1 / the given factor, or 1 /
// (out / in) without one, or (in − 1) / (out − 1) with corners aligned; it and all positions are f32:
//
//   nearest:   out[o] = in[min(⌊o · scale⌋, in − 1)]
//   bilinear:  position p = o · scale with corners aligned, else max((o + 0.5) · scale − 0.5, 0); with f = p − ⌊p⌋
//              (1 − f) · in[⌊p⌋] + f · in[⌊p⌋ + 1], first along W, then along H
//   with antialiasing:  Σ in[i] · h((i + 0.5 − c) / s) / Σ h(…), h(t) = max(1 − |t|, 0), c = (o + 0.5) · scale,
//              s = max(scale, 1), over the product of both axes
//
// Source: PyTorch's native_functions.yaml and UpSample.h.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

struct UpsampleNearest2dArgs {
  static constexpr const char* name = "aten::upsample_nearest2d.vec_out";
  Tensor input;                      // any type
  OptionalIntList output_size;       // H, W
  OptionalNumberList scale_factors;  // H, W; given when output_size is not
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = UpsampleNearest2dArgs;
    each_field(visit, "input", &A::input, "output_size", &A::output_size, "scale_factors", &A::scale_factors, "out",
               &A::out);
  }
};

struct UpsampleBilinear2dArgs {
  static constexpr const char* name = "aten::upsample_bilinear2d.vec_out";
  Tensor input;  // f32
  OptionalIntList output_size;
  bool align_corners = false;
  OptionalNumberList scale_factors;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = UpsampleBilinear2dArgs;
    each_field(visit, "input", &A::input, "output_size", &A::output_size, "align_corners", &A::align_corners,
               "scale_factors", &A::scale_factors, "out", &A::out);
  }
};

struct UpsampleBilinear2dAaArgs {
  static constexpr const char* name = "aten::_upsample_bilinear2d_aa.out";
  Tensor self;  // f32
  IntList output_size;
  bool align_corners = false;
  OptionalNumber scales_h, scales_w;  // both or none
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = UpsampleBilinear2dAaArgs;
    each_field(visit, "self", &A::self, "output_size", &A::output_size, "align_corners", &A::align_corners, "scales_h",
               &A::scales_h, "scales_w", &A::scales_w, "out", &A::out);
  }
};

}  // namespace cortado::ops
