// Conditions on packed blocks in bits, and their ends, as they lie.

#include "packed_fields.h"

// One comparison answers both ends. Half of the lanes makes a whole word of answers.
#define BETWEEN(TYPE, T, WORD)                                                                  \
  INLINE void between_##TYPE(const T *block, size_t width, size_t count, T low, T high,         \
                             uint64_t *out) {                                                   \
    typedef __attribute__((ext_vector_type(512 / (8 * sizeof(T))))) _Bool bits;                 \
    const T span = (T)(high - low);                                                             \
    WORD *answers = (WORD *)out;                                                                \
    for (; count; count--, block += width * (1024 / (8 * sizeof(T))),                           \
                  answers += 1024 / (8 * sizeof(WORD))) {                                       \
      EACH_FIELD(T, )                                                                           \
        LOAD_FIELD                                                                              \
        bits answer = __builtin_convertvector((field - low) <= span, bits);                       \
        memcpy(answers + (k * LANES + half) / HALF, &answer, sizeof(WORD));                       \
      } }                                                                                       \
    }                                                                                           \
  }

// Less `first` without a sign, numbers below it are the greatest.
#define ENDS(TYPE, T)                                                                           \
  INLINE void ends_##TYPE(const T *block, size_t width, size_t count, T first, T *low,          \
                          T *high) {                                                            \
    typedef VECTOR(T, 512 / (8 * sizeof(T))) numbers;                                           \
    numbers least = (numbers){0} - 1, greatest = {0};                                           \
    for (; count; count--, block += width * (1024 / (8 * sizeof(T)))) {                         \
      EACH_FIELD(T, )                                                                           \
        LOAD_FIELD                                                                              \
        least = __builtin_elementwise_min(least, field - first);                                \
        greatest = __builtin_elementwise_max(greatest, field);                                  \
      } }                                                                                       \
    }                                                                                           \
    *low = (T)(__builtin_reduce_min(least) + first);                                            \
    *high = __builtin_reduce_max(greatest);                                                     \
  }

#define BETWEEN_CASE(TYPE, WIDTH) \
  case WIDTH: return between_##TYPE(block, WIDTH, count, low, high, out);
#define ENDS_CASE(TYPE, WIDTH) \
  case WIDTH: return ends_##TYPE(block, WIDTH, count, first, low, high);
#define MASKED(TYPE, T, WORD)                                                                   \
  BETWEEN(TYPE, T, WORD)                                                                        \
  ENDS(TYPE, T)                                                                                 \
  CLONES void diet_packed_between_##TYPE(const T *block, size_t width, size_t count, T low,     \
                                         T high, uint64_t *out) {                               \
    switch (width) { WIDTHS_##TYPE(BETWEEN_CASE, TYPE) }                                        \
  }                                                                                             \
  CLONES void diet_packed_ends_##TYPE(const T *block, size_t width, size_t count, T first,      \
                                      T *low, T *high) {                                        \
    switch (width) { WIDTHS_##TYPE(ENDS_CASE, TYPE) }                                           \
  }

MASKED(u8, uint8_t, uint64_t)
MASKED(u16, uint16_t, uint32_t)
MASKED(u32, uint32_t, uint16_t)
