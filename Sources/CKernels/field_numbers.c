// Whole numbers and decimals from a column of fields.
//
// Eight digits are one word: checked, and multiplied in pairs, in three steps, each
// in lanes of twice the width (after Lemire, "Quickly parsing eight digits", 2018).

#include "field_block.h"

/// The numbers that eight digits of values 0 to 9 spell, the first in the lowest byte.
INLINE words spelled(words digits) {
  typedef VECTOR(uint16_t, 32) quarters;
  typedef VECTOR(uint32_t, 16) halves;
  quarters pairs = (quarters)digits;
  pairs = (pairs & 0xFF) * 10 + (pairs >> 8);
  halves fours = (halves)pairs;
  fours = (fours & 0xFFFF) * 100 + (fours >> 16);
  words eights = (words)fours;
  return (eights & 0xFFFFFFFF) * 10000 + (eights >> 32);
}

/// Not 0 in the lanes with a byte above 9.
INLINE words not_digits(words digits) {
  return (((digits & 0x7F7F7F7F7F7F7F7F) + 0x7676767676767676) | digits) & 0x8080808080808080;
}

// Where a point stands, `after_point` is how many digits follow it, otherwise -1: a constant.

/// "7" without a point, "0.70" with.
INLINE uint64_t fewest(int after_point) {
  return after_point < 0 ? 1 : (uint64_t)after_point + 2;
}

INLINE words wrong_point(words low, int after_point, uint8_t point) {
  return ((low >> (56 - 8 * after_point)) & 0xFF) ^ (uint64_t)(point ^ '0');
}

/// Moves what lies before the point up over it.
INLINE words without_point(words low, words high, int after_point) {
  uint64_t after = after_point == 0 ? 0 : ~(uint64_t)0 << (64 - 8 * after_point);
  return (low & after) | ((low << 8) & ~after) | (high >> 56);
}

/// Reads a block whose fields are all of up to 8 characters and without a sign. Returns 0 where
/// they are not: then nothing written means anything.
INLINE int read_short_block(field_block *block, size_t count, int after_point, uint8_t point,
                            int64_t *values, summary_lanes *summary) {
  const words zeros = EACH(0x3030303030303030), all = EACH(~(uint64_t)0);
  words any = {0}, byte_count = {0}, length = {0};
  size_t added = repeat_last(block, count);
  for (size_t row = 0; row < count; row += LANES) {
    words place, low;
    memcpy(&place, block->place + row, sizeof place);
    memcpy(&low, block->low + row, sizeof low);
    length = length_of(place);
    byte_count += length;
    words shift = (64 - 8 * length) & 63;
    words wrong = (words)(length - fewest(after_point) > 8 - fewest(after_point));
    low ^= zeros;
    wrong |= (words)(((low >> shift) & 0xFF) == 0) & (words)(length > fewest(after_point));
    low &= all << shift;
    if (after_point >= 0) {
      wrong |= wrong_point(low, after_point, point);
      low = without_point(low, (words){0}, after_point);
    }
    any |= wrong | not_digits(low);
    words value = spelled(low);
    memcpy(values + row, &value, (count - row < LANES ? count - row : LANES) * sizeof *values);
  }
  if (__builtin_reduce_or(any)) return 0;
  byte_count[0] -= added * length[LANES - 1];
  summary->byte_count += byte_count;
  return 1;
}

/// Reads a block; what is no number of up to 16 digits is marked as wrong.
INLINE void read_block(field_block *block, size_t count, int after_point, uint8_t point,
                       int64_t *values, summary_lanes *summary) {
  const words zeros = EACH(0x3030303030303030);
  for (size_t row = 0; row < count; row += LANES) {
    field_lanes lanes = lanes_of(block, row);
    note_lengths(summary, lanes.length);
    words sign = (words)(character_before(lanes, lanes.length) == '-');
    words length = lanes.length + sign;
    words wrong = (words)(length - fewest(after_point) > 16 - fewest(after_point));
    wrong |= (words)(character_before(lanes, length) == '0') &
             (words)(length > fewest(after_point));
    words low = (lanes.low ^ zeros) & last_bytes(length);
    words high = (lanes.high ^ zeros) & last_bytes(length - 8) & (words)(length > 8);
    if (after_point >= 0) {
      wrong |= wrong_point(low, after_point, point);
      low = without_point(low, high, after_point);
      high <<= 8;
    }
    wrong |= not_digits(low) | not_digits(high);
    words magnitude = spelled(high) * 100000000 + spelled(low);
    wrong |= (words)(magnitude == 0) & sign;
    words value = (magnitude ^ sign) - sign;
    memcpy(values + row, &value, (count - row < LANES ? count - row : LANES) * sizeof *values);
    memcpy(block->wrong + row, &wrong, sizeof wrong);
  }
}

INLINE diet_fields_summary read_numbers(const diet_fields *fields, int is_careful,
                                        int after_point, uint8_t point, int64_t *values,
                                        uint64_t *left) {
  summary_lanes summary = empty_summary();
  field_block block;
  // Once a field is not, the rest of the column is read as if none were.
  int is_short = fewest(after_point) <= 8;
  for (size_t first = 0; first < fields->rows; first += BLOCK_ROWS) {
    size_t count = 0;
    if (is_short) {
      count = load_block(fields, first, 0, 0, &block);
      is_short = read_short_block(&block, count, after_point, point, values + first, &summary);
    }
    if (!is_short) {
      count = load_block(fields, first, is_careful, 1, &block);
      read_block(&block, count, after_point, point, values + first, &summary);
    }
    size_t left_count = mark_left(&block, !is_short, first, count, left);
    note_values(&summary, values + first, count, left + first / 64, left_count);
  }
  return reduced(&summary);
}

INLINE int is_careful(const diet_fields *fields) { return fields->quote >= 0 || fields->trims_cr; }

CLONES diet_fields_summary diet_read_integers(const diet_fields *fields, int64_t *values,
                                              uint64_t *left) {
  if (is_careful(fields)) return read_numbers(fields, 1, -1, 0, values, left);
  return read_numbers(fields, 0, -1, 0, values, left);
}

CLONES diet_fields_summary diet_read_decimals(const diet_fields *fields, int scale, uint8_t point,
                                              int64_t *values, uint64_t *left) {
  if (is_careful(fields)) return read_numbers(fields, 1, scale, point, values, left);
  // Shifts by a constant, for prices.
  if (scale == 2) return read_numbers(fields, 0, 2, point, values, left);
  return read_numbers(fields, 0, scale, point, values, left);
}
