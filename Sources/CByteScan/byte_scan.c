#include "byte_scan.h"

#define INLINE static inline __attribute__((always_inline))

/// What 64 bytes are made of.
typedef struct {
  /// ASCII letters and digits, a bit for each, the first lowest.
  uint64_t words;
  /// Whether `\` or the escape character is among them.
  int has_escapes;
} block_kinds;

/// Tells what the 64 bytes at a place are made of.
typedef block_kinds (*kind_teller)(const uint8_t *bytes);

enum { WIDTH = 64 };

// MARK: Vectors of 16 bytes, which all processors have, and of 32

typedef uint8_t vector16 __attribute__((vector_size(16)));

INLINE vector16 vector_at(const uint8_t *bytes) {
  vector16 vector;
  __builtin_memcpy(&vector, bytes, sizeof vector);
  return vector;
}

/// The lowest bits of 16 bytes that are 0 or 0xFF.
INLINE uint64_t bits_of(vector16 vector) {
#if defined(__SSE2__)
  typedef char signed_vector __attribute__((vector_size(16)));
  return (uint64_t)__builtin_ia32_pmovmskb128((signed_vector)vector);
#else
  uint64_t halves[2];
  __builtin_memcpy(halves, &vector, sizeof halves);
  // Of each byte the bit of its place; their sum stands in the highest byte of the product.
  uint64_t low = (halves[0] & 0x8040201008040201) * 0x0101010101010101 >> 56;
  uint64_t high = (halves[1] & 0x8040201008040201) * 0x0101010101010101 >> 56;
  return low | high << 8;
#endif
}

INLINE block_kinds kinds_at(const uint8_t *bytes) {
  uint64_t words = 0;
  vector16 escapes = {0};
  for (int lane = 0; lane < 4; lane++) {
    vector16 text = vector_at(bytes + 16 * lane);
    vector16 digits = (vector16)(text - '0' < 10);
    vector16 letters = (vector16)((text | 0x20) - 'a' < 26);
    words |= bits_of(digits | letters) << (16 * lane);
    escapes |= (vector16)(text == '\\') | (vector16)(text == 0x1B);
  }
  return (block_kinds){words, bits_of(escapes) != 0};
}

/// Where in the 64 bytes at a place one value stands.
INLINE uint64_t equal_mask(const uint8_t *bytes, uint8_t value) {
  uint64_t mask = 0;
  for (int lane = 0; lane < 4; lane++)
    mask |= bits_of((vector16)(vector_at(bytes + 16 * lane) == value)) << (16 * lane);
  return mask;
}

/// Where in the 64 bytes at a place digits stand.
INLINE uint64_t digit_mask(const uint8_t *bytes) {
  uint64_t mask = 0;
  for (int lane = 0; lane < 4; lane++)
    mask |= bits_of((vector16)(vector_at(bytes + 16 * lane) - '0' < 10)) << (16 * lane);
  return mask;
}

#if defined(__x86_64__)
#define WITH_AVX2 __attribute__((target("avx2,bmi,bmi2")))
typedef uint8_t vector32 __attribute__((vector_size(32)));
typedef int8_t signed_vector32 __attribute__((vector_size(32)));
typedef char bytes32 __attribute__((vector_size(32)));

WITH_AVX2 static inline block_kinds kinds_with_avx2(const uint8_t *bytes) {
  uint64_t words = 0;
  vector32 escapes = {0};
  for (int lane = 0; lane < 2; lane++) {
    vector32 text;
    __builtin_memcpy(&text, bytes + 32 * lane, sizeof text);
    // There is no comparison without signs: what is looked for begins at the lowest number.
    vector32 digits = (vector32)((signed_vector32)(text - '0' - 128) < (int8_t)(10 - 128));
    vector32 letters = (vector32)((signed_vector32)((text | 0x20) - 'a' - 128) < (int8_t)(26 - 128));
    words |= (uint64_t)(uint32_t)__builtin_ia32_pmovmskb256((bytes32)(digits | letters)) << (32 * lane);
    escapes |= (vector32)(text == '\\') | (vector32)(text == 0x1B);
  }
  return (block_kinds){words, __builtin_ia32_pmovmskb256((bytes32)escapes) != 0};
}
#endif

// MARK: Escapes

/// The bits some places behind those of a block and of the block before.
INLINE uint64_t behind(int places, uint64_t before, uint64_t here) { return here << places | before >> (WIDTH - places); }

/// Where in a block escapes may begin.
///
/// - here, after: The letters and digits of the block and of the one behind it.
INLINE uint64_t escape_starts(const uint8_t *bytes, uint64_t here, uint64_t after) {
  // A backslash before a quote, as JSON in JSON is full of, is none.
  return (equal_mask(bytes, '\\') & (here >> 1 | after << 63)) | equal_mask(bytes, 0x1B);
}

/// The places of a block that are behind the end of what may be an escape.
///
/// - before, here: The letters and digits of the block before, which can be read, and of the block.
__attribute__((noinline)) static uint64_t escape_ends(const uint8_t *bytes, uint64_t before, uint64_t here) {
  const uint8_t *previous = bytes - WIDTH;
  uint64_t last_slashes = equal_mask(previous, '\\') & (before >> 1 | here << 63);
  uint64_t slashes = equal_mask(bytes, '\\') & (here >> 1 | (uint64_t)1 << 63);
  // What colours and clears a line of a terminal ends in `m` and `K`, behind digits or the bracket.
  uint64_t last_digits = digit_mask(previous), digits = digit_mask(bytes);
  uint64_t last_ends = equal_mask(previous, 'm') | equal_mask(previous, 'K');
  uint64_t ends = equal_mask(bytes, 'm') | equal_mask(bytes, 'K');
  last_ends &= behind(1, 0, last_digits) | ~behind(1, 0, before);
  ends &= behind(1, last_digits, digits) | ~behind(1, before, here);
  return behind(2, last_slashes, slashes) | behind(6, last_slashes, slashes) | behind(1, last_ends, ends);
}

// MARK: Words

/// What of eight bytes belongs to a word of so many letters.
#define FEW(count) ((uint64_t)1 << 8 * (count)) - 1
#define ALL UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX, UINT64_MAX
static const uint64_t first_letters[REGDIAG_MOST_LETTERS + 1] = {
    FEW(0), FEW(1), FEW(2), FEW(3), FEW(4), FEW(5), FEW(6), FEW(7), ALL, ALL, ALL, ALL, ALL, ALL, ALL};

INLINE uint64_t eight_at(const void *bytes) {
  uint64_t eight;
  __builtin_memcpy(&eight, bytes, sizeof eight);
  return eight;
}

/// Finds the words that begin in a part of a text.
///
/// - part, size: The part; 64 bytes before it and 136 behind it can be read.
/// - first: Where in the text it is.
/// - done: How much of the part was searched; less than all of it where there is no room for more.
INLINE size_t words_of_part(kind_teller kinds_of, const uint8_t *part, size_t size, size_t first, const uint8_t *bits,
                            uint64_t shift, regdiag_word *found, size_t room, size_t *done) {
  size_t written = 0, block = 0;
  block_kinds before = kinds_of(part - WIDTH), here = kinds_of(part);
  uint64_t last_escapes = before.has_escapes ? escape_starts(part - WIDTH, before.words, here.words) : 0;
  for (; block < size && room - written >= WIDTH; block += WIDTH) {
    const uint8_t *bytes = part + block;
    block_kinds after = kinds_of(bytes + WIDTH);
    uint64_t words = here.words;
    uint64_t starts = words & ~(words << 1 | before.words >> 63);
    uint64_t escapes = here.has_escapes ? escape_starts(bytes, words, after.words) : 0;
    if (__builtin_expect((escapes | last_escapes) != 0, 0)) starts |= words & escape_ends(bytes, before.words, words);
    // Of three and more.
    starts &= words >> 1 | after.words << 63;
    starts &= words >> 2 | after.words << 62;
    if (__builtin_expect(size - block < WIDTH, 0)) starts &= ((uint64_t)1 << (size - block)) - 1;
    uint64_t others = ~words, next = ~after.words << 1;
    while (starts != 0) {
      unsigned offset = (unsigned)__builtin_ctzll(starts);
      starts &= starts - 1;
      uint64_t ends = others >> offset | next << (63 - offset);
      size_t letters = (size_t)__builtin_ctzll(ends | (uint64_t)1 << REGDIAG_MOST_LETTERS);
      uint64_t key = ((eight_at(bytes + offset) | 0x2020202020202020) & first_letters[letters]) ^ (uint64_t)letters << 56;
      uint64_t bit = regdiag_word_hash(key) >> shift;
      found[written] = (regdiag_word){key, first + block + offset, letters};
      // Whether a word is meant is hard to foresee, and a jump on it dear.
      written += bits[bit >> 2] >> (bit & 3) & 1;
    }
    last_escapes = escapes;
    before = here;
    here = after;
  }
  *done = block < size ? block : size;
  return written;
}

/// Leaves out words beside which nothing stands that is meant.
///
/// - Returns how many are left.
static size_t with_neighbours(const uint8_t *text, size_t size, regdiag_word_filter filter, regdiag_word *found,
                              size_t count) {
  size_t left = 0;
  for (size_t number = 0; number < count; number++) {
    regdiag_word word = found[number];
    size_t end = word.place + word.count;
    uint64_t bit = regdiag_word_hash(regdiag_beside_any(word.key)) >> filter.beside_shift;
    int is_meant = filter.beside[bit >> 2] >> (bit & 3) & 1;
    if (word.place >= 3) {
      bit = regdiag_word_hash(regdiag_before_word(word.key, text + word.place - 3)) >> filter.beside_shift;
      is_meant |= filter.beside[bit >> 2] >> (bit & 3) & 1;
    }
    if (size - end >= 3) {
      bit = regdiag_word_hash(regdiag_behind_word(word.key, text + end)) >> filter.beside_shift;
      is_meant |= filter.beside[bit >> 2] >> (bit & 3) & 1;
    }
    found[left] = word;
    left += (size_t)is_meant;
  }
  return left;
}

typedef size_t (*word_finder)(const uint8_t *part, size_t size, size_t first, const uint8_t *bits, uint64_t shift,
                              regdiag_word *found, size_t room, size_t *done);

static size_t words_anywhere(const uint8_t *part, size_t size, size_t first, const uint8_t *bits, uint64_t shift,
                             regdiag_word *found, size_t room, size_t *done) {
  return words_of_part(kinds_at, part, size, first, bits, shift, found, room, done);
}

#if defined(__x86_64__)
WITH_AVX2 static size_t words_with_avx2(const uint8_t *part, size_t size, size_t first, const uint8_t *bits,
                                        uint64_t shift, regdiag_word *found, size_t room, size_t *done) {
  return words_of_part(kinds_with_avx2, part, size, first, bits, shift, found, room, done);
}
#endif

static size_t find_words(word_finder words_of, const uint8_t *text, size_t size, size_t *place, size_t end,
                         regdiag_word_filter filter, regdiag_word *found, size_t room) {
  enum { LEAD = WIDTH, TRAIL = 2 * WIDTH + 8, EDGE = 2 * WIDTH };
  // A part near an edge of the text, with zeros beyond that.
  uint8_t edge[LEAD + EDGE + TRAIL];
  size_t written = 0;
  while (*place < end) {
    size_t first = *place, rest = size - first, searched = end - first, done = 0;
    const uint8_t *part = text + first;
    if (first >= LEAD && rest > TRAIL) {
      if (searched > rest - TRAIL) searched = rest - TRAIL;
    } else {
      if (searched > EDGE) searched = EDGE;
      size_t lead = first < LEAD ? first : LEAD, length = rest < EDGE + TRAIL ? rest : EDGE + TRAIL;
      __builtin_memset(edge, 0, sizeof edge);
      __builtin_memcpy(edge + LEAD - lead, part - lead, lead + length);
      part = edge + LEAD;
    }
    written += words_of(part, searched, first, filter.words, filter.shift, found + written, room - written, &done);
    *place = first + done;
    if (done < searched) break;
  }
  return filter.beside ? with_neighbours(text, size, filter, found, written) : written;
}

size_t regdiag_find_words_anywhere(const uint8_t *text, size_t size, size_t *place, size_t end,
                                   regdiag_word_filter filter, regdiag_word *found, size_t room) {
  return find_words(words_anywhere, text, size, place, end, filter, found, room);
}

size_t regdiag_find_words(const uint8_t *text, size_t size, size_t *place, size_t end, regdiag_word_filter filter,
                          regdiag_word *found, size_t room) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2"))
    return find_words(words_with_avx2, text, size, place, end, filter, found, room);
#endif
  return regdiag_find_words_anywhere(text, size, place, end, filter, found, room);
}

// MARK: Bytes of one kind

size_t regdiag_count_byte(const uint8_t *text, size_t size, uint8_t value) {
  size_t count = 0, place = 0;
  for (; size - place >= WIDTH; place += WIDTH)
    count += (size_t)__builtin_popcountll(equal_mask(text + place, value));
  for (; place < size; place++) count += text[place] == value;
  return count;
}

int regdiag_has_high_byte(const uint8_t *text, size_t size) {
  size_t place = 0;
  for (; size - place >= WIDTH; place += WIDTH) {
    const uint8_t *bytes = text + place;
    vector16 all = vector_at(bytes) | vector_at(bytes + 16) | vector_at(bytes + 32) | vector_at(bytes + 48);
    if (bits_of((vector16)(all > 0x7F))) return 1;
  }
  for (; place < size; place++)
    if (text[place] > 0x7F) return 1;
  return 0;
}
