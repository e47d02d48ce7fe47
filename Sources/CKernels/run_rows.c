// Runs of one value, taken as runs; run_expansion.c writes them out row by row.

#include "run_starts.h"

// Runs `BODY` with the value of each run and its length.
#define FOR_EACH_RUN(BODY)                                                                       \
  size_t first = 0;                                                                              \
  for (size_t row = 0; row < n; row += 64) {                                                     \
    for (uint64_t word = starts_at(starts, row, n); word; word &= word - 1) {                    \
      const size_t next = row + (size_t)__builtin_ctzll(word), length = next - first;            \
      const int64_t value = *values++;                                                           \
      BODY                                                                                       \
      first = next;                                                                              \
    }                                                                                            \
  }                                                                                              \
  const size_t length = n - first;                                                               \
  const int64_t value = *values;                                                                 \
  BODY

CLONES void diet_sum_runs(const int64_t *values, const uint64_t *starts, size_t n, int64_t *high,
                          uint64_t *low) {
  __int128 total = 0;
  FOR_EACH_RUN(total += (__int128)value * (int64_t)length;)
  *high = (int64_t)(total >> 64);
  *low = (uint64_t)total;
}

CLONES void diet_sum_runs_masked(const int64_t *values, const uint64_t *starts,
                                 const uint64_t *valid, size_t n, int64_t *high, uint64_t *low) {
  __int128 total = 0;
  int64_t length = 0;
  for (size_t row = 0; row < n; row += 64) {
    uint64_t rest = valid[row / 64];
    if (n - row < 64) rest &= ((uint64_t)1 << (n - row)) - 1;
    for (uint64_t word = starts_at(starts, row, n); word; word &= word - 1) {
      const uint64_t before = (word & -word) - 1;
      length += __builtin_popcountll(rest & before);
      total += (__int128)*values++ * length;
      rest &= ~before;
      length = 0;
    }
    length += __builtin_popcountll(rest);
  }
  total += (__int128)*values * length;
  *high = (int64_t)(total >> 64);
  *low = (uint64_t)total;
}

// The lowest bits of `bits`, one after the other, where `places` has its bits.
INLINE uint64_t deposit_each(uint64_t bits, uint64_t places) {
  uint64_t out = 0;
  for (; places; places &= places - 1, bits >>= 1) out |= places & -places & -(bits & 1);
  return out;
}

// The places at which the answer turns on and off alternate, so that their difference has the bits between them:
// 2^5 - 2^3 is bits 3 and 4. What is on from the word before is on from bit 0.
#define SPREAD(DEPOSIT)                                                                          \
  uint64_t is_on = answers[first / 64] >> first % 64 & 1;                                        \
  size_t next = first + 1;                                                                       \
  for (size_t row = 0; row < n; row += 64) {                                                     \
    const uint64_t places = starts_at(starts, row, n);                                           \
    if (places == 0) {                                                                           \
      out[row / 64] = -is_on;                                                                    \
      continue;                                                                                  \
    }                                                                                            \
    const size_t count = (size_t)__builtin_popcountll(places), shift = next % 64;                \
    const uint64_t *word = answers + next / 64;                                                  \
    const uint64_t bits = word[0] >> shift | word[1] << 1 << (63 - shift);                       \
    const uint64_t turns = bits ^ (bits << 1 | is_on);                                           \
    const uint64_t on = DEPOSIT(turns & bits, places), off = DEPOSIT(turns & ~bits, places);     \
    out[row / 64] = off - on - is_on;                                                            \
    is_on = bits >> (count - 1) & 1;                                                             \
    next += count;                                                                               \
  }

void diet_spread_runs_portable(const uint64_t *answers, size_t first, const uint64_t *starts,
                               size_t n, uint64_t *out) {
  SPREAD(deposit_each)
}

#if defined(__x86_64__)
__attribute__((target("bmi2,popcnt"))) static void spread_bmi2(
    const uint64_t *answers, size_t first, const uint64_t *starts, size_t n, uint64_t *out) {
  SPREAD(__builtin_ia32_pdep_di)
}
#endif

void diet_spread_runs(const uint64_t *answers, size_t first, const uint64_t *starts, size_t n,
                      uint64_t *out) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("bmi2") && __builtin_cpu_supports("popcnt")) {
    return spread_bmi2(answers, first, starts, n, out);
  }
#endif
  diet_spread_runs_portable(answers, first, starts, n, out);
}
