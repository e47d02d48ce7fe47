// How a loop goes over a column: a block of rows at a time. First each field's place
// and its last 16 bytes are copied to arrays, with loads and stores alone; all else
// is then computed in lanes, without a branch on lengths.
#ifndef CKERNELS_FIELD_BLOCK_H
#define CKERNELS_FIELD_BLOCK_H

#include "fields.h"
#include "vectors.h"

enum { BLOCK_ROWS = 256, LANES = 8 };

typedef VECTOR(uint64_t, 8) words;
typedef VECTOR(int64_t, 8) longs;

#define EACH(x) {x, x, x, x, x, x, x, x}

typedef struct {
  /// Where the field ends, in the high half, and one less than where it starts.
  uint64_t place[BLOCK_ROWS];
  uint64_t low[BLOCK_ROWS];   // the last 8 bytes before the end
  uint64_t high[BLOCK_ROWS];  // the 8 before them
  uint64_t wrong[BLOCK_ROWS];  // not 0 where the row is left
} field_block;

INLINE words length_of(words place) { return ((place >> 32) - place - 1) & 0xFFFFFFFF; }

/// Eight fields: how long they are, and their ends.
typedef struct {
  words length, low, high;
} field_lanes;

INLINE uint64_t load_word(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, sizeof word);
  return word;
}

/// The field's place as `field_block` has it. `is_careful` is a constant: whether there may be the
/// CR of a CRLF, or quotes around the field, to be left out.
INLINE uint64_t place_of(const diet_fields *fields, size_t row, int is_careful) {
  uint32_t ends[2];
  memcpy(ends, fields->separators + row * fields->stride - 1, sizeof ends);
  if (is_careful) {
    const uint8_t *end = fields->bytes + ends[1];
    uint32_t length = ends[1] - ends[0] - 1;
    uint32_t has_cr = (fields->trims_cr != 0) & (end[-1] == '\r') & (*end == '\n') & (length > 0);
    ends[1] -= has_cr;
    length -= has_cr;
    uint32_t is_quoted = (fields->bytes[(uint32_t)(ends[0] + 1)] == fields->quote) & (length > 1);
    ends[0] += is_quoted;
    ends[1] -= is_quoted;
  }
  return (uint64_t)ends[1] << 32 | ends[0];
}

/// Copies up to a block of fields from row `first` on, and empty ones up to a full vector; the
/// high words only if asked for.
INLINE size_t load_block(const diet_fields *fields, size_t first, int is_careful, int with_high,
                         field_block *block) {
  size_t count = fields->rows - first < BLOCK_ROWS ? fields->rows - first : BLOCK_ROWS;
  for (size_t row = 0; row < count; row++) {
    uint64_t place = place_of(fields, first + row, is_careful);
    const uint8_t *end = fields->bytes + (place >> 32);
    block->place[row] = place;
    block->low[row] = load_word(end - 8);
    if (with_high) block->high[row] = load_word(end - 16);
  }
  for (size_t row = count; row % LANES; row++) {
    block->place[row] = (uint64_t)1 << 32;
    block->low[row] = block->high[row] = 0;
  }
  return count;
}

INLINE words choose(words condition, words yes, words no) {
  return (condition & yes) | (~condition & no);
}

/// The character `length` (1 to 16) before the end; any for other lengths.
INLINE words character_before(field_lanes lanes, words length) {
  words is_long = (words)(length > 8);
  words word = choose(is_long, lanes.high, lanes.low);
  return (word >> ((64 - 8 * (length - (is_long & 8))) & 63)) & 0xFF;
}

INLINE field_lanes lanes_of(const field_block *block, size_t row) {
  field_lanes lanes;
  words place;
  memcpy(&place, block->place + row, sizeof place);
  memcpy(&lanes.low, block->low + row, sizeof lanes.low);
  memcpy(&lanes.high, block->high + row, sizeof lanes.high);
  lanes.length = length_of(place);
  return lanes;
}

/// All ones in the bytes that the last `count` of 8 characters take, for 1 and more; any for 0.
INLINE words last_bytes(words count) {
  const words all = EACH(~(uint64_t)0);
  words missing = choose((words)(count < 8), 8 - count, (words){0});
  return all << ((8 * missing) & 63);
}

/// Sets the bits of a block's rows whose `wrong` is not 0; returns how many.
INLINE size_t mark_left(const field_block *block, int any, size_t first, size_t count,
                        uint64_t *left) {
  size_t marked = 0;
  for (size_t word = 0; word * 64 < count; word++) {
    uint64_t bits = 0;
    if (any) {
      size_t rows = count - word * 64 < 64 ? count - word * 64 : 64;
      for (size_t row = 0; row < rows; row++) {
        bits |= (uint64_t)(block->wrong[word * 64 + row] != 0) << row;
      }
    }
    left[first / 64 + word] = bits;
    marked += (size_t)__builtin_popcountll(bits);
  }
  return marked;
}

/// Fills a block up to a full vector with its last field: what holds for all fields then holds for
/// the vectors. Returns how many were added.
INLINE size_t repeat_last(field_block *block, size_t count) {
  size_t row = count;
  for (; row % LANES; row++) {
    block->place[row] = block->place[count - 1];
    block->low[row] = block->low[count - 1];
  }
  return row - count;
}

/// What is gathered over a column.
typedef struct {
  words minimum, maximum;
  words byte_count, long_byte_count;
  size_t count;
} summary_lanes;

INLINE summary_lanes empty_summary(void) {
  return (summary_lanes){.minimum = EACH(0x7FFFFFFFFFFFFFFF), .maximum = EACH(0x8000000000000000)};
}

INLINE void note_lengths(summary_lanes *summary, words length) {
  summary->byte_count += length;
  summary->long_byte_count += length & (words)(length > 12);
}

/// Notes a block's values, of which those whose bit in `left` is set are none.
INLINE void note_values(summary_lanes *summary, const int64_t *values, size_t count,
                        const uint64_t *left, size_t left_count) {
  size_t row = 0;
  longs minimum = (longs)summary->minimum, maximum = (longs)summary->maximum;
  if (left_count == 0) {
    for (; row + LANES <= count; row += LANES) {
      longs value;
      memcpy(&value, values + row, sizeof value);
      minimum = __builtin_elementwise_min(minimum, value);
      maximum = __builtin_elementwise_max(maximum, value);
    }
  }
  for (; row < count; row++) {
    if (left[row / 64] >> (row % 64) & 1) continue;
    if (values[row] < minimum[0]) minimum[0] = values[row];
    if (values[row] > maximum[0]) maximum[0] = values[row];
  }
  summary->minimum = (words)minimum;
  summary->maximum = (words)maximum;
  summary->count += count - left_count;
}

INLINE diet_fields_summary reduced(const summary_lanes *lanes) {
  return (diet_fields_summary){
      .minimum = __builtin_reduce_min((longs)lanes->minimum),
      .maximum = __builtin_reduce_max((longs)lanes->maximum),
      .count = lanes->count,
      .byte_count = __builtin_reduce_add(lanes->byte_count),
      .long_byte_count = __builtin_reduce_add(lanes->long_byte_count),
  };
}

#endif
