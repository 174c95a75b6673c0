// Maximum over sliding windows.
#include <limits>

#include "ops/host/pool_rewrites.h"
#include "ops/host/volume_pools.h"
#include "ops/host/window.h"
#include "ops/max_pool2d/lower.h"
#include "ops/operator_list.h"

namespace cortado::ops {
namespace {

// The maximum and its place in the plane; NaN wins. `planes` of `w` one after the other.
template <class T>
void pool_planes(const Windows& w, const T* from, T* to, std::int64_t* places) {
  for (std::int64_t plane = 0; plane < w.planes; ++plane, from += w.plane_size()) {
    for_each_window(w, [&](std::int64_t, const std::array<std::int64_t, 3>& begin) {
      T best =
          std::numeric_limits<T>::has_infinity ? -std::numeric_limits<T>::infinity() : std::numeric_limits<T>::lowest();
      std::int64_t place = -1;
      for (std::int64_t a = begin[0], i = 0; i < w.kernel[0]; ++i, a += w.dilation[0]) {
        if (a < 0 || a >= w.in[0]) continue;
        for (std::int64_t b = begin[1], j = 0; j < w.kernel[1]; ++j, b += w.dilation[1]) {
          if (b < 0 || b >= w.in[1]) continue;
          for (std::int64_t c = begin[2], k = 0; k < w.kernel[2]; ++k, c += w.dilation[2]) {
            if (c < 0 || c >= w.in[2]) continue;
            const std::int64_t at = (a * w.in[1] + b) * w.in[2] + c;
            if (place < 0 || from[at] > best || from[at] != from[at]) best = from[at], place = at;
          }
        }
      }
      *to++ = best;
      if (places != nullptr) *places++ = place;
    });
  }
}

template <std::size_t spatial, bool with_places>
Types infer(const Operands& operands) {
  CORTADO_TRY(const Windows w, windows(operands, spatial));
  std::vector<ir::Type> types = {plain(operands.real_dtype(operands.schema()[0].name), w.result_shape())};
  if (with_places) types.push_back(plain(DType::i64, w.result_shape()));
  return types;
}

template <std::size_t spatial, bool with_places>
Tensors evaluate(const Operands& operands, const Environment& environment) {
  CORTADO_TRY(const Windows w, windows(operands, spatial));
  const ir::Tensor& x = environment.at(*operands.value(operands.schema()[0].name));
  const ir::Tensor from = cast(x, compute_dtype(x.dtype()));
  ir::Tensor result(from.dtype(), w.result_shape());
  ir::Tensor places(DType::i64, with_places ? w.result_shape() : ir::Shape{0});
  with_compute_type(from.dtype(), [&]<class T>(T) {
    pool_planes(w, from.data<T>(), result.mutable_data<T>(),
                with_places ? places.mutable_data<std::int64_t>() : nullptr);
  });
  std::vector<ir::Tensor> results = {cast(result, x.dtype())};
  if (with_places) results.push_back(std::move(places));
  return results;
}

template <std::size_t spatial, bool with_places = false>
Definition max_pool(std::string_view op, std::string_view parameters) {
  return {.op = op,
          .schema = schema(parameters),
          .summary = with_places ? "y[p] = max over window p, and where it is" : "y[p] = max over window p",
          .infer = infer<spatial, with_places>,
          .evaluate = evaluate<spatial, with_places>,
          .quantization = same_as_input(),
          .layout = LayoutRule::channels_last,
          .lower = spatial != 2  ? nullptr
                   : with_places ? max_pool2d::lower_places
                                 : max_pool2d::lower,
          .float_kernel = spatial == 2 ? "aten::max_pool2d_with_indices.out" : "",
          .lower_float = spatial == 2 && !with_places ? max_pool2d::lower_float : nullptr,
          .float_layout = LayoutRule::same};
}

// Maxima whose places nobody reads.
Status rewrite_places(const Operands& operands, Rewriter& rewriter) {
  if (rewriter.graph().use_count(*operands.node().outputs[1]) != 0) return {};
  std::string op = operands.node().op;
  op.erase(op.find("_with_indices"), std::string_view("_with_indices").size());
  CORTADO_TRY(ir::Value* y, rewriter.add(op, operands.node().arguments));
  return rewriter.finish({y});
}

Status rewrite_along_one(const Operands& operands, Rewriter& rewriter) {
  return pool_in_two_dimensions(operands, rewriter, "aten::max_pool2d.default",
                                {{"kernel_size", 1}, {"stride", 1}, {"padding", 0}, {"dilation", 1}}, {"ceil_mode"});
}

Status rewrite_volume(const Operands& operands, Rewriter& rewriter) {
  return pool_planes_then_depth(operands, rewriter, "aten::max_pool2d.default",
                                {"kernel_size", "stride", "padding", "dilation"}, {"ceil_mode"});
}

}  // namespace

void add_max_pool2d(Registry& r) {
  // clang-format off: one line, one operator
  r.add(max_pool<1>("aten::max_pool1d.default", "Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False"));
  r.add(max_pool<2>("aten::max_pool2d.default", "Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False"));
  r.add(max_pool<3>("aten::max_pool3d.default", "Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False"));
  r.add(max_pool<1, true>("aten::max_pool1d_with_indices.default", "Tensor self, int[1] kernel_size, int[1] stride=[], int[1] padding=0, int[1] dilation=1, bool ceil_mode=False"));
  r.add(max_pool<2, true>("aten::max_pool2d_with_indices.default", "Tensor self, int[2] kernel_size, int[2] stride=[], int[2] padding=0, int[2] dilation=1, bool ceil_mode=False"));
  r.add(max_pool<3, true>("aten::max_pool3d_with_indices.default", "Tensor self, int[3] kernel_size, int[3] stride=[], int[3] padding=0, int[3] dilation=1, bool ceil_mode=False"));
  // clang-format on
  r.set_rewrite({"aten::max_pool1d.default"}, rewrite_along_one);
  r.set_rewrite({"aten::max_pool3d.default"}, rewrite_volume);
  r.set_rewrite({"aten::max_pool1d_with_indices.default", "aten::max_pool2d_with_indices.default",
                 "aten::max_pool3d_with_indices.default"},
                rewrite_places);
}

}  // namespace cortado::ops
