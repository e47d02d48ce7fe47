// Choices of expressions, vectorised for the CPU at hand.

#include "expression_loops.h"

#include "vectors.h"

// A result may take the place of an operand, row by row. Left to itself the compiler would find
// that the two overlap, and go through such blocks a row at a time.
#define IN_PLACE _Pragma("clang loop vectorize(assume_safety)")

#define CHOOSE(TYPE, T)                                                                    \
  CLONES void diet_choose_##TYPE(const uint64_t *bits, const T *a, const T *b, size_t n,   \
                                 T *out) {                                                 \
    IN_PLACE for (size_t i = 0; i < n; i++) out[i] = bits[i / 64] >> i % 64 & 1 ? a[i] : b[i]; \
  }
DIET_EACH_LANE(CHOOSE)
