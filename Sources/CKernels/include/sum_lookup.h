// Sums of what codes stand for.
#ifndef CKERNELS_SUM_LOOKUP_H
#define CKERNELS_SUM_LOOKUP_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/// The sum of `table[code]`, which fits 64 bits; the table has `count` entries.
int64_t diet_sum_lookup_u8(const uint8_t *codes, size_t n, const int64_t *table, size_t count);
int64_t diet_sum_lookup_u16(const uint16_t *codes, size_t n, const int64_t *table);
int64_t diet_sum_lookup_u32(const uint32_t *codes, size_t n, const int64_t *table);

/// The same, a row at a time, on any CPU.
int64_t diet_sum_lookup_u8_plain(const uint8_t *codes, size_t n, const int64_t *table);

#pragma GCC visibility pop

#endif
