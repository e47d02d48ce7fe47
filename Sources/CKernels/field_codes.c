// Codes of short texts that have been seen before.
//
// A text of up to 24 bytes is three words, taken without a branch on its length: columns
// of a few words of several lengths would mispredict it at every row.

#include "field_block.h"

/// How many rows before its look-up an entry is asked for, since a large table is not in cache.
enum { AHEAD = 16 };

/// A block of texts: what `diet_text_entry` says of each, and where to look for it.
typedef struct {
  uint64_t first[BLOCK_ROWS], middle[BLOCK_ROWS], last[BLOCK_ROWS];
  uint64_t length[BLOCK_ROWS];
  uint64_t slot[BLOCK_ROWS + AHEAD];
} text_block;

INLINE size_t load_texts(const diet_fields *fields, size_t first, int is_careful,
                         text_block *block) {
  size_t count = fields->rows - first < BLOCK_ROWS ? fields->rows - first : BLOCK_ROWS;
  for (size_t row = 0; row < count; row++) {
    uint64_t place = place_of(fields, first + row, is_careful);
    const uint8_t *start = fields->bytes + (uint32_t)(place + 1);
    const uint8_t *end = fields->bytes + (place >> 32);
    int is_quoted = is_careful & (start[-1] == fields->quote);
    block->length[row] = (uint64_t)(end - start) | (uint64_t)is_quoted << 32;
    block->first[row] = load_word(start);
    block->middle[row] = load_word(start + 8);
    block->last[row] = load_word(end - 8);
  }
  for (size_t row = count; row % LANES; row++) {
    block->length[row] = block->first[row] = block->middle[row] = block->last[row] = 0;
  }
  return count;
}

/// The place of a text in a table of 2^(64 - shift) entries. Of texts of up to 8 bytes only the
/// last word and the length count: `first` is the same, and `middle` is 0.
INLINE words slot_of(words first, words middle, words last, words length, diet_text_seed seed,
                     int shift) {
  return ((first ^ last) * seed.ends + middle * seed.middle + (last ^ length) * seed.last) >> shift;
}

INLINE words short_slot_of(words last, words length, diet_text_seed seed, int shift) {
  return ((last ^ length) * seed.last) >> shift;
}

/// Not 0 in the lanes with a byte of `repeated`; exact as far as that goes.
INLINE words has_byte(words word, uint64_t repeated) {
  words difference = word ^ repeated;
  return (difference - 0x0101010101010101) & ~difference & 0x8080808080808080;
}

/// Cuts the words of texts to their length; texts of another length than 1 to 24 get length 0.
INLINE void cut_texts(text_block *block, size_t count, int quote, diet_text_seed seed, int shift,
                      summary_lanes *summary) {
  const uint64_t quotes = 0x0101010101010101 * (uint64_t)(uint8_t)quote;
  for (size_t row = 0; row < count; row += LANES) {
    words length, first, middle, last;
    memcpy(&length, block->length + row, sizeof length);
    memcpy(&first, block->first + row, sizeof first);
    memcpy(&middle, block->middle + row, sizeof middle);
    memcpy(&last, block->last + row, sizeof last);
    words is_quoted = (words)(length >> 32 != 0);
    length &= 0xFFFFFFFF;
    note_lengths(summary, length);
    last &= last_bytes(length);
    first = choose((words)(length < 8), last, first);
    middle &= (words)(length > 16);
    if (quote >= 0) {
      // A quote within quotes stands doubled: the caller takes one of the two out.
      words inner = has_byte(first, quotes) | has_byte(middle, quotes) | has_byte(last, quotes);
      length &= ~(is_quoted & (words)(inner != 0));
    }
    length &= (words)(length <= 24);
    words slot = slot_of(first, middle, last, length, seed, shift);
    memcpy(block->length + row, &length, sizeof length);
    memcpy(block->first + row, &first, sizeof first);
    memcpy(block->middle + row, &middle, sizeof middle);
    memcpy(block->last + row, &last, sizeof last);
    memcpy(block->slot + row, &slot, sizeof slot);
  }
}

/// The same for a block of which all texts are of 1 to 8 bytes and none is quoted; returns 0 where
/// they are not, and nothing written means anything.
INLINE int cut_short_texts(field_block *fields, text_block *block, size_t count, int quote,
                           diet_text_seed seed, int shift, summary_lanes *summary) {
  const words all = EACH(~(uint64_t)0);
  words any = {0}, byte_count = {0}, length = {0};
  size_t added = repeat_last(fields, count);
  for (size_t row = 0; row < count; row += LANES) {
    words place, last;
    memcpy(&place, fields->place + row, sizeof place);
    memcpy(&last, fields->low + row, sizeof last);
    length = length_of(place);
    byte_count += length;
    words missing = (64 - 8 * length) & 63;
    any |= (words)(length - 1 > 7);
    if (quote >= 0) any |= (words)(((last >> missing) & 0xFF) == (uint64_t)quote);
    last &= all << missing;
    words slot = short_slot_of(last, length, seed, shift);
    memcpy(block->length + row, &length, sizeof length);
    memcpy(block->last + row, &last, sizeof last);
    memcpy(block->slot + row, &slot, sizeof slot);
  }
  if (__builtin_reduce_or(any)) return 0;
  byte_count[0] -= added * length[LANES - 1];
  summary->byte_count += byte_count;
  return 1;
}

/// Where to look after so many steps: at the other entry of the cache line, then on the next line.
INLINE size_t next_slot(size_t slot, size_t step, size_t mask) {
  return step % 2 ? ((slot | 1) + 1) & mask : slot ^ 1;
}

/// Looks up the rows of a block from `row` to `stop`; returns a bit for each that is not there.
INLINE uint64_t look_up(const text_block *block, size_t row, size_t stop, int is_short,
                        const diet_text_entry *entries, size_t mask, uint32_t *codes) {
  uint64_t bits = 0;
  for (size_t bit = 0; row < stop; row++, bit++) {
    size_t slot = (size_t)block->slot[row];
    __builtin_prefetch(entries + block->slot[row + AHEAD]);
    const diet_text_entry *entry = entries + slot;
    uint64_t difference;
    for (size_t step = 0;; step++) {
      difference = (entry->last ^ block->last[row]) | (entry->length ^ block->length[row]);
      if (!is_short) {
        difference |= (entry->first ^ block->first[row]) | (entry->middle ^ block->middle[row]);
      }
      if (!difference || !entry->length) break;
      slot = next_slot(slot, step, mask);
      entry = entries + slot;
    }
    codes[row] = entry->code;
    bits |= (uint64_t)(difference != 0) << bit;
    if (!is_short) bits |= (uint64_t)(block->length[row] == 0) << bit;
  }
  return bits;
}

INLINE diet_fields_summary read_codes(const diet_fields *fields, int is_careful,
                                      const diet_text_entry *entries, int shift,
                                      diet_text_seed seed, uint32_t *codes, uint64_t *left) {
  const size_t mask = ~(uint64_t)0 >> shift;
  summary_lanes summary = empty_summary();
  text_block block;
  memset(block.slot + BLOCK_ROWS, 0, AHEAD * sizeof *block.slot);
  field_block short_block;
  int is_short = !fields->trims_cr;
  for (size_t first = 0; first < fields->rows; first += BLOCK_ROWS) {
    size_t count = 0;
    if (is_short) {
      count = load_block(fields, first, 0, 0, &short_block);
      is_short =
          cut_short_texts(&short_block, &block, count, fields->quote, seed, shift, &summary);
    }
    if (!is_short) {
      count = load_texts(fields, first, is_careful, &block);
      cut_texts(&block, count, fields->quote, seed, shift, &summary);
    }
    for (size_t row = 0; row < count; row += 64) {
      size_t stop = count < row + 64 ? count : row + 64;
      uint64_t bits = is_short ? look_up(&block, row, stop, 1, entries, mask, codes + first)
                               : look_up(&block, row, stop, 0, entries, mask, codes + first);
      left[(first + row) / 64] = bits;
      summary.count += stop - row - (size_t)__builtin_popcountll(bits);
    }
  }
  return reduced(&summary);
}

CLONES diet_fields_summary diet_read_codes(const diet_fields *fields,
                                           const diet_text_entry *entries, int bits,
                                           diet_text_seed seed, uint32_t *codes,
                                           uint64_t *left) {
  if (fields->quote >= 0 || fields->trims_cr) {
    return read_codes(fields, 1, entries, 64 - bits, seed, codes, left);
  }
  return read_codes(fields, 0, entries, 64 - bits, seed, codes, left);
}

size_t diet_text_slot(const diet_text_entry *entry, int bits, diet_text_seed seed) {
  words slot = slot_of((words){entry->first}, (words){entry->middle}, (words){entry->last},
                       (words){entry->length}, seed, 64 - bits);
  return (size_t)slot[0];
}

void diet_text_move(diet_text_entry *entries, int bits, diet_text_seed seed,
                    const diet_text_entry *entry) {
  const size_t mask = ((size_t)1 << bits) - 1;
  size_t index = diet_text_slot(entry, bits, seed);
  for (size_t step = 0; entries[index].length; step++) index = next_slot(index, step, mask);
  entries[index] = *entry;
}

void diet_text_enter(diet_text_entry *entries, int bits, diet_text_seed seed,
                     const uint8_t *bytes, size_t length, uint32_t code) {
  text_block block = {.length = {length},
                      .first = {load_word(bytes)},
                      .middle = {load_word(bytes + 8)},
                      .last = {load_word(bytes + length - 8)}};
  summary_lanes ignored = empty_summary();
  cut_texts(&block, 1, -1, seed, 64 - bits, &ignored);
  diet_text_entry entry = {block.first[0], block.middle[0], block.last[0], (uint32_t)length, code};
  diet_text_move(entries, bits, seed, &entry);
}
