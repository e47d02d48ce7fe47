// Reductions over columns of narrow numbers.
//
// Every function is pure: it reads `n` rows at `p` and keeps nothing. A function
// whose name has `masked` also reads a bitmap, in which bit k % 64 of word k / 64
// is set when row k has a value; rows without one may hold any bits, and so may
// the bitmap past row `n`.
//
// The type is the last part of the name: i8 i16 i32 i64 u8 u16 u32 u64 f32 f64.
#ifndef CKERNELS_REDUCTIONS_H
#define CKERNELS_REDUCTIONS_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

#define DIET_EACH_NARROW_INTEGER(M) \
  M(i8, int8_t) M(i16, int16_t) M(i32, int32_t) M(u8, uint8_t) M(u16, uint16_t) M(u32, uint32_t)
#define DIET_EACH_WIDE_INTEGER(M) M(i64, int64_t) M(u64, uint64_t)
#define DIET_EACH_INTEGER(M) DIET_EACH_NARROW_INTEGER(M) DIET_EACH_WIDE_INTEGER(M)
#define DIET_EACH_FLOAT(M) M(f32, float) M(f64, double)
#define DIET_EACH_NUMBER(M) DIET_EACH_INTEGER(M) DIET_EACH_FLOAT(M)

/// `diet_sum_i8(p, n)`: the exact sum, for up to 2^31 rows.
#define DIET_DECLARE(TYPE, T)                      \
  int64_t diet_sum_##TYPE(const T *p, size_t n); \
  int64_t diet_sum_masked_##TYPE(const T *p, const uint64_t *valid, size_t n);
DIET_EACH_NARROW_INTEGER(DIET_DECLARE)
#undef DIET_DECLARE

/// `diet_sum_i64(p, n, &high, &low)`: the exact sum, high * 2^64 + low.
#define DIET_DECLARE(TYPE, T)                                                     \
  void diet_sum_##TYPE(const T *p, size_t n, int64_t *high, uint64_t *low);     \
  void diet_sum_masked_##TYPE(const T *p, const uint64_t *valid, size_t n, int64_t *high, \
                              uint64_t *low);
DIET_EACH_WIDE_INTEGER(DIET_DECLARE)
#undef DIET_DECLARE

/// `diet_sum_f64(p, n)`: the same bits on every CPU.
///
/// Row k is added, as a double, to lane k % 16 of its block of 1,024 rows; the lanes of a
/// block and then the blocks are added in pairs. The error grows with the logarithm of `n`.
#define DIET_DECLARE(TYPE, T)                     \
  double diet_sum_##TYPE(const T *p, size_t n); \
  double diet_sum_masked_##TYPE(const T *p, const uint64_t *valid, size_t n);
DIET_EACH_FLOAT(DIET_DECLARE)
#undef DIET_DECLARE

/// `diet_nansum_f64(p, valid, n, &numbers)`: the sum in that order with 0 for NaN, and how many rows
/// are no NaN. `valid` may be null.
#define DIET_DECLARE(TYPE, T) \
  double diet_nansum_##TYPE(const T *p, const uint64_t *valid, size_t n, size_t *numbers);
DIET_EACH_FLOAT(DIET_DECLARE)
#undef DIET_DECLARE

/// The sum of `(row - center)^2` in that order; NaN counts 0 if `skips_nan`. `valid` may be null.
double diet_sum_squares_f64(const double *p, const uint64_t *valid, size_t n, double center,
                            int skips_nan);

/// `diet_minmax_i8(p, n, &min, &max)`: both ends in one pass. NaN is skipped.
///
/// Without any row to look at, `min` is the type's greatest value (or infinity) and `max`
/// its least, so that `min > max` says so and the ends of chunks can be merged unasked.
#define DIET_DECLARE(TYPE, T)                                               \
  void diet_minmax_##TYPE(const T *p, size_t n, T *min, T *max);          \
  void diet_minmax_masked_##TYPE(const T *p, const uint64_t *valid, size_t n, T *min, T *max);
DIET_EACH_NUMBER(DIET_DECLARE)
#undef DIET_DECLARE

/// `diet_count_lt_i8(p, n, k)`: how many rows are less than `k`. NaN compares false.
#define DIET_DECLARE(TYPE, T)                                                              \
  size_t diet_count_eq_##TYPE(const T *p, size_t n, T k);                                \
  size_t diet_count_lt_##TYPE(const T *p, size_t n, T k);                                \
  size_t diet_count_gt_##TYPE(const T *p, size_t n, T k);                                \
  size_t diet_count_eq_masked_##TYPE(const T *p, const uint64_t *valid, size_t n, T k);  \
  size_t diet_count_lt_masked_##TYPE(const T *p, const uint64_t *valid, size_t n, T k);  \
  size_t diet_count_gt_masked_##TYPE(const T *p, const uint64_t *valid, size_t n, T k);
DIET_EACH_NUMBER(DIET_DECLARE)
#undef DIET_DECLARE

/// Adds 1 to `counts[code]` for every code; `counts` has an entry for each code that occurs.
void diet_group_count_u8(const uint8_t *codes, size_t n, uint64_t *counts);
void diet_group_count_u16(const uint16_t *codes, size_t n, uint64_t *counts);
void diet_group_count_u32(const uint32_t *codes, size_t n, uint64_t *counts);

/// How many bits of the words are set.
size_t diet_popcount(const uint64_t *words, size_t word_count);

#pragma GCC visibility pop

#endif
