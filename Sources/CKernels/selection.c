// Conditions in bits, and what is left of rows after one.

#include "selection.h"

#include "answer_words.h"
#include "reduction_rows.h"

#define LOAD_ROWS(VALUES)  \
  VALUES v;                \
  memcpy(&v, p + at, sizeof v);

// One comparison without a sign answers both ends for integers.
#define BETWEEN_INTEGER(TYPE, T, UNSIGNED, WORD)                                               \
  CLONES void diet_between_##TYPE(const T *p, size_t n, T low, T high, uint64_t *out) {        \
    typedef VECTOR(UNSIGNED, 64 / sizeof(T)) values;                                           \
    const UNSIGNED start = (UNSIGNED)low, span = (UNSIGNED)((UNSIGNED)high - (UNSIGNED)low);   \
    WRITE_ANSWERS(T, WORD, LOAD_ROWS(values), (v - start) <= span, p[at] >= low && p[at] <= high) \
  }

BETWEEN_INTEGER(i8, int8_t, uint8_t, uint64_t)
BETWEEN_INTEGER(u8, uint8_t, uint8_t, uint64_t)
BETWEEN_INTEGER(i16, int16_t, uint16_t, uint32_t)
BETWEEN_INTEGER(u16, uint16_t, uint16_t, uint32_t)
BETWEEN_INTEGER(i32, int32_t, uint32_t, uint16_t)
BETWEEN_INTEGER(u32, uint32_t, uint32_t, uint16_t)
BETWEEN_INTEGER(i64, int64_t, uint64_t, uint8_t)
BETWEEN_INTEGER(u64, uint64_t, uint64_t, uint8_t)

#define BETWEEN_FLOAT(TYPE, T, WORD)                                                           \
  CLONES void diet_between_##TYPE(const T *p, size_t n, T low, T high, uint64_t *out) {        \
    typedef VECTOR(T, 64 / sizeof(T)) values;                                                  \
    WRITE_ANSWERS(T, WORD, LOAD_ROWS(values), (v >= low) & (v <= high),                        \
                  p[at] >= low && p[at] <= high)                                               \
  }

BETWEEN_FLOAT(f32, float, uint16_t)
BETWEEN_FLOAT(f64, double, uint8_t)

#define LOAD_BOTH                \
  values x, y;                   \
  memcpy(&x, a + at, sizeof x);  \
  memcpy(&y, b + at, sizeof y);

CLONES void diet_is_equal_i64(const int64_t *a, const int64_t *b, size_t n, uint64_t *out) {
  typedef VECTOR(int64_t, 8) values;
  WRITE_ANSWERS(int64_t, uint8_t, LOAD_BOTH, x == y, a[at] == b[at])
}

#define MEMBER(TYPE, T)                                                                        \
  void diet_member_##TYPE(const T *codes, size_t n, const uint8_t *table, uint64_t *out) {     \
    for (size_t row = 0; row < n; row += 64) {                                                 \
      size_t count = n - row < 64 ? n - row : 64;                                              \
      uint64_t word = 0;                                                                       \
      for (size_t k = 0; k < count; k++) word |= (uint64_t)(table[codes[row + k]] != 0) << k;  \
      out[row / 64] = word;                                                                    \
    }                                                                                          \
  }
MEMBER(u8, uint8_t)
MEMBER(u16, uint16_t)
MEMBER(u32, uint32_t)

// Words that are full are copied; of others each bit that is set is looked for.
#define COMPRESS(TYPE, T)                                                                      \
  CLONES size_t diet_compress_##TYPE(const T *p, const uint64_t *bits, size_t n, T *out) {     \
    T *const first = out;                                                                      \
    for (size_t row = 0; row < n; row += 64) {                                                 \
      uint64_t word = word_at(bits, row, n);                                                   \
      if (word == ~(uint64_t)0) {                                                              \
        memcpy(out, p + row, 64 * sizeof(T));                                                  \
        out += 64;                                                                             \
      } else {                                                                                 \
        for (; word; word &= word - 1) *out++ = p[row + (size_t)__builtin_ctzll(word)];        \
      }                                                                                        \
    }                                                                                          \
    return (size_t)(out - first);                                                              \
  }
COMPRESS(u8, uint8_t)
COMPRESS(u16, uint16_t)
COMPRESS(u32, uint32_t)
COMPRESS(u64, uint64_t)

CLONES size_t diet_selected_rows(const uint64_t *bits, size_t n, uint32_t first, uint32_t *out) {
  uint32_t *const start = out;
  for (size_t row = 0; row < n; row += 64) {
    for (uint64_t word = word_at(bits, row, n); word; word &= word - 1) {
      *out++ = first + (uint32_t)row + (uint32_t)__builtin_ctzll(word);
    }
  }
  return (size_t)(out - start);
}
