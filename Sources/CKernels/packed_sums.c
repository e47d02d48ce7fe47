// Sums of packed blocks, as they lie.
//
// Fields are added in lanes of their own size as long as these cannot overflow, and then in lanes of the next size.

#include "packed_fields.h"

#define SUM(TYPE, T, WIDE, WIDER)                                                               \
  INLINE uint64_t sum_##TYPE(const T *block, size_t width, size_t count) {                      \
    enum { TYPE_BITS = 8 * sizeof(T), TYPE_LANES = 1024 / TYPE_BITS };                          \
    typedef VECTOR(WIDE, TYPE_LANES / 2) wide_lanes;                                            \
    typedef VECTOR(WIDER, TYPE_LANES / 2) wider_lanes;                                          \
    /* So many fields a lane holds for certain, and so many blocks the wide lanes. */           \
    const size_t rounds = (size_t)1 << (TYPE_BITS - width);                                     \
    const size_t most = (size_t)((WIDE)~(WIDE)0 / ((WIDE)2 * TYPE_BITS << width));              \
    uint64_t total = 0;                                                                         \
    while (count) {                                                                             \
      size_t stop = count < most ? count : most;                                                \
      count -= stop;                                                                            \
      wide_lanes wide = {0};                                                                    \
      for (; stop; stop--, block += width * TYPE_LANES) {                                       \
        EACH_FIELD(T, lanes sum = {0};)                                                         \
          LOAD_FIELD                                                                            \
          sum += field;                                                                         \
          if ((k + 1) % rounds == 0 || k + 1 == BITS) {                                         \
            wide += __builtin_convertvector(sum, wide_lanes);                                   \
            sum = (lanes){0};                                                                   \
          }                                                                                     \
        } }                                                                                     \
      }                                                                                         \
      total += __builtin_reduce_add(__builtin_convertvector(wide, wider_lanes));                \
    }                                                                                           \
    return total;                                                                               \
  }

SUM(u8, uint8_t, uint16_t, uint32_t)
SUM(u16, uint16_t, uint32_t, uint64_t)
SUM(u32, uint32_t, uint64_t, uint64_t)

#define SUM_CASE(TYPE, WIDTH) case WIDTH: return sum_##TYPE(block, WIDTH, count);
#define SUMMED(TYPE, T)                                                                         \
  CLONES uint64_t diet_packed_sum_##TYPE(const T *block, size_t width, size_t count) {          \
    switch (width) {                                                                            \
      WIDTHS_##TYPE(SUM_CASE, TYPE)                                                             \
      default: return 0;                                                                        \
    }                                                                                           \
  }

SUMMED(u8, uint8_t)
SUMMED(u16, uint16_t)
SUMMED(u32, uint32_t)
