// Loops over floats by vector registers, as wide as the processor has them. Host.
#pragma once

// Before a function: it is compiled for AVX2 too, and the processor decides when the program starts. Without fused
// multiplication and reassociation, which the build forbids, both give the same bits. Sanitizers cannot instrument what
// decides.
#if defined(__has_feature)
#define CORTADO_HAS_FEATURE(feature) __has_feature(feature)
#else
#define CORTADO_HAS_FEATURE(feature) 0
#endif
#if defined(__x86_64__) && !defined(__SANITIZE_ADDRESS__) && !CORTADO_HAS_FEATURE(address_sanitizer)
#define CORTADO_WIDE_VECTORS __attribute__((target_clones("avx2", "default")))
#else
#define CORTADO_WIDE_VECTORS
#endif

namespace cortado {

// Gcc's and clang's vectors: arithmetic is by element, a comparison chooses by ?:. They lie at any address of a float,
// which auto forgets. They must not be arguments or results of functions, which differ between the two compilations.
typedef float Floats4 __attribute__((vector_size(16), aligned(4), may_alias));
typedef float Floats8 __attribute__((vector_size(32), aligned(4), may_alias));
typedef double Doubles4 __attribute__((vector_size(32)));

}  // namespace cortado
