// Least and greatest value in one pass: a column is read once, and memory is the limit.

#include <math.h>

#include "reduction_rows.h"

// `v < min` is false for NaN, so that a NaN never becomes an end, and the choice is
// made by bits: min and max instructions differ among CPUs in what they do with NaN.
#define MINMAX(TYPE, T, BITS, LEAST, GREATEST)                                              \
  INLINE void minmax_##TYPE(const T *p, const uint64_t *valid, size_t n, T *min, T *max) {  \
    enum { COUNT = 64 / sizeof(T) };                                                        \
    typedef VECTOR(T, COUNT) values;                                                        \
    typedef VECTOR(BITS, COUNT) bits;                                                       \
    typedef VECTOR(int8_t, COUNT) gap_bytes;                                                \
    values least, greatest;                                                                 \
    for (int k = 0; k < COUNT; k++) least[k] = GREATEST, greatest[k] = LEAST;               \
    FOR_EACH_WORD(T, 0, n, MINMAX_WHOLE, MINMAX_GAPPED)                                     \
    T low = GREATEST, high = LEAST;                                                         \
    for (int k = 0; k < COUNT; k++) {                                                       \
      if (least[k] < low) low = least[k];                                                   \
      if (greatest[k] > high) high = greatest[k];                                           \
    }                                                                                       \
    *min = low;                                                                             \
    *max = high;                                                                            \
  }                                                                                         \
  CLONES void diet_minmax_##TYPE(const T *p, size_t n, T *min, T *max) {                    \
    minmax_##TYPE(p, 0, n, min, max);                                                       \
  }                                                                                         \
  CLONES void diet_minmax_masked_##TYPE(const T *p, const uint64_t *valid, size_t n, T *min, \
                                        T *max) {                                           \
    minmax_##TYPE(p, valid, n, min, max);                                                   \
  }

#define CHOSEN(condition, yes, no) \
  (values)(((bits)(yes) & (condition)) | ((bits)(no) & ~(condition)))

#define MINMAX_WHOLE(rows)                           \
  for (size_t k = 0; k < 64; k += COUNT) {           \
    values v;                                        \
    memcpy(&v, rows + k, sizeof v);                  \
    bits less = v < least, more = v > greatest;      \
    least = CHOSEN(less, v, least);                  \
    greatest = CHOSEN(more, v, greatest);            \
  }
#define MINMAX_GAPPED(rows, gaps)                    \
  for (size_t k = 0; k < 64; k += COUNT) {           \
    values v;                                        \
    gap_bytes g;                                     \
    memcpy(&v, rows + k, sizeof v);                  \
    memcpy(&g, gaps + k, sizeof g);                  \
    bits present = __builtin_convertvector(g, bits); \
    values low = CHOSEN(present, v, least);          \
    values high = CHOSEN(present, v, greatest);      \
    bits less = low < least, more = high > greatest; \
    least = CHOSEN(less, low, least);                \
    greatest = CHOSEN(more, high, greatest);         \
  }

MINMAX(i8, int8_t, int8_t, INT8_MIN, INT8_MAX)
MINMAX(i16, int16_t, int16_t, INT16_MIN, INT16_MAX)
MINMAX(i32, int32_t, int32_t, INT32_MIN, INT32_MAX)
MINMAX(i64, int64_t, int64_t, INT64_MIN, INT64_MAX)
MINMAX(u8, uint8_t, int8_t, 0, UINT8_MAX)
MINMAX(u16, uint16_t, int16_t, 0, UINT16_MAX)
MINMAX(u32, uint32_t, int32_t, 0, UINT32_MAX)
MINMAX(u64, uint64_t, int64_t, 0, UINT64_MAX)
MINMAX(f32, float, int32_t, -INFINITY, INFINITY)
MINMAX(f64, double, int64_t, -INFINITY, INFINITY)
