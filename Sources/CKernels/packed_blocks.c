// Numbers of any width, in blocks of 1,024: include/packed_blocks.h says how they lie.

#include "packed_fields.h"

#define PACKED(TYPE, T)                                                                         \
  INLINE void pack_##TYPE(const T *values, size_t width, T *block) {                            \
    EACH_FIELD(T, lanes words = {0};)                                                           \
      lanes value;                                                                              \
      memcpy(&value, values + k * LANES + half, sizeof value);                                  \
      value &= mask;                                                                            \
      words |= value << (T)shift;                                                               \
      if (shift + width >= BITS) {                                                              \
        memcpy(block + word, &words, sizeof words);                                             \
        words = straddles ? value >> (T)(BITS - shift) : (lanes){0};                            \
      }                                                                                         \
    } }                                                                                         \
  }                                                                                             \
  INLINE void unpack_##TYPE(const T *block, size_t width, T *values) {                          \
    EACH_FIELD(T, )                                                                             \
      LOAD_FIELD                                                                                \
      memcpy(values + k * LANES + half, &field, sizeof field);                                  \
    } }                                                                                         \
  }

PACKED(u8, uint8_t)
PACKED(u16, uint16_t)
PACKED(u32, uint32_t)
PACKED(u64, uint64_t)

#define PACK_CASE(TYPE, WIDTH) case WIDTH: return pack_##TYPE(values, WIDTH, block);
#define UNPACK_CASE(TYPE, WIDTH) case WIDTH: return unpack_##TYPE(block, WIDTH, values);

// Widths that a narrower type holds, and those past 32, are rare: one loop for all.
#define DISPATCHED(TYPE, T)                                                  \
  CLONES void diet_pack_##TYPE(const T *values, size_t width, T *block) {    \
    switch (width) {                                                         \
      WIDTHS_##TYPE(PACK_CASE, TYPE)                                         \
      default: pack_##TYPE(values, width, block);                            \
    }                                                                        \
  }                                                                          \
  CLONES void diet_unpack_##TYPE(const T *block, size_t width, T *values) {  \
    switch (width) {                                                         \
      WIDTHS_##TYPE(UNPACK_CASE, TYPE)                                       \
      default: unpack_##TYPE(block, width, values);                          \
    }                                                                        \
  }

DISPATCHED(u8, uint8_t)
DISPATCHED(u16, uint16_t)
DISPATCHED(u32, uint32_t)
DISPATCHED(u64, uint64_t)
