// A run of rows brought into one type, for kernels that look at a block in cache at a time.
//
// The type of the rows is in the middle of the name: i8 i16 i32 u8 u16 u32 u64 f32. `out` has
// room for `n` values and does not overlap the rows.
#ifndef CKERNELS_BLOCKS_H
#define CKERNELS_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

#define DIET_EACH_NARROW_BLOCK(M) \
  M(i8, int8_t) M(i16, int16_t) M(i32, int32_t) M(u8, uint8_t) M(u16, uint16_t) M(u32, uint32_t)

/// `diet_widen_i8(p, n, out)`: the same numbers in 64 bits.
#define DIET_DECLARE(TYPE, T) void diet_widen_##TYPE(const T *p, size_t n, int64_t *out);
DIET_EACH_NARROW_BLOCK(DIET_DECLARE)
#undef DIET_DECLARE

/// Adds `value` to each number, in place; sums wrap.
void diet_shift_u8(uint8_t *p, size_t n, uint8_t value);
void diet_shift_u16(uint16_t *p, size_t n, uint16_t value);
void diet_shift_u32(uint32_t *p, size_t n, uint32_t value);
void diet_shift_u64(uint64_t *p, size_t n, uint64_t value);

/// The numbers less 2^63, so that they compare with a sign as they did without one.
void diet_widen_u64(const uint64_t *p, size_t n, int64_t *out);
void diet_widen_f32(const float *p, size_t n, double *out);
/// The binary64 nearest to each integer.
void diet_round_i64(const int64_t *p, size_t n, double *out);

/// `out[k] = table[codes[k]]`, words of any meaning.
void diet_lookup_u8(const uint8_t *codes, size_t n, const uint64_t *table, uint64_t *out);
void diet_lookup_u16(const uint16_t *codes, size_t n, const uint64_t *table, uint64_t *out);
void diet_lookup_u32(const uint32_t *codes, size_t n, const uint64_t *table, uint64_t *out);

/// Writes `value` to the rows whose bit in `valid` is not set.
void diet_fill_gaps(uint64_t *rows, const uint64_t *valid, size_t n, uint64_t value);

/// The sums of the distances from `pivot` and of their squares, for distances from 0 to 2^32 − 1
/// and up to 2^31 rows; the squares in two halves, high * 2^32 + low.
void diet_square_sums(const int64_t *p, size_t n, int64_t pivot, uint64_t *sum, uint64_t *high,
                      uint64_t *low);

#pragma GCC visibility pop

#endif
