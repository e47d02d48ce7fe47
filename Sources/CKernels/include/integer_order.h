#ifndef CKERNELS_INTEGER_ORDER_H
#define CKERNELS_INTEGER_ORDER_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

// What neighbouring integers have to do with one another.
typedef struct {
  /// How many differ from the one before.
  uint64_t changes;
  /// The least and the greatest difference that is not 0; the other way round where there is none.
  int64_t least;
  int64_t greatest;
  /// Whether some difference does not fit 64 bits.
  int is_wide;
  /// Whether all differences are the same.
  int has_one_step;
} diet_order;

void diet_order_i64(const int64_t *values, size_t n, diet_order *order);

#pragma GCC visibility pop

#endif
