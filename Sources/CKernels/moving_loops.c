// Windows that move over rows.

#include "moving_loops.h"

#include "vectors.h"

typedef VECTOR(double, 8) numbers;
typedef VECTOR(int64_t, 8) bits;

// What comes into a window less what leaves it, added up: within a vector in three steps, each of
// which adds numbers twice as far apart, so that only one addition in eight rows waits for the one before.
CLONES double diet_moving_sums(const double *p, size_t width, size_t n, double sum, double divisor,
                               double *out) {
  const numbers zero = {0};
  numbers last = zero + sum;
  size_t i = 0;
  for (; i + 8 <= n; i += 8) {
    numbers coming, leaving;
    memcpy(&coming, p + i, sizeof coming);
    memcpy(&leaving, p + i - width, sizeof leaving);
    numbers d = coming - leaving;
    d += __builtin_shufflevector(zero, d, 0, 8, 9, 10, 11, 12, 13, 14);
    d += __builtin_shufflevector(zero, d, 0, 1, 8, 9, 10, 11, 12, 13);
    d += __builtin_shufflevector(zero, d, 0, 1, 2, 3, 8, 9, 10, 11);
    d += last;
    last = __builtin_shufflevector(d, d, 7, 7, 7, 7, 7, 7, 7, 7);
    d /= divisor;
    memcpy(out + i, &d, sizeof d);
  }
  sum = last[0];
  for (; i < n; i++) {
    sum += p[i] - p[i - width];
    out[i] = sum / divisor;
  }
  return sum;
}

/// Numbers by bits: `yes` where the condition is all ones.
#define CHOSEN(condition, yes, no) \
  (numbers)(((bits)(yes) & (condition)) | ((bits)(no) & ~(condition)))

INLINE numbers load(const double *p) {
  numbers v;
  memcpy(&v, p, sizeof v);
  return v;
}

// The numbers between the two places move by one. Whether a number moves, and what comes to its place,
// its neighbour tells: so whole vectors are written without looking where exactly the places are.
CLONES void diet_sorted_replace(double *s, size_t blocks, double old, double new_number) {
  if (old == new_number) return;
  bits below_old = {0}, below_new = {0};
  for (size_t block = 0; block < blocks; block++) {
    const numbers v = load(s + 8 * block);
    below_old += v < old;
    below_new += v < new_number;
  }
  const size_t from = (size_t)-__builtin_reduce_add(below_old) / 8;
  const size_t to = (size_t)-__builtin_reduce_add(below_new) / 8;
  const numbers news = (numbers){0} + new_number;
  if (old < new_number) {
    for (size_t block = from; block <= to && block < blocks; block++) {
      const numbers v = load(s + 8 * block), next = load(s + 8 * block + 1);
      const numbers lesser = CHOSEN(next < news, next, news);
      const numbers moved = CHOSEN(v > lesser, v, lesser);
      const numbers answer = CHOSEN(v < old, v, moved);
      memcpy(s + 8 * block, &answer, sizeof answer);
    }
  } else {
    for (size_t block = from < blocks ? from : blocks - 1; block + 1 > to; block--) {
      const numbers v = load(s + 8 * block), before = load(s + 8 * block - 1);
      const numbers greater = CHOSEN(before > news, before, news);
      const numbers moved = CHOSEN(v < greater, v, greater);
      const numbers answer = CHOSEN(v > old, v, moved);
      memcpy(s + 8 * block, &answer, sizeof answer);
      if (block == 0) break;
    }
  }
}
