// Blocks: narrow rows widened, codes looked up, squares added.

#include "blocks.h"

#include "reduction_rows.h"

#define WIDEN(TYPE, T)                                               \
  CLONES void diet_widen_##TYPE(const T *p, size_t n, int64_t *out) { \
    for (size_t i = 0; i < n; i++) out[i] = (int64_t)p[i];            \
  }
DIET_EACH_NARROW_BLOCK(WIDEN)

CLONES void diet_widen_u64(const uint64_t *p, size_t n, int64_t *out) {
  for (size_t i = 0; i < n; i++) out[i] = (int64_t)(p[i] ^ (uint64_t)1 << 63);
}

#define SHIFT(TYPE, T)                                                   \
  CLONES void diet_shift_##TYPE(T *p, size_t n, T value) {               \
    for (size_t i = 0; i < n; i++) p[i] = (T)(p[i] + value);             \
  }
SHIFT(u8, uint8_t)
SHIFT(u16, uint16_t)
SHIFT(u32, uint32_t)
SHIFT(u64, uint64_t)

CLONES void diet_widen_f32(const float *p, size_t n, double *out) {
  for (size_t i = 0; i < n; i++) out[i] = (double)p[i];
}

CLONES void diet_round_i64(const int64_t *p, size_t n, double *out) {
  for (size_t i = 0; i < n; i++) out[i] = (double)p[i];
}

// Eight codes are loaded as one or two words: one load a row less, and loads are the limit.
void diet_lookup_u8(const uint8_t *codes, size_t n, const uint64_t *table, uint64_t *out) {
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    uint64_t eight;
    memcpy(&eight, codes + i, 8);
    for (int k = 0; k < 8; k++) out[i + k] = table[eight >> 8 * k & 255];
  }
  for (; i < n; i++) out[i] = table[codes[i]];
}

void diet_lookup_u16(const uint16_t *codes, size_t n, const uint64_t *table, uint64_t *out) {
  for (size_t i = 0; i < n; i++) out[i] = table[codes[i]];
}

void diet_lookup_u32(const uint32_t *codes, size_t n, const uint64_t *table, uint64_t *out) {
  for (size_t i = 0; i < n; i++) out[i] = table[codes[i]];
}

CLONES void diet_fill_gaps(uint64_t *rows, const uint64_t *valid, size_t n, uint64_t value) {
  for (size_t row = 0; row < n; row += 64) {
    uint64_t word = valid[row / 64];
    size_t count = n - row < 64 ? n - row : 64;
    if (word == ~(uint64_t)0) continue;
    for (size_t k = 0; k < count; k++) {
      uint64_t keep = 0 - (word >> k & 1);
      rows[row + k] = (rows[row + k] & keep) | (value & ~keep);
    }
  }
}

CLONES void diet_square_sums(const int64_t *p, size_t n, int64_t pivot, uint64_t *sum,
                             uint64_t *high, uint64_t *low) {
  uint64_t total = 0, highs = 0, lows = 0;
  for (size_t i = 0; i < n; i++) {
    uint64_t distance = ((uint64_t)p[i] - (uint64_t)pivot) & 0xFFFFFFFF;
    uint64_t square = distance * distance;
    total += distance;
    highs += square >> 32;
    lows += square & 0xFFFFFFFF;
  }
  *sum = total;
  *high = highs;
  *low = lows;
}
