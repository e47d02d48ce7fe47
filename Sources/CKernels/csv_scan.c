// Which code path of the structural scan this CPU runs.
//
// The choice is made at the first call, not by an ifunc, so that tests can hold
// every path that the CPU has to the same answers.
#include <stdatomic.h>
#include <string.h>

#include "csv_scan_paths.h"

// Best first. A CPU with AVX-512 but without VBMI2 (Skylake-X) takes AVX2: byte
// compression is what makes the wider registers pay.
static int candidates(const diet_csv_path *found[3]) {
  int n = 0;
#if defined(__x86_64__)
  int has_bits = __builtin_cpu_supports("pclmul") && __builtin_cpu_supports("popcnt") &&
                 __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2");
  if (has_bits && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi2")) {
    found[n++] = &diet_csv_path_avx512;
  }
  if (has_bits && __builtin_cpu_supports("avx2")) found[n++] = &diet_csv_path_avx2;
#elif defined(__aarch64__)
  found[n++] = &diet_csv_path_neon;
#endif
  found[n++] = &diet_csv_path_portable;
  return n;
}

static _Atomic(const diet_csv_path *) chosen;

static const diet_csv_path *path(void) {
  const diet_csv_path *known = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (known) return known;
  const diet_csv_path *found[3];
  candidates(found);
  // Threads that race here store the same pointer.
  atomic_store_explicit(&chosen, found[0], memory_order_relaxed);
  return found[0];
}

diet_csv_scan_result diet_csv_scan(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                   uint8_t quote, uint32_t *separators, uint32_t *record_ends) {
  return path()->scan(bytes, count, delimiter, quote, separators, record_ends);
}

size_t diet_csv_cut(const uint8_t *bytes, size_t count, uint8_t delimiter, uint8_t quote,
                    int at_end_of_input, uint32_t *flags) {
  return path()->cut(bytes, count, delimiter, quote, at_end_of_input, flags);
}

const char *diet_csv_scan_path(void) { return path()->name; }

int diet_csv_scan_select(const char *name) {
  const diet_csv_path *found[3];
  int n = candidates(found);
  for (int i = 0; i < n; i++) {
    if (strcmp(found[i]->name, name) != 0) continue;
    atomic_store_explicit(&chosen, found[i], memory_order_relaxed);
    return 1;
  }
  return 0;
}
