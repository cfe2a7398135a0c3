#include "byte_scan.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <stdatomic.h>
#endif

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

WITH_AVX2 INLINE block_kinds kinds_with_avx2(const uint8_t *bytes) {
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

/// The places of a block that are behind the end of what may be an escape.
///
/// - bytes: The block; the one before it can be read.
/// - before, here: The letters and digits of both.
__attribute__((noinline)) static uint64_t escape_ends(const uint8_t *bytes, uint64_t before, uint64_t here) {
  const uint8_t *previous = bytes - WIDTH;
  // A backslash before a quote, as JSON in JSON is full of, is none.
  uint64_t last_slashes = equal_mask(previous, '\\') & (before >> 1 | here << 63);
  uint64_t slashes = equal_mask(bytes, '\\') & (here >> 1 | (uint64_t)1 << 63);
  uint64_t ends = behind(2, last_slashes, slashes) | behind(6, last_slashes, slashes);
  if ((equal_mask(previous, 0x1B) | equal_mask(bytes, 0x1B)) == 0) return ends;
  // What colours and clears a line of a terminal ends in `m` and `K`, behind digits or the bracket.
  uint64_t last_letters = equal_mask(previous, 'm') | equal_mask(previous, 'K');
  uint64_t letters = equal_mask(bytes, 'm') | equal_mask(bytes, 'K');
  uint64_t last_digits = digit_mask(previous), digits = digit_mask(bytes);
  last_letters &= behind(1, 0, last_digits) | ~behind(1, 0, before);
  letters &= behind(1, last_digits, digits) | ~behind(1, before, here);
  return ends | behind(1, last_letters, letters);
}

// MARK: Words

/// Of a word of so many letters what of its first eight bytes they are; then what the number is in its key.
#define FEW(count) ((uint64_t)1 << 8 * (count)) - 1
#define EIGHT(of, n) of(n), of(n + 1), of(n + 2), of(n + 3), of(n + 4), of(n + 5), of(n + 6), of(n + 7)
#define ALL(n) UINT64_MAX
#define NUMBER(n) (uint64_t)(n) << 56
static const uint64_t first_letters[REGDIAG_MOST_LETTERS + 1] = {
    FEW(0),        FEW(1),        FEW(2),        FEW(3),        FEW(4),        FEW(5),        FEW(6), FEW(7),
    EIGHT(ALL, 8), EIGHT(ALL, 16), EIGHT(ALL, 24), EIGHT(ALL, 32), EIGHT(ALL, 40), EIGHT(ALL, 48), EIGHT(ALL, 56), ALL(64)};
static const uint64_t letter_counts[REGDIAG_MOST_LETTERS + 1] = {
    EIGHT(NUMBER, 0),  EIGHT(NUMBER, 8),  EIGHT(NUMBER, 16), EIGHT(NUMBER, 24), EIGHT(NUMBER, 32),
    EIGHT(NUMBER, 40), EIGHT(NUMBER, 48), EIGHT(NUMBER, 56), NUMBER(64)};

/// The key of a word; eight bytes can be read.
INLINE uint64_t key_at(const uint8_t *bytes, size_t letters) {
  uint64_t eight;
  __builtin_memcpy(&eight, bytes, sizeof eight);
  return ((eight | 0x2020202020202020) & first_letters[letters]) ^ letter_counts[letters];
}

/// A word of a part of a text: where it begins, and how many letters it has.
typedef struct {
  uint32_t place;
  uint32_t letters;
} part_word;

/// How many words of a part are taken in one go.
enum { PART_WORDS = REGDIAG_WORD_ROOM };

/// Finds the words that begin in a part of a text, and others whose hash is that of one that is meant.
///
/// - part, size: The part; 64 bytes before it and 136 behind it can be read.
/// - meant: The words that are meant.
/// - found: Room for `PART_WORDS`.
/// - done: How much of the part was searched; less than all of it where there is no room for more.
INLINE size_t words_of_part(kind_teller kinds_of, const uint8_t *part, size_t size, regdiag_key_set meant,
                            part_word *found, size_t *done) {
  size_t written = 0, block = 0;
  block_kinds before = kinds_of(part - WIDTH), here = kinds_of(part);
  uint64_t last_words = before.words;
  int has_escapes = before.has_escapes;
  for (; block < size && PART_WORDS - written >= WIDTH; block += WIDTH) {
    const uint8_t *bytes = part + block;
    block_kinds after = kinds_of(bytes + WIDTH);
    uint64_t words = here.words;
    uint64_t starts = words & ~(words << 1 | last_words >> 63);
    if (__builtin_expect(has_escapes | here.has_escapes, 0)) starts |= words & escape_ends(bytes, last_words, words);
    // Of three and more.
    starts &= words >> 1 | after.words << 63;
    starts &= words >> 2 | after.words << 62;
    if (__builtin_expect(size - block < WIDTH, 0)) starts &= ((uint64_t)1 << (size - block)) - 1;
    uint64_t others = ~words, next = ~after.words << 1;
    while (starts != 0) {
      unsigned offset = (unsigned)__builtin_ctzll(starts);
      starts &= starts - 1;
      uint64_t ends = others >> offset | next << (63 - offset);
      size_t letters = ends ? (size_t)__builtin_ctzll(ends) : 64;
      found[written].place = (uint32_t)(block + offset);
      found[written].letters = (uint32_t)letters;
      // Whether a word is meant is hard to foresee, and a jump on it dear.
      written += regdiag_holds_key(meant, key_at(bytes + offset, letters));
    }
    last_words = words;
    has_escapes = here.has_escapes;
    here = after;
  }
  *done = block < size ? block : size;
  return written;
}

typedef size_t (*word_finder)(const uint8_t *part, size_t size, regdiag_key_set meant, part_word *found, size_t *done);

static size_t words_anywhere(const uint8_t *part, size_t size, regdiag_key_set meant, part_word *found, size_t *done) {
  return words_of_part(kinds_at, part, size, meant, found, done);
}

#if defined(__x86_64__)
/// Whether the processor has what `words_with_avx2` needs, and the system keeps its registers.
///
/// It is asked when it is needed first. The compiler's way asks at each start of a program, which takes a tenth of a
/// millisecond where a virtual machine answers.
static int has_avx2(void) {
  enum { NOT_ASKED, NO, YES };
  static atomic_int answer = NOT_ASKED;
  int known = atomic_load_explicit(&answer, memory_order_relaxed);
  if (known == NOT_ASKED) {
    unsigned a, b, c, d, low = 0, high;
    known = NO;
    if (__get_cpuid(1, &a, &b, &c, &d) && (c & bit_OSXSAVE) && (c & bit_AVX)) {
      __asm__("xgetbv" : "=a"(low), "=d"(high) : "c"(0));
      int keeps = (low & 6) == 6;
      if (keeps && __get_cpuid_count(7, 0, &a, &b, &c, &d) && (b & bit_AVX2) && (b & bit_BMI) && (b & bit_BMI2)) known = YES;
    }
    atomic_store_explicit(&answer, known, memory_order_relaxed);
  }
  return known == YES;
}

WITH_AVX2 static size_t words_with_avx2(const uint8_t *part, size_t size, regdiag_key_set meant, part_word *found,
                                        size_t *done) {
  return words_of_part(kinds_with_avx2, part, size, meant, found, done);
}
#endif

/// Whether something is meant that stands beside a word of a part; four bytes before and behind it can be read.
INLINE unsigned is_meant_beside(uint64_t key, const uint8_t *word, size_t letters, regdiag_key_set meant) {
  uint32_t last, next;
  __builtin_memcpy(&last, word - sizeof last, sizeof last);
  __builtin_memcpy(&next, word + letters, sizeof next);
  uint64_t before = regdiag_before_word(last >> 8), behind = regdiag_behind_word(next);
  return regdiag_holds_key(meant, key ^ regdiag_anything_beside) | regdiag_holds_key(meant, key ^ before) |
         regdiag_holds_key(meant, key ^ behind) | regdiag_holds_key(meant, key ^ before ^ behind);
}

static size_t find_words(word_finder words_of, const uint8_t *text, size_t size, size_t *place, size_t end,
                         regdiag_word_filter filter, regdiag_word *found) {
  enum { LEAD = WIDTH, TRAIL = 2 * WIDTH + 8, EDGE = 2 * WIDTH, MOST = 1 << 30 };
  // A part near an edge of the text, with zeros beyond that.
  uint8_t edge[LEAD + EDGE + TRAIL];
  size_t written = 0;
  while (written == 0 && *place < end) {
    size_t first = *place, rest = size - first, searched = end - first < MOST ? end - first : MOST, done = 0;
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
    part_word words[PART_WORDS];
    size_t count = words_of(part, searched, filter.words, words, &done);
    *place = first + done;
    for (size_t number = 0; number < count; number++) {
      const uint8_t *word = part + words[number].place;
      size_t letters = words[number].letters;
      uint64_t key = key_at(word, letters);
      found[written] = (regdiag_word){key, first + words[number].place, letters};
      written += filter.beside.bits == NULL || is_meant_beside(key, word, letters, filter.beside);
    }
  }
  return written;
}

size_t regdiag_find_words_anywhere(const uint8_t *text, size_t size, size_t *place, size_t end,
                                   regdiag_word_filter filter, regdiag_word *found) {
  return find_words(words_anywhere, text, size, place, end, filter, found);
}

size_t regdiag_find_words(const uint8_t *text, size_t size, size_t *place, size_t end, regdiag_word_filter filter,
                          regdiag_word *found) {
#if defined(__x86_64__)
  if (has_avx2()) return find_words(words_with_avx2, text, size, place, end, filter, found);
#endif
  return regdiag_find_words_anywhere(text, size, place, end, filter, found);
}

// MARK: Bytes of one kind

size_t regdiag_count_byte(const uint8_t *text, size_t size, uint8_t value) {
  size_t count = 0, place = 0;
  while (size - place >= sizeof(vector16)) {
    // Of each sixteenth byte how many there are, as many as fit into a byte.
    vector16 counts = {0};
    int round = 0;
    for (; round < 252 && size - place >= 4 * sizeof counts; round += 4, place += 4 * sizeof counts)
      for (size_t lane = 0; lane < 4; lane++)
        counts -= (vector16)(vector_at(text + place + lane * sizeof counts) == value);
    for (; round < 255 && size - place >= sizeof counts; round++, place += sizeof counts)
      counts -= (vector16)(vector_at(text + place) == value);
    for (size_t lane = 0; lane < sizeof counts; lane++) count += counts[lane];
  }
  for (; place < size; place++) count += text[place] == value;
  return count;
}

int regdiag_has_high_byte(const uint8_t *text, size_t size) {
  enum { STEP = 4 * WIDTH };
  size_t place = 0;
  for (; size - place >= STEP; place += STEP) {
    vector16 all = {0};
    for (size_t lane = 0; lane < STEP; lane += sizeof all) all |= vector_at(text + place + lane);
    if (bits_of((vector16)(all > 0x7F))) return 1;
  }
  for (; place < size; place++)
    if (text[place] > 0x7F) return 1;
  return 0;
}
