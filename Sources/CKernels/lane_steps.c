// Steps of expressions: each is a case that changes a whole tile.

#include "lane_steps.h"

#include "vectors.h"

#pragma STDC FP_CONTRACT OFF

#define JOINED(A, B) A##B
#define PASTE(A, B) JOINED(A, B)
#define END_CODE (DIET_STEP_END * DIET_STEP_TYPES)

// MARK: - The rows that do not fill a tile

enum { REST_BYTES = DIET_STEP_ROOM - sizeof(diet_step) };

static size_t row_bytes(const diet_step *step) {
  static const uint8_t bytes[] = {1, 1, 2, 2, 4, 4, 8, 4, 8};
  return bytes[step->code % DIET_STEP_TYPES];
}

static int is_store(const diet_step *step) {
  return step->code / DIET_STEP_TYPES == DIET_STEP_STORE;
}

static int compares(const diet_step *steps) {
  for (; steps->code != END_CODE; steps++) {
    const uint32_t operation = steps->code / DIET_STEP_TYPES;
    if (operation >= DIET_STEP_IS_EQUAL && operation <= DIET_STEP_IS_AT_LEAST) return 1;
  }
  return 0;
}

/// Steps over a tile in `room`, whose operands are the rows from `first` on, and zeros after them.
static const diet_step *steps_of_rest(const diet_step *steps, size_t first, size_t n, void *room) {
  size_t count = 1;
  while (steps[count - 1].code != END_CODE) count++;
  diet_step *rest = room;
  uint8_t *tile = (uint8_t *)(rest + count);
  for (size_t k = 0; k < count; k++, tile += REST_BYTES) {
    rest[k] = steps[k];
    if (!steps[k].mask) continue;
    rest[k].mask = 0;
    rest[k].rows = tile;
    if (is_store(steps + k)) continue;
    const size_t size = row_bytes(steps + k);
    memset(tile, 0, REST_BYTES);
    memcpy(tile, (const uint8_t *)steps[k].rows + first * size, n * size);
  }
  return rest;
}

/// Brings what these steps have written to where it belongs.
static void write_rest(const diet_step *steps, const diet_step *rest, size_t first, size_t n) {
  for (size_t k = 0; steps[k].code != END_CODE; k++) {
    if (!steps[k].mask || !is_store(steps + k)) continue;
    const size_t size = row_bytes(steps + k);
    memcpy((uint8_t *)steps[k].rows + first * size, rest[k].rows, n * size);
  }
}

static void write_rest_bits(uint64_t *words, size_t n, uint64_t *bits) {
  if (n % 64) words[n / 64] &= ((uint64_t)1 << n % 64) - 1;
  memcpy(bits, words, (n + 63) / 64 * 8);
}

// MARK: - What a step does to a vector

#define AT(T, K) ((T *)rows + first + (K) * COUNT)

#define READ(T, K)                          \
  VECTOR(T, COUNT) stored;                  \
  memcpy(&stored, AT(T, K), sizeof stored); \
  const VALUES x = __builtin_convertvector(stored, VALUES);

#define CHANGE(K, A, T, RESULT) \
  {                             \
    READ(T, K)                  \
    const VALUES value = A;     \
    (void)value;                \
    A = RESULT;                 \
  }

// A part of a word is written to its place in the word, whose first byte is the lowest.
#define ANSWER(K, A, T, OPERATOR)                                     \
  {                                                                   \
    READ(T, K)                                                        \
    ANSWERS answers = __builtin_convertvector(A OPERATOR x, ANSWERS); \
    memcpy((uint8_t *)bits + (row + (K) * COUNT) / 8, &answers, COUNT / 8); \
  }

#define WRITE(K, A, T)                                  \
  {                                                     \
    typedef VECTOR(T, COUNT) cut;                       \
    const cut stored = __builtin_convertvector(A, cut); \
    memcpy(AT(T, K), &stored, sizeof stored);           \
  }

#define CHANGE_ALONE(K, A, RESULT) \
  {                                \
    const VALUES value = A;        \
    A = RESULT;                    \
  }

// MARK: - Steps

#define EIGHT(M, ...)                                                                     \
  M(0, a0, __VA_ARGS__) M(1, a1, __VA_ARGS__) M(2, a2, __VA_ARGS__) M(3, a3, __VA_ARGS__) \
  M(4, a4, __VA_ARGS__) M(5, a5, __VA_ARGS__) M(6, a6, __VA_ARGS__) M(7, a7, __VA_ARGS__)

#define STEP(OPERATION, TYPE) \
  case DIET_STEP_##OPERATION * DIET_STEP_TYPES + DIET_ROWS_##TYPE:
#define CHANGES(OPERATION, TYPE, T, RESULT) \
  STEP(OPERATION, TYPE) { EIGHT(CHANGE, T, RESULT) } break;
#define STORES(TYPE, T) \
  STEP(STORE, TYPE) { EIGHT(WRITE, T) } break;
#define COMPARES(OPERATION, TYPE, T, OPERATOR) \
  STEP(OPERATION, TYPE) { EIGHT(ANSWER, T, OPERATOR) } break;
#define CHANGES_ALONE(OPERATION, RESULT) \
  case DIET_STEP_##OPERATION * DIET_STEP_TYPES: { EIGHT(CHANGE_ALONE, RESULT) } break;

// The types of the operands in each lane: none wider than itself, but to be loaded.
#define OF_I16(M, OPERATION, WHAT) \
  M(OPERATION, I8, int8_t, WHAT) M(OPERATION, U8, uint8_t, WHAT) M(OPERATION, I16, int16_t, WHAT)
#define OF_I32(M, OPERATION, WHAT)                                          \
  OF_I16(M, OPERATION, WHAT)                                                \
  M(OPERATION, U16, uint16_t, WHAT) M(OPERATION, I32, int32_t, WHAT)
#define OF_I64(M, OPERATION, WHAT)                                          \
  OF_I32(M, OPERATION, WHAT)                                                \
  M(OPERATION, U32, uint32_t, WHAT) M(OPERATION, I64, int64_t, WHAT)
#define OF_F64(M, OPERATION, WHAT) \
  OF_I64(M, OPERATION, WHAT) M(OPERATION, F32, float, WHAT) M(OPERATION, F64, double, WHAT)

#define OF_I64_ALONE(M, OPERATION, WHAT) M(OPERATION, I64, int64_t, WHAT)
#define OF_F64_ALONE(M, OPERATION, WHAT) M(OPERATION, F64, double, WHAT)

#define COMPARISONS(OF_EACH)                                                    \
  OF_EACH(COMPARES, IS_EQUAL, ==) OF_EACH(COMPARES, IS_LESS, <)                 \
  OF_EACH(COMPARES, IS_AT_MOST, <=) OF_EACH(COMPARES, IS_GREATER, >)            \
  OF_EACH(COMPARES, IS_AT_LEAST, >=)

#define WRAPPING(A, OPERATOR, B) ((VALUES)((WORDS)(A) OPERATOR (WORDS)(B)))
#define INTEGER_STEPS(OF_EACH, OF_ORDERED)                                      \
  OF_I64(CHANGES, LOAD, x)                                                     \
  OF_EACH(CHANGES, ADD, WRAPPING(value, +, x))                                  \
  OF_EACH(CHANGES, SUBTRACT, WRAPPING(value, -, x))                             \
  OF_EACH(CHANGES, MULTIPLY, WRAPPING(value, *, x))                             \
  OF_ORDERED(CHANGES, LESSER, __builtin_elementwise_min(value, x))              \
  OF_ORDERED(CHANGES, GREATER, __builtin_elementwise_max(value, x))             \
  COMPARISONS(OF_ORDERED)                                                          \
  STORES(I8, int8_t) STORES(I16, int16_t) STORES(I32, int32_t) STORES(I64, int64_t) \
  CHANGES_ALONE(SQUARE, WRAPPING(value, *, value))

#define CHOSEN(CONDITION, YES, NO) \
  ((VALUES)(((WORDS)(YES) & (WORDS)(CONDITION)) | ((WORDS)(NO) & ~(WORDS)(CONDITION))))
// A sum with NaN is NaN.
#define OR_NAN(CHOICE) CHOSEN((value != value) | (x != x), value + x, CHOICE)
#define FLOAT_STEPS                                                             \
  OF_F64(CHANGES, LOAD, x)                                                      \
  OF_F64(CHANGES, ADD, value + x)                                               \
  OF_F64(CHANGES, SUBTRACT, value - x)                                          \
  OF_F64(CHANGES, MULTIPLY, value * x)                                          \
  OF_F64(CHANGES, DIVIDE, value / x)                                            \
  OF_F64_ALONE(CHANGES, LESSER, OR_NAN(CHOSEN(value < x, value, x)))            \
  OF_F64_ALONE(CHANGES, GREATER, OR_NAN(CHOSEN(value > x, value, x)))           \
  COMPARISONS(OF_F64_ALONE)                                                     \
  STORES(F64, double)                                                           \
  CHANGES_ALONE(SQUARE, value * value)                                          \
  CHANGES_ALONE(SQUARE_ROOT, __builtin_elementwise_sqrt(value))                 \
  CHANGES_ALONE(ABSOLUTE, __builtin_elementwise_abs(value))

// MARK: - Lanes

#define LANE int16_t
#define UNSIGNED uint16_t
#define NAME i16
#define STEPS INTEGER_STEPS(OF_I16, OF_I16)
#include "lane_steps_loop.h"

#define LANE int32_t
#define UNSIGNED uint32_t
#define NAME i32
#define STEPS INTEGER_STEPS(OF_I32, OF_I32)
#include "lane_steps_loop.h"

#define LANE int64_t
#define UNSIGNED uint64_t
#define NAME i64
#define STEPS INTEGER_STEPS(OF_I64, OF_I64_ALONE)
#include "lane_steps_loop.h"

#define LANE double
#define UNSIGNED uint64_t
#define NAME f64
#define STEPS FLOAT_STEPS
#include "lane_steps_loop.h"
