// Reads one column of a chunk: every `stride`-th field, many at a time.
//
// These loops know the common spellings only. Every other field (null, spaces, a
// sign where none is usual, quotes within quotes, longer numbers) is left to the
// caller: its bit in `left` is set and what is written for it means nothing.
#ifndef CKERNELS_FIELDS_H
#define CKERNELS_FIELDS_H

#include <stddef.h>
#include <stdint.h>

#pragma GCC visibility push(hidden)

/// Field `row` lies between `separators[row * stride - 1]` and `separators[row * stride]`,
/// both of which can be read for every row; 64 bytes before and after the chunk's `bytes` can
/// be read, too.
typedef struct {
  const uint8_t *bytes;
  const uint32_t *separators;
  size_t stride;
  size_t rows;
  /// The byte that may enclose fields; -1 where none does.
  int quote;
  /// Whether a CR before an LF separator belongs to the line end.
  int trims_cr;
} diet_fields;

typedef struct {
  /// Of the numbers that were read; `minimum > maximum` where there are none.
  int64_t minimum, maximum;
  /// Rows that were read.
  size_t count;
  /// The bytes of all fields, read or left, and of those longer than 12 bytes.
  uint64_t byte_count, long_byte_count;
} diet_fields_summary;

/// Whole numbers of 1 to 16 characters: `-` or nothing, then digits without a needless zero in
/// front; no minus zero.
diet_fields_summary diet_read_integers(const diet_fields *fields, int64_t *values,
                                       uint64_t *left);

/// Numbers of up to 16 characters with exactly `scale` (1 to 7) digits after `point`, as integers of
/// 10^-scale: `-` or nothing, then digits without a needless zero in front; no minus zero.
diet_fields_summary diet_read_decimals(const diet_fields *fields, int scale, uint8_t point,
                                       int64_t *values, uint64_t *left);

/// `YYYY-MM-DD` of the years 0 to 9999, as days since 1970-01-01.
diet_fields_summary diet_read_days(const diet_fields *fields, int64_t *values, uint64_t *left);

/// A short text and its code: up to 24 bytes as three words.
///
/// `first` is the first 8 bytes and `last` the last 8; of a text of fewer than 8 bytes both are the
/// text, shifted to the high bytes over zeros. `middle` is bytes 8 to 15 of a text of more than 16,
/// otherwise 0.
typedef struct {
  uint64_t first, middle, last;
  /// 0 where the entry is free.
  uint32_t length;
  uint32_t code;
} diet_text_entry;

/// Odd numbers that nobody knows: places in a table are sums of products with them, so that few
/// texts fall together whatever they are (Dietzfelbinger and others, 1997).
typedef struct {
  uint64_t ends, middle, last;
} diet_text_seed;

/// Looks texts of 1 to 24 bytes up in `entries`, of which there are 2^`bits` (1 to 32) and some are
/// free. Leaves texts that are not there.
diet_fields_summary diet_read_codes(const diet_fields *fields, const diet_text_entry *entries,
                                    int bits, diet_text_seed seed, uint32_t *codes, uint64_t *left);

/// Enters a text of 1 to 24 bytes that is not there yet; 8 bytes before and 16 after its start can
/// be read.
void diet_text_enter(diet_text_entry *entries, int bits, diet_text_seed seed,
                     const uint8_t *bytes, size_t length, uint32_t code);

/// Where an entry's text is looked for first.
size_t diet_text_slot(const diet_text_entry *entry, int bits, diet_text_seed seed);

/// Enters a copy of an entry of another table.
void diet_text_move(diet_text_entry *entries, int bits, diet_text_seed seed,
                    const diet_text_entry *entry);

#pragma GCC visibility pop

#endif
