// Answers of 64 rows brought into one word.
#ifndef CKERNELS_ANSWER_WORDS_H
#define CKERNELS_ANSWER_WORDS_H

#include "vectors.h"

/// Writes a bit for each of `n` rows to `out`, those past the end 0. `LOAD` reads the rows from `at` on
/// into vectors of 64 bytes of `T`, `ANSWER` is their answers, `ONE` that of the row `at` alone. `WORD`
/// has a bit for each row of a vector.
///
/// A vector of answers becomes bits by conversion to a vector of booleans: one instruction on each CPU
/// that has it, and right on all others.
#define WRITE_ANSWERS(T, WORD, LOAD, ANSWER, ONE)                             \
  enum { COUNT = 64 / sizeof(T) };                                            \
  typedef _Bool __attribute__((ext_vector_type(COUNT))) answer_bits;          \
  size_t row = 0;                                                             \
  for (; row + 64 <= n; row += 64) {                                          \
    uint64_t word = 0;                                                        \
    for (size_t k = 0; k < 64; k += COUNT) {                                  \
      const size_t at = row + k;                                              \
      LOAD                                                                    \
      answer_bits bits = __builtin_convertvector(ANSWER, answer_bits);        \
      WORD part;                                                              \
      memcpy(&part, &bits, sizeof part);                                      \
      word |= (uint64_t)part << k;                                            \
    }                                                                         \
    out[row / 64] = word;                                                     \
  }                                                                           \
  if (row < n) {                                                              \
    uint64_t word = 0;                                                        \
    for (size_t at = row; at < n; at++) word |= (uint64_t)(ONE) << (at - row); \
    out[row / 64] = word;                                                     \
  }

#endif
