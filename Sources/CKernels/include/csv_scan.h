// The CSV structural scan: where the separators of a chunk are.
//
// The chunk begins at a record start, outside quotes. A quote toggles "inside
// quotes"; delimiters and line ends outside quotes are separators.
#ifndef CKERNELS_CSV_SCAN_H
#define CKERNELS_CSV_SCAN_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/// What one scan learned about a chunk.
enum {
  DIET_CSV_HAS_QUOTE = 1,      // a quote byte occurs
  DIET_CSV_HAS_CR = 2,         // a carriage return occurs outside quotes
  DIET_CSV_HAS_NON_ASCII = 4,  // a byte >= 0x80 occurs
  DIET_CSV_HAS_NUL = 8,        // a zero byte occurs
  DIET_CSV_ENDS_INSIDE = 16,   // the chunk ends inside quotes
  DIET_CSV_IRREGULAR = 32,     // some quote is not where RFC 4180 puts it
};

typedef struct {
  size_t separators;  // positions written to `separators`
  size_t records;     // entries written to `record_ends`
  uint32_t flags;     // DIET_CSV_…
} diet_csv_scan_result;

/// Writes the position of every separator outside quotes to `separators`, in
/// order, and for every separator that ends a record its index within
/// `separators` to `record_ends`.
///
/// A record ends at LF, at CR that no LF follows, and at the LF of CRLF (the CR
/// of CRLF is no separator; the reader of the last field trims it).
/// A quote is regular when an opening one follows the chunk's start, a
/// delimiter, CR, LF or a quote, and a closing one precedes a delimiter, CR,
/// LF, a quote or the chunk's end; otherwise DIET_CSV_IRREGULAR is set (the
/// other outputs are then only a guess).
///
/// `bytes` must be readable, and need not be meaningful, for 64 bytes past
/// `count`; `separators` and `record_ends` must have room for `count` + 64
/// entries. `quote` 0 means no quoting at all.
diet_csv_scan_result diet_csv_scan(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                   uint8_t quote, uint32_t *separators, uint32_t *record_ends);

/// The offset just past the last record end outside quotes, 0 when there is
/// none, for a chunk that begins outside quotes. A CR that is the very last
/// byte does not count unless `at_end_of_input` (an LF may follow it).
/// `flags` receives DIET_CSV_… without positions being written.
size_t diet_csv_cut(const uint8_t *bytes, size_t count, uint8_t delimiter, uint8_t quote,
                    int at_end_of_input, uint32_t *flags);

/// The name of the code path that this CPU runs: "avx512", "avx2", "neon" or "portable".
const char *diet_csv_scan_path(void);

/// Makes later calls use the named path; returns 0 when this CPU has it not. For tests.
int diet_csv_scan_select(const char *path);

/// The offset of the first byte that is not valid UTF-8 (Unicode 15, table 3-7), or `count`.
size_t diet_utf8_first_invalid(const uint8_t *bytes, size_t count);

#pragma GCC visibility pop

#endif
