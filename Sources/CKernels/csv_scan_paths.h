// The code paths of the structural scan, one file each, and the shape they share.
#ifndef CKERNELS_CSV_SCAN_PATHS_H
#define CKERNELS_CSV_SCAN_PATHS_H

#include "csv_scan.h"

typedef struct {
  const char *name;
  diet_csv_scan_result (*scan)(const uint8_t *bytes, size_t count, uint8_t delimiter, uint8_t quote,
                               uint32_t *separators, uint32_t *record_ends);
  size_t (*cut)(const uint8_t *bytes, size_t count, uint8_t delimiter, uint8_t quote,
                int at_end_of_input, uint32_t *flags);
} diet_csv_path;

/// Where the four structural bytes are in a block of 64; bit k is byte k.
typedef struct {
  uint64_t delimiter, lf, cr, quote;
} block_masks;

/// Whether a block of 64 holds these two at all: nonzero when it does.
typedef struct {
  uint64_t quote, cr;
} block_hits;

#define INLINE static inline __attribute__((always_inline))

#if defined(__x86_64__)
extern const diet_csv_path diet_csv_path_avx512;
extern const diet_csv_path diet_csv_path_avx2;
#elif defined(__aarch64__)
extern const diet_csv_path diet_csv_path_neon;
#endif
extern const diet_csv_path diet_csv_path_portable;

#endif
