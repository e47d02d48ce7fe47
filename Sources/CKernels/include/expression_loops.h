// Choices between two blocks of rows, in the lanes of expressions.
#ifndef CKERNELS_EXPRESSION_LOOPS_H
#define CKERNELS_EXPRESSION_LOOPS_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

#define DIET_EACH_LANE(M) M(i16, int16_t) M(i32, int32_t) M(i64, int64_t) M(f64, double)

/// `diet_choose_i32(bits, a, b, n, out)`: `a` where the bit is set, else `b`. `out` may be `a` or `b`.
#define DIET_DECLARE(TYPE, T) \
  void diet_choose_##TYPE(const uint64_t *bits, const T *a, const T *b, size_t n, T *out);
DIET_EACH_LANE(DIET_DECLARE)
#undef DIET_DECLARE

#pragma GCC visibility pop

#endif
