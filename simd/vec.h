// The vector vocabulary: kernels are written against it once. On Helium a word is an instruction; elsewhere it is the
// same arithmetic lane by lane (portable.h), so that the kernels run and are tested on the host too.
// Host and target, C++17.
#pragma once

#if defined(__ARM_FEATURE_MVE)
#include "simd/mve.h"
#else
#include "simd/portable.h"
#endif
