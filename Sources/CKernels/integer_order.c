// What neighbouring integers have to do with one another.

#include "include/integer_order.h"

#include "vectors.h"

CLONES void diet_order_i64(const int64_t *values, size_t n, diet_order *order) {
  int64_t least = INT64_MAX, greatest = INT64_MIN;
  uint64_t changes = 0, wide = 0, uneven = 0;
  const uint64_t step = n > 1 ? (uint64_t)values[1] - (uint64_t)values[0] : 0;
  for (size_t row = 1; row < n; row++) {
    const int64_t a = values[row - 1], b = values[row];
    const int64_t d = (int64_t)((uint64_t)b - (uint64_t)a);
    changes += a != b;
    // The sign of a difference that does not fit is wrong.
    wide |= (uint64_t)((a ^ b) & (b ^ d));
    uneven |= (uint64_t)d ^ step;
    const int64_t low = a == b ? INT64_MAX : d, high = a == b ? INT64_MIN : d;
    least = low < least ? low : least;
    greatest = high > greatest ? high : greatest;
  }
  order->changes = changes;
  order->least = least;
  order->greatest = greatest;
  order->is_wide = (int)(wide >> 63);
  order->has_one_step = uneven == 0;
}
