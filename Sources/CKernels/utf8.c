// UTF-8 validation.
//
// Tables are mostly ASCII, with words of something else: runs of ASCII are skipped 32
// bytes at a time, and each longer sequence is held to table 3-7 of the Unicode
// standard, which says it all in the range of the second byte.
#include <string.h>

#include "csv_scan.h"

static uint64_t high_bits(const uint8_t *bytes) {
  uint64_t word;
  memcpy(&word, bytes, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word & 0x8080808080808080u;
}

static size_t past_ascii(const uint8_t *bytes, size_t i, size_t count) {
  for (; i + 32 <= count; i += 32) {
    uint64_t first = high_bits(bytes + i), second = high_bits(bytes + i + 8);
    uint64_t third = high_bits(bytes + i + 16), fourth = high_bits(bytes + i + 24);
    if (first | second | third | fourth) break;
  }
  for (; i + 8 <= count; i += 8) {
    uint64_t high = high_bits(bytes + i);
    if (high) return i + (size_t)__builtin_ctzll(high) / 8;
  }
  while (i < count && bytes[i] < 0x80) i++;
  return i;
}

static int continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

/// The length of the well-formed sequence of two to four bytes at `s`, or 0.
static size_t sequence(const uint8_t *s, size_t available) {
  uint8_t lead = s[0];
  if (lead < 0xC2) return 0;  // A continuation, or an overlong form of ASCII.
  if (lead < 0xE0) return available >= 2 && continues(s[1]) ? 2 : 0;
  if (lead < 0xF0) {
    uint8_t low = lead == 0xE0 ? 0xA0 : 0x80;   // Below: overlong.
    uint8_t high = lead == 0xED ? 0x9F : 0xBF;  // Above: a surrogate.
    if (available < 3 || s[1] < low || s[1] > high) return 0;
    return continues(s[2]) ? 3 : 0;
  }
  if (lead > 0xF4) return 0;
  uint8_t low = lead == 0xF0 ? 0x90 : 0x80;   // Below: overlong.
  uint8_t high = lead == 0xF4 ? 0x8F : 0xBF;  // Above: beyond U+10FFFF.
  if (available < 4 || s[1] < low || s[1] > high) return 0;
  return continues(s[2]) && continues(s[3]) ? 4 : 0;
}

size_t diet_utf8_first_invalid(const uint8_t *bytes, size_t count) {
  for (size_t i = 0;;) {
    i = past_ascii(bytes, i, count);
    // A text in another script has its long sequences side by side.
    while (i < count && bytes[i] >= 0x80) {
      size_t length = sequence(bytes + i, count - i);
      if (length == 0) return i;
      i += length;
    }
    if (i == count) return count;
  }
}
