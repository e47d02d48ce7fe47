// The structural scan with 512-bit registers: one compare a needle gives the mask.
//
// Positions come from a byte compression of the numbers 0...63, widened sixteen at
// a time: 15 GB/s of a table with 13 separators in 64 bytes, where the AVX2 path, which
// takes them bit by bit, reads 6. The compression stays in a register: to memory it is microcode on Zen 4.
#if defined(__x86_64__)

#include <immintrin.h>

#include "csv_scan_paths.h"

#pragma clang attribute push( \
    __attribute__((target("avx512f,avx512bw,avx512vbmi2,pclmul,bmi,bmi2,popcnt,lzcnt"))), \
    apply_to = function)

typedef struct {
  __m512i delimiter, lf, cr, quote;
} needles;

INLINE needles needles_for(uint8_t delimiter, uint8_t quote) {
  return (needles){_mm512_set1_epi8((char)delimiter), _mm512_set1_epi8('\n'),
                   _mm512_set1_epi8('\r'), _mm512_set1_epi8((char)quote)};
}

// The smallest byte tells of NUL, the union of all of non-ASCII: an instruction each.
typedef struct {
  __m512i smallest, all;
} census;

INLINE census census_start(void) {
  return (census){_mm512_set1_epi8(-1), _mm512_setzero_si512()};
}

INLINE void census_add(census *c, __m512i v) {
  c->smallest = _mm512_min_epu8(c->smallest, v);
  c->all = _mm512_or_si512(c->all, v);
}

INLINE uint32_t census_flags(const census *c) {
  return (_mm512_movepi8_mask(c->all) ? DIET_CSV_HAS_NON_ASCII : 0) |
         (_mm512_testn_epi8_mask(c->smallest, c->smallest) ? DIET_CSV_HAS_NUL : 0);
}

INLINE block_masks classify(const uint8_t *block, needles n, census *c) {
  __m512i v = _mm512_loadu_si512(block);
  census_add(c, v);
  return (block_masks){_mm512_cmpeq_epi8_mask(v, n.delimiter), _mm512_cmpeq_epi8_mask(v, n.lf),
                       _mm512_cmpeq_epi8_mask(v, n.cr), _mm512_cmpeq_epi8_mask(v, n.quote)};
}

INLINE block_hits skim(const uint8_t *block, needles n, census *c) {
  __m512i v = _mm512_loadu_si512(block);
  census_add(c, v);
  return (block_hits){_mm512_cmpeq_epi8_mask(v, n.quote), _mm512_cmpeq_epi8_mask(v, n.cr)};
}

INLINE uint64_t prefix_xor(uint64_t bits) {
  __m128i ones = _mm_set1_epi8(-1);
  return (uint64_t)_mm_cvtsi128_si64(
      _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)bits), ones, 0));
}

INLINE void append(uint32_t *out, uint32_t base, uint64_t bits) {
  const __m512i numbers = _mm512_set_epi8(
      63, 62, 61, 60, 59, 58, 57, 56, 55, 54, 53, 52, 51, 50, 49, 48, 47, 46, 45, 44, 43, 42, 41,
      40, 39, 38, 37, 36, 35, 34, 33, 32, 31, 30, 29, 28, 27, 26, 25, 24, 23, 22, 21, 20, 19, 18,
      17, 16, 15, 14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1, 0);
  __m512i packed = _mm512_maskz_compress_epi8(bits, numbers);
  __m512i first = _mm512_set1_epi32((int)base);
  int count = __builtin_popcountll(bits);
  _mm512_storeu_si512(
      out, _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed))));
  if (__builtin_expect(count <= 16, 1)) return;
  _mm512_storeu_si512(
      out + 16,
      _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 1))));
  if (__builtin_expect(count <= 32, 1)) return;
  _mm512_storeu_si512(
      out + 32,
      _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 2))));
  _mm512_storeu_si512(
      out + 48,
      _mm512_add_epi32(first, _mm512_cvtepu8_epi32(_mm512_extracti32x4_epi32(packed, 3))));
}

#include "csv_scan_loop.h"

#pragma clang attribute pop

const diet_csv_path diet_csv_path_avx512 = {"avx512", scan, cut};

#endif
