// The fields of packed blocks, one after the other: include/packed_blocks.h says how they lie.
#ifndef CKERNELS_PACKED_FIELDS_H
#define CKERNELS_PACKED_FIELDS_H

#include "include/packed_blocks.h"
#include "vectors.h"

// Where field `k` of each lane begins, and whether it goes on in the next word. With a width that
// is known when this is compiled, all of it is.
#define EACH_FIELD(T, START)                                                                    \
  enum { BITS = 8 * sizeof(T), LANES = 1024 / BITS, HALF = LANES / 2 };                         \
  typedef VECTOR(T, HALF) lanes;                                                                \
  const T mask = (T)((T)~(T)0 >> (BITS - width));                                               \
  _Pragma("clang loop unroll(full)")                                                            \
  for (size_t half = 0; half < LANES; half += HALF) {                                           \
    START                                                                                       \
    _Pragma("clang loop unroll(full)") for (size_t k = 0; k < BITS; k++) {                      \
      const size_t bit = k * width, shift = bit % BITS, word = bit / BITS * LANES + half;       \
      const int straddles = shift + width > BITS;

// Field `k` of half of the lanes, into `field`.
#define LOAD_FIELD                                                                              \
      lanes field;                                                                              \
      memcpy(&field, block + word, sizeof field);                                               \
      field >>= (__typeof__(mask))shift;                                                        \
      if (straddles) {                                                                          \
        lanes next;                                                                             \
        memcpy(&next, block + word + LANES, sizeof next);                                       \
        field |= next << (__typeof__(mask))(BITS - shift);                                      \
      }                                                                                         \
      field &= mask;

// Calls `CASE` for each width that is common enough for code of its own.
#define WIDTHS_u8(CASE, TYPE)                                                                  \
  CASE(TYPE, 1) CASE(TYPE, 2) CASE(TYPE, 3) CASE(TYPE, 4) CASE(TYPE, 5) CASE(TYPE, 6)          \
  CASE(TYPE, 7)
#define WIDTHS_u16(CASE, TYPE)                                                                 \
  CASE(TYPE, 8) CASE(TYPE, 9) CASE(TYPE, 10) CASE(TYPE, 11) CASE(TYPE, 12) CASE(TYPE, 13)                    \
  CASE(TYPE, 14) CASE(TYPE, 15)
#define WIDTHS_u32(CASE, TYPE)                                                                 \
  CASE(TYPE, 16) CASE(TYPE, 17) CASE(TYPE, 18) CASE(TYPE, 19) CASE(TYPE, 20) CASE(TYPE, 21)                   \
  CASE(TYPE, 22) CASE(TYPE, 23) CASE(TYPE, 24) CASE(TYPE, 25) CASE(TYPE, 26)                   \
  CASE(TYPE, 27) CASE(TYPE, 28) CASE(TYPE, 29) CASE(TYPE, 30) CASE(TYPE, 31)
#define WIDTHS_u64(CASE, TYPE)

#endif
