#ifndef CKERNELS_PACKED_BLOCKS_H
#define CKERNELS_PACKED_BLOCKS_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

// Blocks of 1,024 numbers of `width` bits each, without a sign, in lanes.
//
// A block is 1024 / T lanes of T bits side by side, T being the bits of the type in the function's
// name. Row k * lanes + l is field k of lane l, and a lane is its T fields one after the other, the
// least significant bits first: `width` words. So rows come out in order, a vector at a time, and a
// block has 128 * width bytes. `width` is from 1 to T - 1.

void diet_pack_u8(const uint8_t *values, size_t width, uint8_t *block);
void diet_pack_u16(const uint16_t *values, size_t width, uint16_t *block);
void diet_pack_u32(const uint32_t *values, size_t width, uint32_t *block);
void diet_pack_u64(const uint64_t *values, size_t width, uint64_t *block);

void diet_unpack_u8(const uint8_t *block, size_t width, uint8_t *values);
void diet_unpack_u16(const uint16_t *block, size_t width, uint16_t *values);
void diet_unpack_u32(const uint32_t *block, size_t width, uint32_t *values);
void diet_unpack_u64(const uint64_t *block, size_t width, uint64_t *values);

// The sum of the numbers of `count` blocks; widths from 1 to 7, 8 to 15, 16 to 31.
uint64_t diet_packed_sum_u8(const uint8_t *block, size_t width, size_t count);
uint64_t diet_packed_sum_u16(const uint16_t *block, size_t width, size_t count);
uint64_t diet_packed_sum_u32(const uint32_t *block, size_t width, size_t count);

// How many of the numbers of `count` blocks are `key`, or less; widths as for sums.
size_t diet_packed_count_eq_u8(const uint8_t *block, size_t width, size_t count,
    uint8_t key);
size_t diet_packed_count_eq_u16(const uint16_t *block, size_t width, size_t count,
    uint16_t key);
size_t diet_packed_count_eq_u32(const uint32_t *block, size_t width, size_t count,
    uint32_t key);
size_t diet_packed_count_lt_u8(const uint8_t *block, size_t width, size_t count,
    uint8_t key);
size_t diet_packed_count_lt_u16(const uint16_t *block, size_t width, size_t count,
    uint16_t key);
size_t diet_packed_count_lt_u32(const uint32_t *block, size_t width, size_t count,
    uint32_t key);

// Writes a bit for each of the numbers of `count` blocks: whether it is from `low` to `high`. Widths as for
// sums.
void diet_packed_between_u8(const uint8_t *block, size_t width, size_t count, uint8_t low,
    uint8_t high, uint64_t *out);
void diet_packed_between_u16(const uint16_t *block, size_t width, size_t count, uint16_t low,
    uint16_t high, uint64_t *out);
void diet_packed_between_u32(const uint32_t *block, size_t width, size_t count, uint32_t low,
    uint32_t high, uint64_t *out);

// The least and the greatest of the numbers of `count` blocks, of which there is at least one: of all from
// `first` on, which is 0 or 1. Where none is, both are 0. Widths as for sums.
void diet_packed_ends_u8(const uint8_t *block, size_t width, size_t count, uint8_t first,
    uint8_t *low, uint8_t *high);
void diet_packed_ends_u16(const uint16_t *block, size_t width, size_t count, uint16_t first,
    uint16_t *low, uint16_t *high);
void diet_packed_ends_u32(const uint32_t *block, size_t width, size_t count, uint32_t first,
    uint32_t *low, uint32_t *high);

#pragma GCC visibility pop

#endif
