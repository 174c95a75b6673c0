// Elementwise arithmetic on int8 that has a form for four elements at a time. Host and target, C++17.
//
// Such an arithmetic has  std::int32_t fours(a, b, count, out) const:  it computes the first elements in fours and
// returns how many it did, possibly none.
#pragma once

#include <cstdint>

namespace cortado::ops {
namespace detail {

template <class F, class A, class B, class Out>
inline auto first_fours(const F& f, const A* a, const B* b, std::int32_t count, Out* out, int)
    -> decltype(f.fours(a, b, count, out)) {
  return f.fours(a, b, count, out);
}
template <class F, class A, class B, class Out>
inline std::int32_t first_fours(const F&, const A*, const B*, std::int32_t, Out*, long) {
  return 0;
}

}  // namespace detail

// out[i] = f(a[i], b[i]) for all i < count; out may be a or b.
template <class F, class A, class B, class Out>
inline void for_all(const F& f, const A* a, const B* b, std::int32_t count, Out* out) {
  for (std::int32_t i = detail::first_fours(f, a, b, count, out, 0); i < count; ++i) out[i] = f(a[i], b[i]);
}

}  // namespace cortado::ops
