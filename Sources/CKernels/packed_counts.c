// Counts of comparisons in packed blocks, as they lie.

#include "packed_fields.h"

// Answers (-1 or 0) are taken off lanes of the fields' own size, which are emptied before they can
// overflow.
#define COUNT(NAME, OPERATOR, TYPE, T)                                                          \
  INLINE size_t count_##NAME##_##TYPE(const T *block, size_t width, size_t count, T key) {      \
    enum { TYPE_BITS = 8 * sizeof(T), TYPE_LANES = 1024 / TYPE_BITS };                          \
    typedef VECTOR(T, TYPE_LANES / 2) answers;                                                  \
    const size_t most = (T)~(T)0 / TYPE_BITS < 4096 ? (T)~(T)0 / TYPE_BITS : 4096;              \
    size_t total = 0;                                                                           \
    while (count) {                                                                             \
      size_t stop = count < most ? count : most;                                                \
      count -= stop;                                                                            \
      answers matches[2] = {{0}, {0}};                                                          \
      for (; stop; stop--, block += width * TYPE_LANES) {                                       \
        EACH_FIELD(T, )                                                                         \
          LOAD_FIELD                                                                            \
          matches[half / HALF] -= (answers)(field OPERATOR key);                                \
        } }                                                                                     \
      }                                                                                         \
      for (size_t l = 0; l < TYPE_LANES / 2; l++) total += (size_t)matches[0][l] + matches[1][l]; \
    }                                                                                           \
    return total;                                                                               \
  }

#define COUNT_CASE_eq(TYPE, WIDTH) case WIDTH: return count_eq_##TYPE(block, WIDTH, count, key);
#define COUNT_CASE_lt(TYPE, WIDTH) case WIDTH: return count_lt_##TYPE(block, WIDTH, count, key);
#define COUNTED(NAME, OPERATOR, TYPE, T)                                                        \
  COUNT(NAME, OPERATOR, TYPE, T)                                                             \
  CLONES size_t diet_packed_count_##NAME##_##TYPE(const T *block, size_t width, size_t count,   \
                                                  T key) {                                      \
    switch (width) {                                                                            \
      WIDTHS_##TYPE(COUNT_CASE_##NAME, TYPE)                                                    \
      default: return 0;                                                                        \
    }                                                                                           \
  }

COUNTED(eq, ==, u8, uint8_t)
COUNTED(lt, <, u8, uint8_t)
COUNTED(eq, ==, u16, uint16_t)
COUNTED(lt, <, u16, uint16_t)
COUNTED(eq, ==, u32, uint32_t)
COUNTED(lt, <, u32, uint32_t)
