// Expressions computed in registers: a value for each row, changed by one step after the other.
//
// `(a * b + c) > d` is LOAD a, MULTIPLY b, ADD c, GREATER d. All steps are taken for some rows, a
// tile of 512 bytes of the lane's type, before the next rows are looked at; so nothing but the
// operands is read from memory, and nothing but the answer is written there. Each step rounds by
// itself: no product is contracted with a sum.
#ifndef CKERNELS_LANE_STEPS_H
#define CKERNELS_LANE_STEPS_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

typedef enum {
  /// The value becomes the operand.
  DIET_STEP_LOAD,
  /// value = value + operand, and so on. Integers wrap.
  DIET_STEP_ADD,
  DIET_STEP_SUBTRACT,
  DIET_STEP_MULTIPLY,
  /// The lesser and the greater of value and operand; of floats NaN where either is.
  DIET_STEP_LESSER,
  DIET_STEP_GREATER,
  /// A bit for each row goes to `bits`: value == operand, and so on, as in selection.h. NaN compares
  /// false.
  DIET_STEP_IS_EQUAL,
  DIET_STEP_IS_LESS,
  DIET_STEP_IS_AT_MOST,
  DIET_STEP_IS_GREATER,
  DIET_STEP_IS_AT_LEAST,
  /// The value is written to the operand, whose type has its width; integers are cut off.
  DIET_STEP_STORE,
  /// value = value * value. The steps from here on have no operand, and no type.
  DIET_STEP_SQUARE,
  /// Of floats alone, as are quotients, which do have an operand.
  DIET_STEP_SQUARE_ROOT,
  DIET_STEP_ABSOLUTE,
  DIET_STEP_DIVIDE,
  /// After the last step.
  DIET_STEP_END,
} diet_step_operation;

/// The type of an operand, which becomes the lane's as it is read. It is that itself or one before it;
/// in the lanes of 64 bits, what is compared is of the lane's own type. LOAD has all integers, and cuts
/// those off that are wider than the lane. The binary64 of an integer is the nearest one.
typedef enum {
  DIET_ROWS_I8,
  DIET_ROWS_U8,
  DIET_ROWS_I16,
  DIET_ROWS_U16,
  DIET_ROWS_I32,
  DIET_ROWS_U32,
  DIET_ROWS_I64,
  DIET_ROWS_F32,
  DIET_ROWS_F64,
  /// Of no lane in C.
  DIET_ROWS_I128,
} diet_rows_type;

enum {
  DIET_STEP_TYPES = 16,
  /// A tile of the lane's own type.
  DIET_TILE_BYTES = 512,
  /// What a step needs for the rows that do not fill a tile: of at most 256 rows, 8 bytes each.
  DIET_STEP_ROOM = 2048 + 16,
};

typedef struct {
  /// operation * DIET_STEP_TYPES + type.
  uint32_t code;
  /// ~0: the operand has a row for each row. 0: it is one tile, used again for all rows.
  uint32_t mask;
  /// The operand, or what a value is written to.
  void *rows;
} diet_step;

/// `diet_take_steps_i32(steps, n, bits, room)`: `bits` may be null where no step compares. `room` has
/// DIET_STEP_ROOM bytes for each step, the end included, and is written to. `n` is below 2^32. A step
/// reads what another has written only where both have one tile.
#define DIET_DECLARE(NAME) \
  void diet_take_steps_##NAME(const diet_step *steps, size_t n, uint64_t *bits, void *room);
DIET_DECLARE(i16)
DIET_DECLARE(i32)
DIET_DECLARE(i64)
DIET_DECLARE(f64)
#undef DIET_DECLARE

#pragma GCC visibility pop

#endif
