// Conditions on rows, answered in bits.
//
// Bit k % 64 of word k / 64 of `out` is the answer for row k; the bits past row `n` in the last
// word are 0. Nulls are the caller's affair.
#ifndef CKERNELS_SELECTION_H
#define CKERNELS_SELECTION_H

#include <stddef.h>
#include <stdint.h>

#include "reductions.h"

#pragma GCC visibility push(hidden)

/// `diet_between_i8(p, n, low, high, out)`: low <= row <= high. NaN is between nothing.
#define DIET_DECLARE(TYPE, T) \
  void diet_between_##TYPE(const T *p, size_t n, T low, T high, uint64_t *out);
DIET_EACH_NUMBER(DIET_DECLARE)
#undef DIET_DECLARE

/// Whether each row of `a` is that of `b`.
void diet_is_equal_i64(const int64_t *a, const int64_t *b, size_t n, uint64_t *out);

/// `diet_member_u8(codes, n, table, out)`: whether `table[code]` is not 0.
void diet_member_u8(const uint8_t *codes, size_t n, const uint8_t *table, uint64_t *out);
void diet_member_u16(const uint16_t *codes, size_t n, const uint8_t *table, uint64_t *out);
void diet_member_u32(const uint32_t *codes, size_t n, const uint8_t *table, uint64_t *out);

/// The rows whose bits are set, one after the other; returns how many.
#define DIET_DECLARE(TYPE, T) \
  size_t diet_compress_##TYPE(const T *p, const uint64_t *bits, size_t n, T *out);
DIET_DECLARE(u8, uint8_t)
DIET_DECLARE(u16, uint16_t)
DIET_DECLARE(u32, uint32_t)
DIET_DECLARE(u64, uint64_t)
#undef DIET_DECLARE

/// The numbers of the rows whose bits are set, counted from `first`; returns how many.
size_t diet_selected_rows(const uint64_t *bits, size_t n, uint32_t first, uint32_t *out);

#pragma GCC visibility pop

#endif
