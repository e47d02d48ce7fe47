#ifndef CKERNELS_RUN_ROWS_H
#define CKERNELS_RUN_ROWS_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

// Rows that stand in runs of one value.
//
// Bit k % 64 of word k / 64 of `starts` is set where row k begins a run; `values` has the value of each,
// the first being that of row 0, whether a run starts there or before it. Bits past row `n` may be any.

// Writes the value of each row; `portable` the same on CPUs that do not permute bytes, for tests.
#define DIET_DECLARE(TYPE, T)                                                                    \
  void diet_expand_runs_##TYPE(const T *values, const uint64_t *starts, size_t n, T *rows);      \
  void diet_expand_runs_##TYPE##_portable(const T *values, const uint64_t *starts, size_t n,     \
                                          T *rows);
DIET_DECLARE(i8, int8_t)
DIET_DECLARE(i16, int16_t)
DIET_DECLARE(i32, int32_t)
DIET_DECLARE(i64, int64_t)
#undef DIET_DECLARE

// The exact sum of `n` rows, at least one, high * 2^64 + low.
void diet_sum_runs(const int64_t *values, const uint64_t *starts, size_t n, int64_t *high,
                   uint64_t *low);

// The same of the rows whose bit is set in `valid`.
void diet_sum_runs_masked(const int64_t *values, const uint64_t *starts, const uint64_t *valid,
                          size_t n, int64_t *high, uint64_t *low);

// Writes a bit for each of `n` rows: that of its run. The bit of the first is bit `first` of `answers`, which
// has a word behind that of the last. Bits past row `n` are written, too.
void diet_spread_runs(const uint64_t *answers, size_t first, const uint64_t *starts, size_t n,
                      uint64_t *out);

// The same on CPUs that do not scatter bits, for tests.
void diet_spread_runs_portable(const uint64_t *answers, size_t first, const uint64_t *starts,
                               size_t n, uint64_t *out);

#pragma GCC visibility pop

#endif
