// The structural scan with NEON, which every AArch64 CPU has.
#if defined(__aarch64__)

#include <arm_neon.h>

#include "csv_scan_paths.h"

typedef struct {
  uint8x16_t delimiter, lf, cr, quote;
} needles;

INLINE needles needles_for(uint8_t delimiter, uint8_t quote) {
  return (needles){vdupq_n_u8(delimiter), vdupq_n_u8('\n'), vdupq_n_u8('\r'), vdupq_n_u8(quote)};
}

// The smallest byte tells of NUL, the union of all of non-ASCII: an instruction each.
typedef struct {
  uint8x16_t smallest, all;
} census;

INLINE census census_start(void) { return (census){vdupq_n_u8(0xFF), vdupq_n_u8(0)}; }

INLINE void census_add(census *c, uint8x16x4_t v) {
  uint8x16_t smallest = vminq_u8(vminq_u8(v.val[0], v.val[1]), vminq_u8(v.val[2], v.val[3]));
  uint8x16_t all = vorrq_u8(vorrq_u8(v.val[0], v.val[1]), vorrq_u8(v.val[2], v.val[3]));
  c->smallest = vminq_u8(c->smallest, smallest);
  c->all = vorrq_u8(c->all, all);
}

INLINE uint32_t census_flags(const census *c) {
  return (vmaxvq_u8(c->all) >= 0x80 ? DIET_CSV_HAS_NON_ASCII : 0) |
         (vminvq_u8(c->smallest) == 0 ? DIET_CSV_HAS_NUL : 0);
}

// There is no movemask: a bit of each byte is kept, and three pairwise sums bring
// the 64 of them side by side.
INLINE uint64_t equal(uint8x16x4_t v, uint8x16_t needle) {
  const uint8x16_t bit = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  uint8x16_t a = vandq_u8(vceqq_u8(v.val[0], needle), bit);
  uint8x16_t b = vandq_u8(vceqq_u8(v.val[1], needle), bit);
  uint8x16_t c = vandq_u8(vceqq_u8(v.val[2], needle), bit);
  uint8x16_t d = vandq_u8(vceqq_u8(v.val[3], needle), bit);
  uint8x16_t sum = vpaddq_u8(vpaddq_u8(a, b), vpaddq_u8(c, d));
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sum, sum)), 0);
}

INLINE uint64_t either(uint8x16x4_t v, uint8x16_t needle) {
  uint8x16_t low = vorrq_u8(vceqq_u8(v.val[0], needle), vceqq_u8(v.val[1], needle));
  uint8x16_t high = vorrq_u8(vceqq_u8(v.val[2], needle), vceqq_u8(v.val[3], needle));
  return vmaxvq_u8(vorrq_u8(low, high));
}

INLINE uint8x16x4_t load(const uint8_t *block) {
  return (uint8x16x4_t){
      {vld1q_u8(block), vld1q_u8(block + 16), vld1q_u8(block + 32), vld1q_u8(block + 48)}};
}

INLINE block_masks classify(const uint8_t *block, needles n, census *c) {
  uint8x16x4_t v = load(block);
  census_add(c, v);
  return (block_masks){equal(v, n.delimiter), equal(v, n.lf), equal(v, n.cr), equal(v, n.quote)};
}

INLINE block_hits skim(const uint8_t *block, needles n, census *c) {
  uint8x16x4_t v = load(block);
  census_add(c, v);
  return (block_hits){either(v, n.quote), either(v, n.cr)};
}

// By shifts: the carry-less product is an optional extension.
INLINE uint64_t prefix_xor(uint64_t bits) {
  for (int shift = 1; shift < 64; shift *= 2) bits ^= bits << shift;
  return bits;
}

// Eight positions at a time whether or not there are as many: a loop with one
// test per position is mispredicted about once a block.
INLINE void append(uint32_t *out, uint32_t base, uint64_t bits) {
  int count = __builtin_popcountll(bits);
  for (int done = 0; done < count; done += 8) {
    for (int k = 0; k < 8; k++) {
      out[done + k] = base + (bits ? (uint32_t)__builtin_ctzll(bits) : 64);
      bits &= bits - 1;
    }
  }
}

#include "csv_scan_loop.h"

const diet_csv_path diet_csv_path_neon = {"neon", scan, cut};

#endif
