// Vectors as the compiler spells them, and functions built for several CPUs.
#ifndef CKERNELS_VECTORS_H
#define CKERNELS_VECTORS_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

// Chosen by the loader for the CPU at hand; elsewhere than on x86-64 the baseline
// has vectors that do. The loader asks before the thread sanitizer is there to be
// called, so under it there is the baseline, too.
#if defined(__has_feature)
#if __has_feature(thread_sanitizer)
#define WITHOUT_CLONES
#endif
#endif
#if defined(__x86_64__) && !defined(WITHOUT_CLONES)
#define CLONES __attribute__((target_clones("default", "arch=x86-64-v3", "arch=x86-64-v4")))
#else
#define CLONES
#endif

// Functions are hidden from other libraries (include/*.h). If they could be replaced, their addresses would come out of
// a table that the loader fills while it asks which variant is for this CPU, and calls would lead to nowhere.

// How vectors are passed between functions differs between CPUs; here all are inlined.
#if defined(__clang__)
#pragma clang diagnostic ignored "-Wpsabi"
#endif

#define INLINE static inline __attribute__((always_inline))
#define VECTOR(T, COUNT) __attribute__((vector_size(sizeof(T) * (COUNT)))) T

#endif
