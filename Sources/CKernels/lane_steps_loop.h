// The steps of one lane: included for each, with LANE its type, UNSIGNED the same without a sign, NAME
// its name, and STEPS its cases. It has no guard, for that reason.
//
// The value of a tile is in eight vectors of 64 bytes, which stay in registers from step to step:
// a quarter of those of AVX-512, all of NEON's. With AVX2 half of them are on the stack, in cache.

#define COUNT (64 / sizeof(LANE))
#define VALUES PASTE(values_, NAME)
#define WORDS PASTE(words_, NAME)
#define ANSWERS PASTE(answers_, NAME)
typedef VECTOR(LANE, COUNT) VALUES;
typedef VECTOR(UNSIGNED, COUNT) WORDS;
typedef _Bool __attribute__((ext_vector_type(COUNT))) ANSWERS;

CLONES static void PASTE(take_tiles_, NAME)(const diet_step *steps, size_t n, uint64_t *bits) {
  VALUES a0 = {0}, a1 = {0}, a2 = {0}, a3 = {0}, a4 = {0}, a5 = {0}, a6 = {0}, a7 = {0};
  for (size_t row = 0; row < n; row += 8 * COUNT) {
    for (const diet_step *step = steps; step->code != END_CODE; step++) {
      void *const rows = step->rows;
      const size_t first = row & step->mask;
      switch (step->code) {
        STEPS
        default: __builtin_unreachable();
      }
    }
  }
}

void PASTE(diet_take_steps_, NAME)(const diet_step *steps, size_t n, uint64_t *bits, void *room) {
  const size_t whole = n / (8 * COUNT) * (8 * COUNT), rest = n - whole;
  PASTE(take_tiles_, NAME)(steps, whole, bits);
  if (rest == 0) return;
  uint64_t words[COUNT / 8];
  const diet_step *last = steps_of_rest(steps, whole, rest, room);
  PASTE(take_tiles_, NAME)(last, 8 * COUNT, words);
  write_rest(steps, last, whole, rest);
  if (bits && compares(steps)) write_rest_bits(words, rest, bits + whole / 64);
}

#undef COUNT
#undef VALUES
#undef WORDS
#undef ANSWERS
#undef LANE
#undef UNSIGNED
#undef NAME
#undef STEPS
