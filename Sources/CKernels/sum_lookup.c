// Sums of what codes stand for.

#include "sum_lookup.h"

#include <string.h>

// Looking a value up and adding it is half the work of counting its code: a count is a load, an
// addition and a store, and the next count of the same code waits for that store.
int64_t diet_sum_lookup_u8_plain(const uint8_t *codes, size_t n, const int64_t *table) {
  uint64_t sum[4] = {0};
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    uint64_t eight;
    memcpy(&eight, codes + i, 8);
    for (int k = 0; k < 8; k++) sum[k % 4] += (uint64_t)table[eight >> 8 * k & 255];
  }
  for (; i < n; i++) sum[0] += (uint64_t)table[codes[i]];
  return (int64_t)(sum[0] + sum[1] + sum[2] + sum[3]);
}

#define SUM_LOOKUP(TYPE, T)                                                              \
  int64_t diet_sum_lookup_##TYPE(const T *codes, size_t n, const int64_t *table) {       \
    uint64_t sum[4] = {0};                                                               \
    size_t i = 0;                                                                        \
    for (; i + 4 <= n; i += 4) {                                                         \
      for (int k = 0; k < 4; k++) sum[k] += (uint64_t)table[codes[i + k]];               \
    }                                                                                    \
    for (; i < n; i++) sum[0] += (uint64_t)table[codes[i]];                              \
    return (int64_t)(sum[0] + sum[1] + sum[2] + sum[3]);                                 \
  }
SUM_LOOKUP(u16, uint16_t)
SUM_LOOKUP(u32, uint32_t)


#if defined(__x86_64__)
#include <immintrin.h>

#define VBMI __attribute__((target("avx512f,avx512bw,avx512vbmi")))

// One byte of each value, a plane, is a table of 256 bytes: four registers. An instruction looks 64 codes
// up in two of them, another adds the 64 bytes that it found.
VBMI static uint64_t sum_plane(const uint8_t *codes, size_t n, const uint8_t *plane) {
  const __m512i first = _mm512_loadu_si512(plane), second = _mm512_loadu_si512(plane + 64);
  const __m512i third = _mm512_loadu_si512(plane + 128), fourth = _mm512_loadu_si512(plane + 192);
  __m512i sum = _mm512_setzero_si512();
  for (size_t i = 0; i < n; i += 64) {
    const __m512i code = _mm512_loadu_si512(codes + i);
    const __m512i low = _mm512_permutex2var_epi8(first, code, second);
    const __m512i high = _mm512_permutex2var_epi8(third, code, fourth);
    const __m512i found = _mm512_mask_blend_epi8(_mm512_movepi8_mask(code), low, high);
    sum = _mm512_add_epi64(sum, _mm512_sad_epu8(found, _mm512_setzero_si512()));
  }
  return (uint64_t)_mm512_reduce_add_epi64(sum);
}

// Values are taken as distances from the least, which are small where values are alike: a plane less for
// each byte that no distance has. Sums wrap around on the way, and are right in the end.
static int64_t sum_planes(const uint8_t *codes, size_t n, const int64_t *table, size_t count,
                          int64_t least, uint64_t span) {
  const size_t whole = n & ~(size_t)63;
  uint64_t sum = (uint64_t)least * (uint64_t)whole;
  for (int shift = 0; shift < 64 && span >> shift; shift += 8) {
    uint8_t plane[256] = {0};
    for (size_t code = 0; code < count; code++) {
      plane[code] = (uint8_t)(((uint64_t)table[code] - (uint64_t)least) >> shift);
    }
    sum += sum_plane(codes, whole, plane) << shift;
  }
  return (int64_t)(sum + (uint64_t)diet_sum_lookup_u8_plain(codes + whole, n - whole, table));
}
#endif

int64_t diet_sum_lookup_u8(const uint8_t *codes, size_t n, const int64_t *table, size_t count) {
#if defined(__x86_64__)
  // Making the planes takes as long as looking up some thousand codes.
  if (n >= 4096 && count > 0 && __builtin_cpu_supports("avx512vbmi") &&
      __builtin_cpu_supports("avx512bw")) {
    int64_t least = table[0], greatest = table[0];
    for (size_t code = 1; code < count; code++) {
      if (table[code] < least) least = table[code];
      if (table[code] > greatest) greatest = table[code];
    }
    const uint64_t span = (uint64_t)greatest - (uint64_t)least;
    if (span >> 40 == 0) return sum_planes(codes, n, table, count, least, span);
  }
#endif
  return diet_sum_lookup_u8_plain(codes, n, table);
}
