// The vector vocabulary: kernels are written against it once. On Helium a word is an instruction; elsewhere it is the
// same arithmetic lane by lane (portable.h), so that the kernels run and are tested on the host too.
// Host and target, C++17.
#pragma once

namespace cortado::simd {

// Whether kernels that work without vectors as well should use them: not on small cores, where lanes are code; on the
// host, to be tested there.
#if defined(__ARM_FEATURE_MVE) || !defined(__arm__)
constexpr bool pays = true;
#else
constexpr bool pays = false;
#endif

}  // namespace cortado::simd

#if defined(__ARM_FEATURE_MVE)
#include "simd/mve.h"
#else
#include "simd/portable.h"
#endif
