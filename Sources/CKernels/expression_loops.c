// The operations of expressions, vectorised for the CPU at hand.

#include "expression_loops.h"

#include "answer_words.h"
#include "reduction_rows.h"

// A result may take the place of an operand, row by row. Left to itself the compiler would find
// that the two overlap, and go through such blocks a row at a time.
#define IN_PLACE _Pragma("clang loop vectorize(assume_safety)")

#define BINARY(NAME, TYPE, T, RESULT)                                                    \
  CLONES void diet_##NAME##_##TYPE(const T *a, const T *b, size_t n, T *out) {           \
    IN_PLACE for (size_t i = 0; i < n; i++) out[i] = RESULT;                                      \
  }

#define INTEGER_OPERATIONS(TYPE, T, UNSIGNED)                              \
  BINARY(add, TYPE, T, (T)((UNSIGNED)a[i] + (UNSIGNED)b[i]))               \
  BINARY(subtract, TYPE, T, (T)((UNSIGNED)a[i] - (UNSIGNED)b[i]))          \
  BINARY(multiply, TYPE, T, (T)((UNSIGNED)a[i] * (UNSIGNED)b[i]))          \
  BINARY(lesser, TYPE, T, a[i] < b[i] ? a[i] : b[i])                       \
  BINARY(greater, TYPE, T, a[i] > b[i] ? a[i] : b[i])

INTEGER_OPERATIONS(i32, int32_t, uint32_t)
INTEGER_OPERATIONS(i64, int64_t, uint64_t)

BINARY(add, f64, double, a[i] + b[i])
BINARY(subtract, f64, double, a[i] - b[i])
BINARY(multiply, f64, double, a[i] * b[i])
BINARY(divide, f64, double, a[i] / b[i])
// A sum with NaN is NaN.
BINARY(lesser, f64, double, a[i] != a[i] || b[i] != b[i] ? a[i] + b[i] : a[i] < b[i] ? a[i] : b[i])
BINARY(greater, f64, double, a[i] != a[i] || b[i] != b[i] ? a[i] + b[i] : a[i] > b[i] ? a[i] : b[i])

CLONES void diet_sqrt_f64(const double *a, size_t n, double *out) {
  IN_PLACE for (size_t i = 0; i < n; i++) out[i] = __builtin_elementwise_sqrt(a[i]);
}

#define LOAD_BOTH(VALUES)          \
  VALUES x, y;                     \
  memcpy(&x, a + at, sizeof x);    \
  memcpy(&y, b + at, sizeof y);

#define COMPARE(NAME, TYPE, T, OPERATOR, WORD)                                            \
  CLONES void diet_is_##NAME##_##TYPE(const T *a, const T *b, size_t n, uint64_t *out) {  \
    typedef VECTOR(T, 64 / sizeof(T)) values;                                             \
    WRITE_ANSWERS(T, WORD, LOAD_BOTH(values), x OPERATOR y, a[at] OPERATOR b[at])         \
  }

#define COMPARISONS(TYPE, T, WORD)           \
  COMPARE(equal, TYPE, T, ==, WORD)          \
  COMPARE(less, TYPE, T, <, WORD)            \
  COMPARE(at_most, TYPE, T, <=, WORD)
COMPARISONS(i32, int32_t, uint16_t)
COMPARISONS(i64, int64_t, uint8_t)
COMPARISONS(f64, double, uint8_t)

#define CHOOSE(TYPE, T)                                                                    \
  CLONES void diet_choose_##TYPE(const uint64_t *bits, const T *a, const T *b, size_t n,   \
                                 T *out) {                                                 \
    IN_PLACE for (size_t i = 0; i < n; i++) out[i] = bits[i / 64] >> i % 64 & 1 ? a[i] : b[i];      \
  }
DIET_EACH_LANE(CHOOSE)
