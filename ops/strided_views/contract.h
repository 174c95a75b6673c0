// Copies of a strided view of a tensor, of any element type: what PyTorch calls view operators, as copies.
// Source: PyTorch's native_functions.yaml (the .out overloads); semantics as there.
#pragma once

#include "ops/kernel.h"

namespace cortado::ops {

// out[i0, i1, …] = self[…], dimension d of out being dimension dims[d] of self.
struct PermuteCopyArgs {
  static constexpr const char* name = "aten::permute_copy.out";
  Tensor self;
  IntList dims;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = PermuteCopyArgs;
    each_field(visit, "self", &A::self, "dims", &A::dims, "out", &A::out);
  }
};

// The same on int8, as ExecuTorch's compiler calls it. Source: ExecuTorch 1.5 operators.yaml.
struct TransposeArgs {
  static constexpr const char* name = "cortex_m::transpose.out";
  Tensor input;  // i8, rank 1 … 4
  IntList perm;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = TransposeArgs;
    each_field(visit, "input", &A::input, "perm", &A::perm, "out", &A::out);
  }
};

struct TransposeCopyArgs {
  static constexpr const char* name = "aten::transpose_copy.int_out";
  Tensor self;
  std::int64_t dim0 = 0, dim1 = 0;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = TransposeCopyArgs;
    each_field(visit, "self", &A::self, "dim0", &A::dim0, "dim1", &A::dim1, "out", &A::out);
  }
};

// Rank at most 2.
struct TCopyArgs {
  static constexpr const char* name = "aten::t_copy.out";
  Tensor self, out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &TCopyArgs::self, "out", &TCopyArgs::out);
  }
};

// self[…, index, …] along dim, which vanishes.
struct SelectCopyArgs {
  static constexpr const char* name = "aten::select_copy.int_out";
  Tensor self;
  std::int64_t dim = 0, index = 0;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = SelectCopyArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "index", &A::index, "out", &A::out);
  }
};

// self[…, start:end:step, …] along dim, with Python's meaning of negative and absent bounds; step ≥ 1.
struct SliceCopyArgs {
  static constexpr const char* name = "aten::slice_copy.Tensor_out";
  Tensor self;
  std::int64_t dim = 0;
  OptionalInt start, end;
  std::int64_t step = 1;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = SliceCopyArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "start", &A::start, "end", &A::end, "step", &A::step, "out",
               &A::out);
  }
};

struct NarrowCopyArgs {
  static constexpr const char* name = "aten::narrow_copy.out";
  Tensor self;
  std::int64_t dim = 0, start = 0, length = 0;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = NarrowCopyArgs;
    each_field(visit, "self", &A::self, "dim", &A::dim, "start", &A::start, "length", &A::length, "out", &A::out);
  }
};

// Windows of `size` elements, `step` apart, along a dimension; they become the last dimension.
struct UnfoldCopyArgs {
  static constexpr const char* name = "aten::unfold_copy.out";
  Tensor self;
  std::int64_t dimension = 0, size = 1, step = 1;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = UnfoldCopyArgs;
    each_field(visit, "self", &A::self, "dimension", &A::dimension, "size", &A::size, "step", &A::step, "out", &A::out);
  }
};

// out[i] = memory of self at storage_offset + Σ i[d] · stride[d].
struct AsStridedCopyArgs {
  static constexpr const char* name = "aten::as_strided_copy.out";
  Tensor self;
  IntList size, stride;
  OptionalInt storage_offset;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = AsStridedCopyArgs;
    each_field(visit, "self", &A::self, "size", &A::size, "stride", &A::stride, "storage_offset", &A::storage_offset,
               "out", &A::out);
  }
};

// The diagonal of dim1 and dim2, `offset` above the main one; it becomes the last dimension.
struct DiagonalCopyArgs {
  static constexpr const char* name = "aten::diagonal_copy.out";
  Tensor self;
  std::int64_t offset = 0, dim1 = 0, dim2 = 1;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = DiagonalCopyArgs;
    each_field(visit, "self", &A::self, "offset", &A::offset, "dim1", &A::dim1, "dim2", &A::dim2, "out", &A::out);
  }
};

// self broadcast to the sizes of out.
struct ExpandCopyArgs {
  static constexpr const char* name = "aten::expand_copy.out";
  Tensor self;
  IntList size;  // −1: as self; the sizes of out are taken
  bool implicit = false;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = ExpandCopyArgs;
    each_field(visit, "self", &A::self, "size", &A::size, "implicit", &A::implicit, "out", &A::out);
  }
};

// The given dimensions backwards.
struct FlipArgs {
  static constexpr const char* name = "aten::flip.out";
  Tensor self;
  IntList dims;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &FlipArgs::self, "dims", &FlipArgs::dims, "out", &FlipArgs::out);
  }
};

// self tiled: dimension d, counted from the end, repeats[d] times.
struct RepeatArgs {
  static constexpr const char* name = "aten::repeat.out";
  Tensor self;
  IntList repeats;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    each_field(visit, "self", &RepeatArgs::self, "repeats", &RepeatArgs::repeats, "out", &RepeatArgs::out);
  }
};

// out[…, c, y·r + i, x·r + j] = self[…, c·r² + i·r + j, y, x].
struct PixelShuffleArgs {
  static constexpr const char* name = "aten::pixel_shuffle.out";
  Tensor self;
  std::int64_t upscale_factor = 1;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = PixelShuffleArgs;
    each_field(visit, "self", &A::self, "upscale_factor", &A::upscale_factor, "out", &A::out);
  }
};

// out[…, c·r² + i·r + j, y, x] = self[…, c, y·r + i, x·r + j].
struct PixelUnshuffleArgs {
  static constexpr const char* name = "aten::pixel_unshuffle.out";
  Tensor self;
  std::int64_t downscale_factor = 1;
  Tensor out;
  template <class V>
  static constexpr void fields(V&& visit) {
    using A = PixelUnshuffleArgs;
    each_field(visit, "self", &A::self, "downscale_factor", &A::downscale_factor, "out", &A::out);
  }
};

}  // namespace cortado::ops
