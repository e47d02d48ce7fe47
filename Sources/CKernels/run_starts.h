// Where runs start among some rows.
#ifndef CKERNELS_RUN_STARTS_H
#define CKERNELS_RUN_STARTS_H

#include "include/run_rows.h"
#include "vectors.h"

// The starts in the rows from `row` on, but that in row 0.
INLINE uint64_t starts_at(const uint64_t *starts, size_t row, size_t n) {
  uint64_t word = starts[row / 64];
  if (row == 0) word &= ~(uint64_t)1;
  return n - row < 64 ? word & (((uint64_t)1 << (n - row)) - 1) : word;
}

#endif
