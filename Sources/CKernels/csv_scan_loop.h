// The structural scan over blocks of 64 bytes, the same for every instruction set.
//
// A path includes this file after it has defined
//   needles, needles_for(delimiter, quote)   the four bytes, ready to compare with
//   census, census_start(), census_flags()   what accumulates: HAS_NON_ASCII and HAS_NUL
//   classify(block, needles, &census)        block_masks of 64 bytes
//   skim(block, needles, &census)            block_hits of 64 bytes
//   prefix_xor(bits)                         bit k of the answer is the parity of bits 0...k
//   append(out, base, bits)                  base + k for each bit k; may write 64 entries
//
// Each function has two loops: the first ends at the first quote of the chunk, the
// second asks no more and pays for the prefix-xor in every block. Beside one loop with
// a test per block this is, with AVX-512, 15 GB/s for 12.5 where no quote occurs (most
// files) and 10.2 for 9.2 where most fields have them; only rare quotes lose, 10 for 11.
#include <string.h>

#include "csv_scan_paths.h"

/// What one block has to know of the blocks before it. Bit 0 speaks of the byte just before.
typedef struct {
  uint64_t inside;         // all ones inside quotes
  uint64_t was_boundary;   // that byte lets a quote open: start, delimiter, CR, LF, quote
  uint64_t was_closing;    // that byte is a closing quote
  uint64_t irregular;      // any bit: a quote out of place
  uint64_t carriage;       // any bit: a CR outside quotes
} quote_state;

/// The separators of a block, and which of them end a record.
typedef struct {
  uint64_t all, ends;
} block_separators;

/// The last block of a chunk, copied because what lies past the end must not be counted.
typedef struct {
  uint8_t bytes[64];
  uint64_t valid;
} last_block;

INLINE last_block last_block_of(const uint8_t *bytes, size_t count) {
  last_block last;
  size_t rest = count % 64;
  memset(last.bytes, ' ', 64);  // Neither NUL nor beyond ASCII.
  memcpy(last.bytes, bytes + count - rest, rest);
  last.valid = ((uint64_t)1 << rest) - 1;
  return last;
}

INLINE uint64_t starts_with_lf(const uint8_t *bytes, size_t offset, size_t count) {
  return offset < count && bytes[offset] == '\n';
}

INLINE block_separators unquoted(block_masks m, uint64_t lf_follows) {
  uint64_t before_lf = m.lf >> 1 | lf_follows << 63;
  uint64_t ends = m.lf | (m.cr & ~before_lf);
  return (block_separators){m.delimiter | ends, ends};
}

INLINE block_separators outside_quotes(block_masks m, uint64_t lf_follows, uint64_t valid,
                                       quote_state *s) {
  uint64_t inside = prefix_xor(m.quote) ^ s->inside;  // The opening quote is inside.
  uint64_t boundary = m.delimiter | m.lf | m.cr | m.quote;
  uint64_t opening = m.quote & inside, closing = m.quote & ~inside;
  s->irregular |= opening & ~(boundary << 1 | s->was_boundary);
  s->irregular |= (closing << 1 | s->was_closing) & ~boundary & valid;
  s->was_boundary = boundary >> 63;
  s->was_closing = closing >> 63;
  s->inside = (uint64_t)((int64_t)inside >> 63);
  s->carriage |= m.cr & ~inside;
  block_separators found = unquoted(m, lf_follows);
  return (block_separators){found.all & ~inside, found.ends & ~inside};
}

/// The state at `offset`, before which no quote occurs.
INLINE quote_state state_before_quotes(const uint8_t *bytes, size_t offset, uint8_t delimiter) {
  quote_state s = {0};
  uint8_t previous = offset ? bytes[offset - 1] : '\n';
  s.was_boundary = previous == delimiter || previous == '\n' || previous == '\r';
  return s;
}

INLINE uint32_t flags_of(const quote_state *s, const census *c, int any_quote) {
  return census_flags(c) | (any_quote ? DIET_CSV_HAS_QUOTE : 0) |
         (s->carriage ? DIET_CSV_HAS_CR : 0) | (s->inside ? DIET_CSV_ENDS_INSIDE : 0) |
         (s->irregular ? DIET_CSV_IRREGULAR : 0);
}

INLINE block_masks limited(block_masks m, uint64_t valid, uint64_t quoting) {
  return (block_masks){m.delimiter & valid, m.lf & valid, m.cr & valid, m.quote & valid & quoting};
}

/// Writes what one block holds. Entries past the counts are scratch, as the contract allows.
INLINE void emit(block_separators found, size_t base, uint32_t *separators, uint32_t *record_ends,
                 diet_csv_scan_result *r) {
  append(separators + r->separators, (uint32_t)base, found.all);
  // Most blocks hold one record end or none: the first is written without a branch.
  uint64_t ends = found.ends;
  uint32_t *out = record_ends + r->records;
  *out = (uint32_t)r->separators + (uint32_t)__builtin_popcountll(found.all & ((ends & -ends) - 1));
  r->records += (size_t)__builtin_popcountll(ends);
  for (ends &= ends - 1; __builtin_expect(ends != 0, 0); ends &= ends - 1) {
    uint64_t below = (ends & -ends) - 1;
    *++out = (uint32_t)r->separators + (uint32_t)__builtin_popcountll(found.all & below);
  }
  r->separators += (size_t)__builtin_popcountll(found.all);
}

static diet_csv_scan_result scan(const uint8_t *bytes, size_t count, uint8_t delimiter,
                                 uint8_t quote, uint32_t *separators, uint32_t *record_ends) {
  const needles n = needles_for(delimiter, quote);
  const uint64_t quoting = quote ? ~(uint64_t)0 : 0;
  census c = census_start();
  diet_csv_scan_result r = {0};
  size_t i = 0, whole = count - count % 64;
  uint64_t carriage = 0, any_quote = 0;

  for (; i < whole; i += 64) {
    block_masks m = classify(bytes + i, n, &c);
    if (m.quote & quoting) break;
    carriage |= m.cr;
    emit(unquoted(m, starts_with_lf(bytes, i + 64, count)), i, separators, record_ends, &r);
  }
  quote_state s = state_before_quotes(bytes, i, delimiter);
  s.carriage = carriage;
  any_quote = i < whole;
  for (; i < whole; i += 64) {
    block_masks m = classify(bytes + i, n, &c);
    uint64_t lf_follows = starts_with_lf(bytes, i + 64, count);
    emit(outside_quotes(m, lf_follows, ~(uint64_t)0, &s), i, separators, record_ends, &r);
  }
  if (i < count) {
    last_block last = last_block_of(bytes, count);
    block_masks m = limited(classify(last.bytes, n, &c), last.valid, quoting);
    any_quote |= m.quote;
    emit(outside_quotes(m, 0, last.valid, &s), i, separators, record_ends, &r);
  }
  r.flags = flags_of(&s, &c, any_quote != 0);
  return r;
}

INLINE size_t past_highest(uint64_t bits, size_t base) {
  return base + 64 - (size_t)__builtin_clzll(bits);
}

/// The offset past the last record end in the whole blocks before `offset`, which hold no quote.
INLINE size_t last_unquoted_end(const uint8_t *bytes, size_t offset, size_t count, needles n,
                                uint64_t countable_in_last) {
  census ignored = census_start();
  uint64_t countable = offset == count ? countable_in_last : ~(uint64_t)0;
  for (size_t i = offset; i > 0; countable = ~(uint64_t)0) {
    i -= 64;
    block_masks m = classify(bytes + i, n, &ignored);
    uint64_t ends = unquoted(m, starts_with_lf(bytes, i + 64, count)).ends & countable;
    if (ends) return past_highest(ends, i);
  }
  return 0;
}

static size_t cut(const uint8_t *bytes, size_t count, uint8_t delimiter, uint8_t quote,
                  int at_end_of_input, uint32_t *flags) {
  const needles n = needles_for(delimiter, quote);
  const uint64_t quoting = quote ? ~(uint64_t)0 : 0;
  census c = census_start();
  size_t i = 0, whole = count - count % 64, end = 0;
  // An undecided CR can only be the last byte: it is left out of the block that has it.
  int undecided = count > 0 && bytes[count - 1] == '\r' && !at_end_of_input;
  uint64_t countable = undecided ? ~((uint64_t)1 << (count - 1) % 64) : ~(uint64_t)0;

  uint64_t carriage = 0;
  for (; i < whole; i += 64) {
    block_hits hits = skim(bytes + i, n, &c);
    if (hits.quote & quoting) break;
    carriage |= hits.cr;
  }
  size_t quote_free = i;
  uint64_t any_quote = i < whole;
  quote_state s = state_before_quotes(bytes, i, delimiter);
  s.carriage = carriage;
  for (; i < whole; i += 64) {
    block_masks m = classify(bytes + i, n, &c);
    uint64_t lf_follows = starts_with_lf(bytes, i + 64, count);
    uint64_t ends = outside_quotes(m, lf_follows, ~(uint64_t)0, &s).ends;
    if (i + 64 == count) ends &= countable;
    if (ends) end = past_highest(ends, i);
  }
  if (i < count) {
    last_block last = last_block_of(bytes, count);
    block_masks m = limited(classify(last.bytes, n, &c), last.valid, quoting);
    any_quote |= m.quote;
    uint64_t ends = outside_quotes(m, 0, last.valid, &s).ends & countable;
    if (ends) end = past_highest(ends, i);
  }
  if (!end) end = last_unquoted_end(bytes, quote_free, count, n, countable);
  *flags = flags_of(&s, &c, any_quote != 0);
  return end;
}
