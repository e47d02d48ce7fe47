// The structural scan with 256-bit registers: two compares and two movemasks a needle.
#if defined(__x86_64__)

#include <immintrin.h>

#include "csv_scan_paths.h"

#pragma clang attribute push( \
    __attribute__((target("avx2,pclmul,bmi,bmi2,popcnt,lzcnt"))), apply_to = function)

typedef struct {
  __m256i delimiter, lf, cr, quote;
} needles;

INLINE needles needles_for(uint8_t delimiter, uint8_t quote) {
  return (needles){_mm256_set1_epi8((char)delimiter), _mm256_set1_epi8('\n'),
                   _mm256_set1_epi8('\r'), _mm256_set1_epi8((char)quote)};
}

// The smallest byte tells of NUL, the union of all of non-ASCII: an instruction each.
typedef struct {
  __m256i smallest, all;
} census;

INLINE census census_start(void) {
  return (census){_mm256_set1_epi8(-1), _mm256_setzero_si256()};
}

INLINE void census_add(census *c, __m256i low, __m256i high) {
  c->smallest = _mm256_min_epu8(c->smallest, _mm256_min_epu8(low, high));
  c->all = _mm256_or_si256(c->all, _mm256_or_si256(low, high));
}

INLINE uint32_t census_flags(const census *c) {
  __m256i nul = _mm256_cmpeq_epi8(c->smallest, _mm256_setzero_si256());
  return (_mm256_movemask_epi8(c->all) ? DIET_CSV_HAS_NON_ASCII : 0) |
         (_mm256_movemask_epi8(nul) ? DIET_CSV_HAS_NUL : 0);
}

INLINE uint64_t equal(__m256i low, __m256i high, __m256i needle) {
  uint32_t l = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, needle));
  uint32_t h = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, needle));
  return (uint64_t)h << 32 | l;
}

INLINE block_masks classify(const uint8_t *block, needles n, census *c) {
  __m256i low = _mm256_loadu_si256((const __m256i *)block);
  __m256i high = _mm256_loadu_si256((const __m256i *)(block + 32));
  census_add(c, low, high);
  return (block_masks){equal(low, high, n.delimiter), equal(low, high, n.lf),
                       equal(low, high, n.cr), equal(low, high, n.quote)};
}

INLINE uint64_t either(__m256i low, __m256i high, __m256i needle) {
  return (uint32_t)_mm256_movemask_epi8(
      _mm256_or_si256(_mm256_cmpeq_epi8(low, needle), _mm256_cmpeq_epi8(high, needle)));
}

INLINE block_hits skim(const uint8_t *block, needles n, census *c) {
  __m256i low = _mm256_loadu_si256((const __m256i *)block);
  __m256i high = _mm256_loadu_si256((const __m256i *)(block + 32));
  census_add(c, low, high);
  return (block_hits){either(low, high, n.quote), either(low, high, n.cr)};
}

INLINE uint64_t prefix_xor(uint64_t bits) {
  __m128i ones = _mm_set1_epi8(-1);
  return (uint64_t)_mm_cvtsi128_si64(
      _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), ones, 0));
}

// Eight positions at a time whether or not there are as many: a loop with one
// test per position is mispredicted about once a block.
INLINE void append(uint32_t *out, uint32_t base, uint64_t bits) {
  int count = __builtin_popcountll(bits);
  for (int done = 0; done < count; done += 8) {
    for (int k = 0; k < 8; k++) {
      out[done + k] = base + (uint32_t)_tzcnt_u64(bits);
      bits = _blsr_u64(bits);
    }
  }
}

#include "csv_scan_loop.h"

#pragma clang attribute pop

const diet_csv_path diet_csv_path_avx2 = {"avx2", scan, cut};

#endif
