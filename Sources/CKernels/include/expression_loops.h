// Expressions over blocks of rows: one operation, two blocks in, one out.
//
// `diet_add_i32(a, b, n, out)`; types are i32, i64 and f64. Whoever calls the integer loops knows
// from the bounds of both sides that no result overflows. `out` may be `a` or `b`.
#ifndef CKERNELS_EXPRESSION_LOOPS_H
#define CKERNELS_EXPRESSION_LOOPS_H

#include <stddef.h>
#include <stdint.h>

#define DIET_EACH_LANE(M) M(i32, int32_t) M(i64, int64_t) M(f64, double)

/// Least and greatest are NaN where either side is.
#define DIET_DECLARE(TYPE, T)                                                  \
  void diet_add_##TYPE(const T *a, const T *b, size_t n, T *out);              \
  void diet_subtract_##TYPE(const T *a, const T *b, size_t n, T *out);         \
  void diet_multiply_##TYPE(const T *a, const T *b, size_t n, T *out);         \
  void diet_lesser_##TYPE(const T *a, const T *b, size_t n, T *out);           \
  void diet_greater_##TYPE(const T *a, const T *b, size_t n, T *out);
DIET_EACH_LANE(DIET_DECLARE)
#undef DIET_DECLARE

void diet_divide_f64(const double *a, const double *b, size_t n, double *out);
void diet_sqrt_f64(const double *a, size_t n, double *out);

/// Comparisons in bits, as in selection.h. NaN compares false.
#define DIET_DECLARE(TYPE, T)                                                     \
  void diet_is_equal_##TYPE(const T *a, const T *b, size_t n, uint64_t *out);     \
  void diet_is_less_##TYPE(const T *a, const T *b, size_t n, uint64_t *out);      \
  void diet_is_at_most_##TYPE(const T *a, const T *b, size_t n, uint64_t *out);
DIET_EACH_LANE(DIET_DECLARE)
#undef DIET_DECLARE

/// `a` where the bit is set, else `b`.
#define DIET_DECLARE(TYPE, T) \
  void diet_choose_##TYPE(const uint64_t *bits, const T *a, const T *b, size_t n, T *out);
DIET_EACH_LANE(DIET_DECLARE)
#undef DIET_DECLARE

#endif
