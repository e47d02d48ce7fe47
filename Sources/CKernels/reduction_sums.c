// Sums.
//
// Narrow integers are added in lanes only one size wider, and the lanes emptied
// before any can overflow: 64-bit lanes for bytes would take 4 times the
// instructions, and in cache those are the limit.

#include "reduction_rows.h"

// ROUNDS additions of any T fit into LANE.
#define SUM(TYPE, T, LANE, WIDER, COUNT, ROUNDS)                                        \
  INLINE int64_t sum_##TYPE(const T *p, const uint64_t *valid, size_t n) {              \
    typedef VECTOR(T, COUNT) values;                                                    \
    typedef VECTOR(int8_t, COUNT) gap_bytes;                                            \
    typedef VECTOR(LANE, COUNT) lanes;                                                  \
    typedef VECTOR(WIDER, COUNT) wider;                                                 \
    int64_t total = 0;                                                                  \
    for (size_t start = 0, stop; start < n; start = stop) {                             \
      stop = block_stop(start, (size_t)(ROUNDS) * (COUNT), n);                          \
      lanes sum = {0};                                                                  \
      FOR_EACH_WORD(T, start, stop, SUM_WHOLE, SUM_GAPPED)                              \
      total += (int64_t)__builtin_reduce_add(__builtin_convertvector(sum, wider));      \
    }                                                                                   \
    return total;                                                                       \
  }                                                                                     \
  CLONES int64_t diet_sum_##TYPE(const T *p, size_t n) { return sum_##TYPE(p, 0, n); }  \
  CLONES int64_t diet_sum_masked_##TYPE(const T *p, const uint64_t *valid, size_t n) {  \
    return sum_##TYPE(p, valid, n);                                                     \
  }

#define STEPS (size_t k = 0; k < 64; k += sizeof(gap_bytes))
#define LOAD(TO, FROM) memcpy(&TO, FROM, sizeof TO)

#define SUM_WHOLE(rows)                        \
  for STEPS {                                  \
    values v;                                  \
    LOAD(v, rows + k);                         \
    sum += __builtin_convertvector(v, lanes);  \
  }
#define SUM_GAPPED(rows, gaps)                 \
  for STEPS {                                  \
    values v;                                  \
    gap_bytes g;                               \
    LOAD(v, rows + k);                         \
    LOAD(g, gaps + k);                         \
    v &= __builtin_convertvector(g, values);   \
    sum += __builtin_convertvector(v, lanes);  \
  }

SUM(i8, int8_t, int16_t, int32_t, 64, 256)
SUM(u8, uint8_t, uint16_t, uint32_t, 64, 256)
SUM(i16, int16_t, int32_t, int64_t, 32, 65536)
SUM(u16, uint16_t, uint32_t, uint64_t, 32, 65536)
SUM(i32, int32_t, int64_t, int64_t, 16, 1 << 20)
SUM(u32, uint32_t, uint64_t, uint64_t, 16, 1 << 20)

// A 64-bit value is added in two halves, each in a lane with 32 bits to spare, and
// no carry has to be looked for.
#define WIDE_SUM(TYPE, T)                                                                  \
  INLINE void sum_##TYPE(const T *p, const uint64_t *valid, size_t n, int64_t *high,       \
                         uint64_t *low) {                                                  \
    typedef VECTOR(T, 8) values;                                                           \
    typedef VECTOR(int8_t, 8) gap_bytes;                                                   \
    __int128 total = 0;                                                                    \
    for (size_t start = 0, stop; start < n; start = stop) {                                \
      stop = block_stop(start, 1 << 20, n);                                                \
      values lows = {0}, highs = {0};                                                      \
      FOR_EACH_WORD(T, start, stop, WIDE_WHOLE, WIDE_GAPPED)                               \
      total += (__int128)__builtin_reduce_add(highs) * ((__int128)1 << 32);                \
      total += __builtin_reduce_add(lows);                                                 \
    }                                                                                      \
    *high = (int64_t)(total >> 64);                                                        \
    *low = (uint64_t)total;                                                                \
  }                                                                                        \
  CLONES void diet_sum_##TYPE(const T *p, size_t n, int64_t *high, uint64_t *low) {        \
    sum_##TYPE(p, 0, n, high, low);                                                        \
  }                                                                                        \
  CLONES void diet_sum_masked_##TYPE(const T *p, const uint64_t *valid, size_t n,          \
                                     int64_t *high, uint64_t *low) {                       \
    sum_##TYPE(p, valid, n, high, low);                                                    \
  }

#define WIDE_WHOLE(rows)      \
  for STEPS {                 \
    values v;                 \
    LOAD(v, rows + k);        \
    lows += v & 0xFFFFFFFF;   \
    highs += v >> 32;         \
  }
#define WIDE_GAPPED(rows, gaps)               \
  for STEPS {                                 \
    values v;                                 \
    gap_bytes g;                              \
    LOAD(v, rows + k);                        \
    LOAD(g, gaps + k);                        \
    v &= __builtin_convertvector(g, values);  \
    lows += v & 0xFFFFFFFF;                   \
    highs += v >> 32;                         \
  }

WIDE_SUM(i64, int64_t)
WIDE_SUM(u64, uint64_t)

/// Adds blocks in pairs as they come, like a binary counter: level k holds 2^k blocks.
typedef struct {
  double level[64];
  size_t blocks;
} pairwise;

INLINE void add_block(pairwise *s, double sum) {
  int k = 0;
  for (; s->blocks >> k & 1; k++) sum = s->level[k] + sum;
  s->level[k] = sum;
  s->blocks++;
}

INLINE double pairwise_total(const pairwise *s) {
  double total = 0;
  for (int k = 0; s->blocks >> k; k++) {
    if (s->blocks >> k & 1) total = s->level[k] + total;
  }
  return total;
}

#define FLOAT_SUM(TYPE, T, BITS)                                                        \
  INLINE double sum_##TYPE(const T *p, const uint64_t *valid, size_t n) {               \
    typedef VECTOR(T, 16) values;                                                       \
    typedef VECTOR(BITS, 16) bits;                                                      \
    typedef VECTOR(int8_t, 16) gap_bytes;                                               \
    typedef VECTOR(double, 16) lanes;                                                   \
    pairwise total;                                                                     \
    total.blocks = 0;                                                                   \
    for (size_t start = 0, stop; start < n; start = stop) {                             \
      stop = block_stop(start, 1024, n);                                                \
      lanes sum = {0};                                                                  \
      FOR_EACH_WORD(T, start, stop, SUM_WHOLE, FLOAT_GAPPED)                            \
      for (int half = 8; half > 0; half /= 2) {                                         \
        for (int k = 0; k < half; k++) sum[k] += sum[k + half];                         \
      }                                                                                 \
      add_block(&total, sum[0]);                                                        \
    }                                                                                   \
    return pairwise_total(&total);                                                      \
  }                                                                                     \
  CLONES double diet_sum_##TYPE(const T *p, size_t n) { return sum_##TYPE(p, 0, n); }   \
  CLONES double diet_sum_masked_##TYPE(const T *p, const uint64_t *valid, size_t n) {   \
    return sum_##TYPE(p, valid, n);                                                     \
  }

#define FLOAT_GAPPED(rows, gaps)                                            \
  for STEPS {                                                               \
    values v;                                                               \
    gap_bytes g;                                                            \
    LOAD(v, rows + k);                                                      \
    LOAD(g, gaps + k);                                                      \
    v = (values)((bits)v & __builtin_convertvector(g, bits));               \
    sum += __builtin_convertvector(v, lanes);                               \
  }

FLOAT_SUM(f32, float, int32_t)
FLOAT_SUM(f64, double, int64_t)

// Rows that are no NaN equal themselves. Their answers, -1, are taken off lanes of counts, which
// a block cannot overflow.
#define CLEAN_STEP(v, g)                                                    \
  bits clean = (v == v) & __builtin_convertvector(g, bits);                 \
  counts -= __builtin_convertvector(clean, long_lanes);                     \
  v = (values)((bits)v & clean);                                            \
  sum += __builtin_convertvector(v, lanes);
#define CLEAN_WHOLE(rows)                                                   \
  for STEPS {                                                               \
    values v;                                                               \
    LOAD(v, rows + k);                                                      \
    CLEAN_STEP(v, all)                                                      \
  }
#define CLEAN_GAPPED(rows, gaps)                                            \
  for STEPS {                                                               \
    values v;                                                               \
    gap_bytes g;                                                            \
    LOAD(v, rows + k);                                                      \
    LOAD(g, gaps + k);                                                      \
    CLEAN_STEP(v, g)                                                        \
  }

#define NAN_SUM(TYPE, T, BITS)                                                          \
  CLONES double diet_nansum_##TYPE(const T *p, const uint64_t *valid, size_t n,         \
                                   size_t *numbers) {                                   \
    typedef VECTOR(T, 16) values;                                                       \
    typedef VECTOR(BITS, 16) bits;                                                      \
    typedef VECTOR(int8_t, 16) gap_bytes;                                               \
    typedef VECTOR(double, 16) lanes;                                                   \
    typedef VECTOR(int64_t, 16) long_lanes;                                             \
    const gap_bytes all = (gap_bytes){0} == 0;                                          \
    long_lanes counts = {0};                                                            \
    pairwise total;                                                                     \
    total.blocks = 0;                                                                   \
    for (size_t start = 0, stop; start < n; start = stop) {                             \
      stop = block_stop(start, 1024, n);                                                \
      lanes sum = {0};                                                                  \
      FOR_EACH_WORD(T, start, stop, CLEAN_WHOLE, CLEAN_GAPPED)                          \
      for (int half = 8; half > 0; half /= 2) {                                         \
        for (int k = 0; k < half; k++) sum[k] += sum[k + half];                         \
      }                                                                                 \
      add_block(&total, sum[0]);                                                        \
    }                                                                                   \
    *numbers = (size_t)__builtin_reduce_add(counts);                                    \
    return pairwise_total(&total);                                                      \
  }

NAN_SUM(f32, float, int32_t)
NAN_SUM(f64, double, int64_t)

#define SQUARE_STEP(v, g)                                                   \
  bits clean = __builtin_convertvector(g, bits) & ((v == v) | keeps_nan);   \
  v -= center;                                                              \
  v *= v;                                                                   \
  v = (values)((bits)v & clean);                                            \
  sum += v;
#define SQUARE_WHOLE(rows)                                                  \
  for STEPS {                                                               \
    values v;                                                               \
    LOAD(v, rows + k);                                                      \
    SQUARE_STEP(v, all)                                                     \
  }
#define SQUARE_GAPPED(rows, gaps)                                           \
  for STEPS {                                                               \
    values v;                                                               \
    gap_bytes g;                                                            \
    LOAD(v, rows + k);                                                      \
    LOAD(g, gaps + k);                                                      \
    SQUARE_STEP(v, g)                                                       \
  }

CLONES double diet_sum_squares_f64(const double *p, const uint64_t *valid, size_t n,
                                   double center, int skips_nan) {
// A product that is fused with the addition after it has other bits than one that is not.
#pragma clang fp contract(off)
  typedef VECTOR(double, 16) values;
  typedef VECTOR(int64_t, 16) bits;
  typedef VECTOR(int8_t, 16) gap_bytes;
  const gap_bytes all = (gap_bytes){0} == 0;
  const bits keeps_nan = (bits){0} - (skips_nan ? 0 : 1);
  typedef double T;
  pairwise total;
  total.blocks = 0;
  for (size_t start = 0, stop; start < n; start = stop) {
    stop = block_stop(start, 1024, n);
    values sum = {0};
    FOR_EACH_WORD(T, start, stop, SQUARE_WHOLE, SQUARE_GAPPED)
    for (int half = 8; half > 0; half /= 2) {
      for (int k = 0; k < half; k++) sum[k] += sum[k + half];
    }
    add_block(&total, sum[0]);
  }
  return pairwise_total(&total);
}
