// ISO 8601 days from a column of fields.
//
// The arithmetic is Howard Hinnant's "chrono-Compatible Low-Level Date Algorithms",
// with divisions by constants as multiplications: exact for the years at hand, which
// a test goes through one by one.

#include "field_block.h"

/// The number that the digits in bytes `byte` and `byte` + 1 spell.
INLINE words pair(words digits, int byte) {
  return ((digits >> (8 * byte)) & 0xFF) * 10 + ((digits >> (8 * byte + 8)) & 0xFF);
}

INLINE diet_fields_summary read_days(const diet_fields *fields, int is_careful, int64_t *values,
                                     uint64_t *left) {
  summary_lanes summary = empty_summary();
  field_block block;
  for (size_t first = 0; first < fields->rows; first += BLOCK_ROWS) {
    size_t count = load_block(fields, first, is_careful, 1, &block);
    words any = {0};
    for (size_t row = 0; row < count; row += LANES) {
      field_lanes lanes = lanes_of(&block, row);
      note_lengths(&summary, lanes.length);
      // "YYYY-MM-DD": two digits in the high word, the rest in the low one. Where a hyphen stands
      // only what it becomes, 0, will do.
      words start = (lanes.high >> 48) ^ 0x3030;
      words rest = lanes.low ^ 0x30302D30302D3030;
      words wrong = lanes.length ^ 10;
      wrong |= (((start & 0x7F7F) + 0x7676) | start) & 0x8080;
      wrong |= (((rest & 0x7F7F7F7F7F7F7F7F) + 0x76767F76767F7676) | rest) & 0x8080808080808080;

      words year = pair(start, 0) * 100 + pair(rest, 0);
      words month = pair(rest, 3);
      words day = pair(rest, 6);
      words century = (year * 5243) >> 19;
      words is_hundredth = (words)(century * 100 == year);
      words is_leap = (words)((year & 3) == 0) & ~(is_hundredth & (words)((century & 3) != 0));
      words length = 30 + ((month + (month >> 3)) & 1);
      length -= (words)(month == 2) & (2 - (is_leap & 1));
      wrong |= (words)(month - 1 > 11) | (words)(day - 1 >= length);

      // Years begin in March, and 400 years later, so that none is below zero.
      words is_early = (words)(month < 3);
      words y = year + 400 + is_early;
      words from_march = month - 3 + (is_early & 12);
      words of_year = (((153 * from_march + 2) * 52429) >> 18) + day - 1;
      century = (y * 5243) >> 19;
      words value = y * 365 + (y >> 2) - century + (century >> 2) + of_year - (719468 + 146097);
      memcpy(values + first + row, &value,
             (count - row < LANES ? count - row : LANES) * sizeof *values);
      memcpy(block.wrong + row, &wrong, sizeof wrong);
      any |= wrong;
    }
    size_t left_count = mark_left(&block, __builtin_reduce_or(any) != 0, first, count, left);
    note_values(&summary, values + first, count, left + first / 64, left_count);
  }
  return reduced(&summary);
}

CLONES diet_fields_summary diet_read_days(const diet_fields *fields, int64_t *values,
                                          uint64_t *left) {
  if (fields->quote >= 0 || fields->trims_cr) return read_days(fields, 1, values, left);
  return read_days(fields, 0, values, left);
}
