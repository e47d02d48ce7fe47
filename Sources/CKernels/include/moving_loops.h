// Windows that move over rows of binary64.
#ifndef CKERNELS_MOVING_LOOPS_H
#define CKERNELS_MOVING_LOOPS_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/// `out[i]` is the sum of `p[i - width + 1]` to `p[i]`, divided by `divisor`. `sum` is that of the window
/// before, which ends at `p[-1]` and begins at the readable `p[-width]`. Returns the last sum, undivided.
///
/// Additions are in an order that does not depend on the CPU: eight rows at a time.
double diet_moving_sums(const double *p, size_t width, size_t n, double sum, double divisor,
                        double *out);

/// Puts `new` in the place of one `old` in the rising numbers `s[0]` to `s[8 * blocks - 1]`, which has
/// one. `s[-1]` is -infinity, `s[8 * blocks]` infinity.
void diet_sorted_replace(double *s, size_t blocks, double old, double new_number);

#pragma GCC visibility pop

#endif
