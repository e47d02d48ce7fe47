// Runs of one value written out row by row.

#include "run_starts.h"

// For each byte of starts, how many runs each of its rows stands behind that of the first: entry `bits` is
// of the starts in rows 1 to 7. Loads at such places need no branch, and do not wait for one another.
#define RUNS(bits)                                                                               \
  {0, RUN(bits, 1), RUN(bits, 3), RUN(bits, 7), RUN(bits, 15), RUN(bits, 31), RUN(bits, 63),     \
   RUN(bits, 127)}
#define RUN(bits, mask) (uint8_t)__builtin_popcount((bits) & (mask))
#define RUNS_4(bits) RUNS(bits), RUNS(bits + 1), RUNS(bits + 2), RUNS(bits + 3)
#define RUNS_16(bits) RUNS_4(bits), RUNS_4(bits + 4), RUNS_4(bits + 8), RUNS_4(bits + 12)
#define RUNS_64(bits) RUNS_16(bits), RUNS_16(bits + 16), RUNS_16(bits + 32), RUNS_16(bits + 48)
static const uint8_t runs_behind[128][8] = {RUNS_64(0), RUNS_64(64)};

// In each byte, the sum of the bits in this byte and those below it.
INLINE uint64_t counts_through(uint64_t word) {
  uint64_t counts = word - ((word >> 1) & 0x5555555555555555);
  counts = (counts & 0x3333333333333333) + ((counts >> 2) & 0x3333333333333333);
  return ((counts + (counts >> 4)) & 0x0F0F0F0F0F0F0F0F) * 0x0101010101010101;
}

// By a table, 8 rows at a time.
#define EXPAND(TYPE, T)                                                                          \
  CLONES void diet_expand_runs_##TYPE##_portable(const T *values, const uint64_t *starts,        \
                                                 size_t n, T *rows) {                            \
    for (size_t row = 0; row < n; row += 64) {                                                   \
      const uint64_t word = starts_at(starts, row, n);                                           \
      T *out = rows + row;                                                                       \
      if (n - row < 64) {                                                                        \
        for (size_t k = 0; k < n - row; k++) out[k] = *(values += word >> k & 1);                \
        return;                                                                                  \
      }                                                                                          \
      if (word == 0) {                                                                           \
        const T value = *values;                                                                 \
        for (size_t k = 0; k < 64; k++) out[k] = value;                                          \
        continue;                                                                                \
      }                                                                                          \
      const uint64_t counts = counts_through(word), before = counts << 8;                        \
      for (size_t byte = 0; byte < 8; byte++, out += 8) {                                        \
        const uint64_t bits = word >> 8 * byte & 0xFF;                                           \
        const T *first = values + (before >> 8 * byte & 0xFF) + (bits & 1);                      \
        const uint8_t *behind = runs_behind[bits >> 1];                                          \
        /* Gathering loads of vectors are slower than these. */                                  \
        _Pragma("clang loop vectorize(disable) unroll(full)")                                    \
        for (size_t k = 0; k < 8; k++) out[k] = first[behind[k]];                                \
      }                                                                                          \
      values += counts >> 56;                                                                    \
    }                                                                                            \
  }

EXPAND(i8, int8_t)
EXPAND(i16, int16_t)
EXPAND(i32, int32_t)
EXPAND(i64, int64_t)

#if defined(__x86_64__)
#include <immintrin.h>

#define VBMI __attribute__((target("avx512f,avx512bw,avx512dq,avx512vbmi,bmi2,popcnt")))

// For each of 64 rows, how many runs start in the rows after the first of them, up to itself.
VBMI static inline __m512i runs_since_first(uint64_t word) {
  const __m512i ones = _mm512_set1_epi8(1);
  __m512i counts = _mm512_maskz_mov_epi8(word & ~(uint64_t)1, ones);
  counts = _mm512_add_epi8(counts, _mm512_slli_epi64(counts, 8));
  counts = _mm512_add_epi8(counts, _mm512_slli_epi64(counts, 16));
  counts = _mm512_add_epi8(counts, _mm512_slli_epi64(counts, 32));
  // Of the bytes of this word, each is wanted in the 8 rows of its own.
  const __m512i before = _mm512_set1_epi64((long long)(counts_through(word & ~(uint64_t)1) << 8));
  const __m512i own = _mm512_set_epi64(
      0x0707070707070707, 0x0606060606060606, 0x0505050505050505, 0x0404040404040404,
      0x0303030303030303, 0x0202020202020202, 0x0101010101010101, 0);
  return _mm512_add_epi8(counts, _mm512_shuffle_epi8(before, own));
}

// The first values of a group, of which `count` + 1 are there.
#define FIRST(BITS, LANES, count) \
  _mm512_maskz_loadu_epi##BITS((__mmask##LANES)_bzhi_u64(~(uint64_t)0, (count) + 1), values)

VBMI static inline void expand_64_i8(const int8_t *values, uint64_t word, int8_t *rows) {
  const __m512i first = FIRST(8, 64, (unsigned)_mm_popcnt_u64(word));
  _mm512_storeu_si512(rows, _mm512_permutexvar_epi8(runs_since_first(word), first));
}

// Wider values in groups, whose rows take theirs from those that the group's first row begins with.
#define EXPAND_GROUPS(TYPE, T, BITS, LANES, PART)                                                \
  VBMI static inline void expand_64_##TYPE(const T *first_value, uint64_t word, T *rows) {       \
    uint8_t since[64];                                                                           \
    _mm512_storeu_si512(since, runs_since_first(word));                                          \
    _Pragma("clang loop unroll(full)")                                                           \
    for (unsigned row = 0; row < 64; row += LANES) {                                             \
      const uint64_t through = word & (((uint64_t)2 << row) - 1);                                  \
      const unsigned start = (unsigned)_mm_popcnt_u64(through);                                  \
      const T *values = first_value + start;                                                     \
      const uint64_t group = word >> row & (((uint64_t)1 << LANES) - 2);                         \
      const __m512i first = FIRST(BITS, LANES, (unsigned)_mm_popcnt_u64(group));                 \
      const __m512i place = _mm512_sub_epi##BITS(PART(since + row),                              \
                                                 _mm512_set1_epi##BITS((T)start));               \
      _mm512_storeu_si512(rows + row, _mm512_permutexvar_epi##BITS(place, first));               \
    }                                                                                            \
  }
#define HALF(counts) _mm512_cvtepu8_epi16(_mm256_loadu_si256((const __m256i_u *)(counts)))
#define QUARTER(counts) _mm512_cvtepu8_epi32(_mm_loadu_si128((const __m128i_u *)(counts)))
EXPAND_GROUPS(i16, int16_t, 16, 32, HALF)
EXPAND_GROUPS(i32, int32_t, 32, 16, QUARTER)

#define EXPAND_VBMI(TYPE, T)                                                                     \
  VBMI static void expand_##TYPE##_vbmi(const T *values, const uint64_t *starts, size_t n,       \
                                        T *rows) {                                               \
    size_t row = 0;                                                                              \
    for (; n - row >= 64; row += 64) {                                                           \
      const uint64_t word = starts_at(starts, row, n);                                           \
      values += word & 1;                                                                        \
      expand_64_##TYPE(values, word & ~(uint64_t)1, rows + row);                                 \
      values += _mm_popcnt_u64(word & ~(uint64_t)1);                                             \
    }                                                                                            \
    if (row == n) return;                                                                        \
    const uint64_t word = starts_at(starts, row, n);                                             \
    for (size_t k = 0; k < n - row; k++) rows[row + k] = *(values += word >> k & 1);             \
  }
EXPAND_VBMI(i8, int8_t)
EXPAND_VBMI(i16, int16_t)
EXPAND_VBMI(i32, int32_t)

#define EXPAND_HERE(TYPE, ...)                                                                   \
  if (__builtin_cpu_supports("avx512vbmi") && __builtin_cpu_supports("bmi2")) {                  \
    return expand_##TYPE##_vbmi(__VA_ARGS__);                                                    \
  }
#else
#define EXPAND_HERE(TYPE, ...)
#endif

#define DISPATCHED(TYPE, T)                                                                      \
  void diet_expand_runs_##TYPE(const T *values, const uint64_t *starts, size_t n, T *rows) {     \
    EXPAND_HERE(TYPE, values, starts, n, rows)                                                   \
    diet_expand_runs_##TYPE##_portable(values, starts, n, rows);                                 \
  }
DISPATCHED(i8, int8_t)
DISPATCHED(i16, int16_t)
DISPATCHED(i32, int32_t)

void diet_expand_runs_i64(const int64_t *values, const uint64_t *starts, size_t n, int64_t *rows) {
  diet_expand_runs_i64_portable(values, starts, n, rows);
}
