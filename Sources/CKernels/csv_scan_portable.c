// The structural scan for any CPU: eight bytes at a time in ordinary 64-bit words.

#include <string.h>

#include "csv_scan_paths.h"

#define EVERY(byte) (0x0101010101010101u * (uint64_t)(byte))

typedef struct {
  uint64_t delimiter, lf, cr, quote;
} needles;

INLINE needles needles_for(uint8_t delimiter, uint8_t quote) {
  return (needles){EVERY(delimiter), EVERY('\n'), EVERY('\r'), EVERY(quote)};
}

// The high bit of a byte tells; the other bits are noise in `all` and clear in `nul`.
typedef struct {
  uint64_t all, nul;
} census;

INLINE census census_start(void) { return (census){0}; }

INLINE uint32_t census_flags(const census *c) {
  return (c->all & EVERY(0x80) ? DIET_CSV_HAS_NON_ASCII : 0) | (c->nul ? DIET_CSV_HAS_NUL : 0);
}

INLINE uint64_t word_at(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

/// The high bit of each byte of `word` that is zero. Exact: no carry leaves a byte.
INLINE uint64_t zeros(uint64_t word) {
  return ~(((word & EVERY(0x7F)) + EVERY(0x7F)) | word) & EVERY(0x80);
}

/// The eight high bits, side by side.
INLINE uint64_t gathered(uint64_t high_bits) {
  return (high_bits >> 7) * 0x0102040810204080u >> 56;
}

INLINE block_masks classify(const uint8_t *block, needles n, census *c) {
  block_masks m = {0};
  for (int k = 0; k < 64; k += 8) {
    uint64_t word = word_at(block + k);
    c->all |= word;
    c->nul |= zeros(word);
    m.delimiter |= gathered(zeros(word ^ n.delimiter)) << k;
    m.lf |= gathered(zeros(word ^ n.lf)) << k;
    m.cr |= gathered(zeros(word ^ n.cr)) << k;
    m.quote |= gathered(zeros(word ^ n.quote)) << k;
  }
  return m;
}

INLINE block_hits skim(const uint8_t *block, needles n, census *c) {
  block_hits hits = {0};
  for (int k = 0; k < 64; k += 8) {
    uint64_t word = word_at(block + k);
    c->all |= word;
    c->nul |= zeros(word);
    hits.cr |= zeros(word ^ n.cr);
    hits.quote |= zeros(word ^ n.quote);
  }
  return hits;
}

INLINE uint64_t prefix_xor(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

INLINE void append(uint32_t *out, uint32_t base, uint64_t bits) {
  for (; bits; bits &= bits - 1) *out++ = base + (uint32_t)__builtin_ctzll(bits);
}

#include "csv_scan_loop.h"

const diet_csv_path diet_csv_path_portable = {"portable", scan, cut};
