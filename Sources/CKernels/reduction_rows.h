// How a reduction goes through a column: 64 rows at a time, one word of the bitmap.
//
// A word without a gap, the common one, costs no masking; an empty word costs
// nothing. Rows past the end are a word with a gap, so nothing else treats them.
// Vectors are written with the compiler's vector types, not left to its loop
// vectorizer: the lanes of a sum are then the same on every CPU, and narrow
// accumulators (the measured factor of 2 in cache) are what the source says.
#ifndef CKERNELS_REDUCTION_ROWS_H
#define CKERNELS_REDUCTION_ROWS_H

#include "reductions.h"
#include "vectors.h"

typedef VECTOR(uint8_t, 64) bytes64;
typedef VECTOR(uint64_t, 8) words8;

/// Writes -1 for each bit that is set and 0 for the others.
INLINE void spread(uint64_t bits, int8_t gaps[64]) {
#define EIGHT(k) k, k, k, k, k, k, k, k
  const bytes64 bit = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128,
                       1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128,
                       1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128,
                       1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  bytes64 word = (bytes64)(words8){bits};
  bytes64 repeated = __builtin_shufflevector(word, word, EIGHT(0), EIGHT(1), EIGHT(2), EIGHT(3),
                                             EIGHT(4), EIGHT(5), EIGHT(6), EIGHT(7));
  VECTOR(int8_t, 64) answer = (repeated & bit) == bit;
  memcpy(gaps, &answer, 64);
#undef EIGHT
}

/// The word for the rows from `row` on, those past the end taken out.
INLINE uint64_t word_at(const uint64_t *valid, size_t row, size_t n) {
  uint64_t word = valid ? valid[row / 64] : ~(uint64_t)0;
  return n - row < 64 ? word & (((uint64_t)1 << (n - row)) - 1) : word;
}

/// Runs `WHOLE(rows)` or `GAPPED(rows, gaps)` for each 64 rows from `START` to `STOP`, a
/// multiple of 64 later or the end. `rows` points to 64 readable ones.
#define FOR_EACH_WORD(T, START, STOP, WHOLE, GAPPED)                 \
  for (size_t row = (START); row < (STOP); row += 64) {              \
    uint64_t word = word_at(valid, row, n);                          \
    if (word == ~(uint64_t)0) {                                      \
      const T *rows = p + row;                                       \
      WHOLE(rows)                                                    \
    } else if (word) {                                               \
      T rest[64] = {0};                                              \
      const T *rows = p + row;                                       \
      if (n - row < 64) {                                            \
        memcpy(rest, rows, (n - row) * sizeof(T));                   \
        rows = rest;                                                 \
      }                                                              \
      int8_t gaps[64];                                               \
      spread(word, gaps);                                            \
      GAPPED(rows, gaps)                                             \
    }                                                                \
  }

INLINE size_t block_stop(size_t start, size_t block, size_t n) {
  return n - start < block ? n : start + block;
}

#endif
