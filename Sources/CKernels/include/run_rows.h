#ifndef CKERNELS_RUN_ROWS_H
#define CKERNELS_RUN_ROWS_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

// Rows that stand in runs of one value.
//
// Bit k % 64 of word k / 64 of `starts` is set where row k begins a run; `values` has the value of each,
// the first being that of row 0, whether a run starts there or before it. Bits past row `n` may be any.

// Writes the value of each row.
void diet_expand_runs(const int64_t *values, const uint64_t *starts, size_t n, int64_t *rows);

// The exact sum of `n` rows, at least one, high * 2^64 + low.
void diet_sum_runs(const int64_t *values, const uint64_t *starts, size_t n, int64_t *high,
                   uint64_t *low);

// How many of `n` rows, at least one, have a value from `least` to `greatest`, which is no less.
size_t diet_count_runs(const int64_t *values, const uint64_t *starts, size_t n, int64_t least,
                       int64_t greatest);

#pragma GCC visibility pop

#endif
