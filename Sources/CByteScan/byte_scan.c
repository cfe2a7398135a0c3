#include "byte_scan.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <immintrin.h>
#include <stdatomic.h>
#endif

#define INLINE static inline __attribute__((always_inline))

/// What 64 bytes are made of; in the masks a bit for each, the first lowest.
typedef struct {
  /// ASCII letters and digits.
  uint64_t words;
  uint64_t digits;
  /// Backslashes.
  uint64_t slashes;
  /// Whether the escape character, with which what a terminal obeys begins, is among them.
  int has_escape;
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
  uint64_t words = 0, digits = 0, slashes = 0;
  vector16 escapes = {0};
  for (int lane = 0; lane < 4; lane++) {
    vector16 text = vector_at(bytes + 16 * lane);
    vector16 figures = (vector16)(text - '0' < 10);
    vector16 letters = (vector16)((text | 0x20) - 'a' < 26);
    words |= bits_of(figures | letters) << (16 * lane);
    digits |= bits_of(figures) << (16 * lane);
    slashes |= bits_of((vector16)(text == '\\')) << (16 * lane);
    escapes |= (vector16)(text == 0x1B);
  }
  return (block_kinds){words, digits, slashes, bits_of(escapes) != 0};
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
#define WITH_AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt")))
typedef uint8_t vector32 __attribute__((vector_size(32)));
typedef int8_t signed_vector32 __attribute__((vector_size(32)));
typedef char bytes32 __attribute__((vector_size(32)));

/// The lowest bits of 32 bytes that are 0 or 0xFF.
WITH_AVX2 INLINE uint64_t bits_with_avx2(vector32 vector) {
  uint64_t bits = (uint32_t)__builtin_ia32_pmovmskb256((bytes32)vector);
  // Left to itself the compiler asks each byte for itself where the bits are used later.
  __asm__("" : "+r"(bits));
  return bits;
}

WITH_AVX2 INLINE block_kinds kinds_with_avx2(const uint8_t *bytes) {
  uint64_t words = 0, digits = 0, slashes = 0;
  vector32 escapes = {0};
  for (int lane = 0; lane < 2; lane++) {
    vector32 text;
    __builtin_memcpy(&text, bytes + 32 * lane, sizeof text);
    // There is no comparison without signs: what is looked for begins at the lowest number.
    vector32 figures = (vector32)((signed_vector32)(text - '0' - 128) < (int8_t)(10 - 128));
    vector32 letters = (vector32)((signed_vector32)((text | 0x20) - 'a' - 128) < (int8_t)(26 - 128));
    words |= bits_with_avx2(figures | letters) << (32 * lane);
    digits |= bits_with_avx2(figures) << (32 * lane);
    slashes |= bits_with_avx2((vector32)(text == '\\')) << (32 * lane);
    escapes |= (vector32)(text == 0x1B);
  }
  return (block_kinds){words, digits, slashes, bits_with_avx2(escapes) != 0};
}

#define WITH_AVX512 __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,bmi2,popcnt")))

WITH_AVX512 INLINE block_kinds kinds_with_avx512(const uint8_t *bytes) {
  __m512i text = _mm512_loadu_si512(bytes), small = _mm512_or_si512(text, _mm512_set1_epi8(0x20));
  uint64_t digits = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(text, _mm512_set1_epi8('0')), _mm512_set1_epi8(10));
  uint64_t letters = _mm512_cmplt_epu8_mask(_mm512_sub_epi8(small, _mm512_set1_epi8('a')), _mm512_set1_epi8(26));
  uint64_t slashes = _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8('\\'));
  return (block_kinds){digits | letters, digits, slashes, _mm512_cmpeq_epi8_mask(text, _mm512_set1_epi8(0x1B)) != 0};
}
#endif

// MARK: Escapes

/// The bits some places behind those of a block and of the block before.
INLINE uint64_t behind(int places, uint64_t before, uint64_t here) { return here << places | before >> (WIDTH - places); }

/// The bits some places before those of a block and of the block after.
INLINE uint64_t before_next(int places, uint64_t here, uint64_t after) {
  return here >> places | after << (WIDTH - places);
}

/// The places of a block that are behind the end of what may be a string's escape: `\n` or `\u003c`.
///
/// - before, here: The backslashes of the block before and of this one that a letter or digit follows: before a quote, as
///   JSON in JSON is full of, there is none.
INLINE uint64_t behind_escapes(uint64_t before, uint64_t here) { return behind(2, before, here) | behind(6, before, here); }

/// The places of a block that are behind the end of what may be a terminal's sequence: what colours and clears a line
/// ends in `m` and `K`, behind digits or the bracket.
///
/// - bytes: The block; the one before it can be read.
/// - before, here: The letters and digits of both.
__attribute__((noinline)) static uint64_t behind_sequences(const uint8_t *bytes, uint64_t before, uint64_t here) {
  const uint8_t *previous = bytes - WIDTH;
  uint64_t last_letters = equal_mask(previous, 'm') | equal_mask(previous, 'K');
  uint64_t letters = equal_mask(bytes, 'm') | equal_mask(bytes, 'K');
  uint64_t last_digits = digit_mask(previous), digits = digit_mask(bytes);
  last_letters &= behind(1, 0, last_digits) | ~behind(1, 0, before);
  letters &= behind(1, last_digits, digits) | ~behind(1, before, here);
  return behind(1, last_letters, letters);
}

// MARK: Words

/// Of a word of so many letters what of its first eight bytes they are.
#define FEW(count) ((uint64_t)1 << 8 * (count)) - 1
#define EIGHT(of) of, of, of, of, of, of, of, of
static const uint64_t first_letters[REGDIAG_MOST_LETTERS + 1] = {
    FEW(0),            FEW(1),            FEW(2),            FEW(3),            FEW(4),            FEW(5),            FEW(6),   FEW(7),
    EIGHT(UINT64_MAX), EIGHT(UINT64_MAX), EIGHT(UINT64_MAX), EIGHT(UINT64_MAX), EIGHT(UINT64_MAX), EIGHT(UINT64_MAX), UINT64_MAX};

/// The key of a word; eight bytes can be read.
INLINE uint64_t key_at(const uint8_t *bytes, size_t letters) {
  uint64_t eight;
  __builtin_memcpy(&eight, bytes, sizeof eight);
  return ((eight | 0x2020202020202020) & first_letters[letters]) ^ (uint64_t)letters << 56;
}

/// How many words of a part of a text are taken in one go, and how many blocks of it at most.
enum { PART_WORDS = REGDIAG_WORD_ROOM, PART_BLOCKS = 64 };

/// What of a part of a text are letters and digits, and where words begin.
typedef struct {
  /// A bit for each byte, also of the block behind the last.
  uint64_t words[PART_BLOCKS + 1];
  uint16_t starts[PART_WORDS];
  size_t count;
} part_layout;

/// Writes the places of a block where words begin, and whatever into the rest of the room that a block needs at most.
///
/// - places: Room for `WIDTH`.
/// - starts: A bit for each.
/// - base: The block's place.
typedef void (*place_writer)(uint16_t *places, uint64_t starts, size_t base);

/// The place of the first bit, which one instruction tells; `WIDTH` where there is none.
INLINE size_t first_place(uint64_t bits) { return bits ? (size_t)__builtin_ctzll(bits) : WIDTH; }

INLINE void write_places(uint16_t *places, uint64_t starts, size_t base) {
  // Always so many, as most blocks have fewer: how many a block has is hard to foresee, and a jump on it dear.
  enum { USUAL = 8 };
  size_t count = (size_t)__builtin_popcountll(starts);
  for (size_t number = 0; number < USUAL; number++, starts &= starts - 1)
    places[number] = (uint16_t)(base + first_place(starts));
  if (count > USUAL)
    for (size_t number = USUAL; number < count; number++, starts &= starts - 1)
      places[number] = (uint16_t)(base + first_place(starts));
}

#if defined(__x86_64__)
WITH_AVX512 INLINE void write_places_with_avx512(uint16_t *places, uint64_t starts, size_t base) {
  static const uint8_t ascending[WIDTH] = {0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15,
                                           16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31,
                                           32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43, 44, 45, 46, 47,
                                           48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  // A word has three letters at least, so that a block has no more than half as many as bytes but where escapes follow
  // each other.
  __m512i offsets = _mm512_maskz_compress_epi8(starts, _mm512_loadu_si512(ascending));
  __m512i first = _mm512_set1_epi16((short)base);
  _mm512_storeu_si512(places, _mm512_add_epi16(first, _mm512_cvtepu8_epi16(_mm512_castsi512_si256(offsets))));
  if (__builtin_expect(__builtin_popcountll(starts) > WIDTH / 2, 0))
    _mm512_storeu_si512(places + WIDTH / 2,
                        _mm512_add_epi16(first, _mm512_cvtepu8_epi16(_mm512_extracti64x4_epi64(offsets, 1))));
}
#endif

/// Lays out a part of a text, as much of it as there is room for.
///
/// - Returns how much of the part that is.
INLINE size_t lay_out(kind_teller kinds_of, place_writer write, const uint8_t *part, size_t size, part_layout *layout) {
  block_kinds before = kinds_of(part - WIDTH), here = kinds_of(part);
  uint64_t last_escapes = before.slashes & before_next(1, before.words, here.words);
  size_t block = 0, place = 0;
  layout->count = 0;
  for (; place < size && block < PART_BLOCKS && PART_WORDS - layout->count >= WIDTH; block++, place += WIDTH) {
    const uint8_t *bytes = part + place;
    block_kinds after = kinds_of(bytes + WIDTH);
    uint64_t words = here.words, second = before_next(1, words, after.words);
    uint64_t third = before_next(2, words, after.words), fourth = before_next(3, words, after.words);
    uint64_t escapes = here.slashes & second;
    uint64_t starts = ~behind(1, before.words, words) | behind_escapes(last_escapes, escapes);
    if (__builtin_expect(before.has_escape | here.has_escape, 0)) starts |= behind_sequences(bytes, before.words, words);
    starts &= words & second & third & ~(here.digits & fourth);
    if (__builtin_expect(size - place < WIDTH, 0)) starts &= ((uint64_t)1 << (size - place)) - 1;
    write(layout->starts + layout->count, starts, place);
    layout->count += (size_t)__builtin_popcountll(starts);
    layout->words[block] = words;
    last_escapes = escapes;
    before = here;
    here = after;
  }
  layout->words[block] = here.words;
  return place < size ? place : size;
}

/// How many letters a word has that begins at a place of a part.
INLINE size_t letters_at(const part_layout *layout, size_t place) {
  // Of any eight bits at least 57 are the bits from the place on.
  uint64_t bits;
  __builtin_memcpy(&bits, (const uint8_t *)layout->words + place / 8, sizeof bits);
  return (size_t)__builtin_ctzll(~(bits >> place % 8) | (uint64_t)1 << REGDIAG_MOST_LETTERS);
}

/// Finds the words that begin in a part of a text, and others whose hash is that of one that is meant.
///
/// - part, size: The part; 64 bytes before it and 136 behind it can be read.
/// - first: The part's place in the text.
/// - meant: The words that are meant.
/// - found: Room for `PART_WORDS`.
/// - done: How much of the part was searched; less than all of it where there is no room for more.
INLINE size_t words_of_part(kind_teller kinds_of, place_writer write, const uint8_t *part, size_t size, size_t first,
                            regdiag_key_set meant, regdiag_word *found, size_t *done) {
  part_layout layout;
  *done = lay_out(kinds_of, write, part, size, &layout);
  size_t written = 0;
  for (size_t number = 0; number < layout.count; number++) {
    size_t place = layout.starts[number], letters = letters_at(&layout, place);
    uint64_t key = key_at(part + place, letters);
    found[written] = (regdiag_word){key, first + place, letters};
    // Written whether it is meant or not: no jump can be foreseen here.
    written += regdiag_holds_key(meant, key);
  }
  return written;
}

typedef size_t (*word_finder)(const uint8_t *part, size_t size, size_t first, regdiag_key_set meant, regdiag_word *found,
                              size_t *done);

static size_t words_anywhere(const uint8_t *part, size_t size, size_t first, regdiag_key_set meant, regdiag_word *found,
                             size_t *done) {
  return words_of_part(kinds_at, write_places, part, size, first, meant, found, done);
}

#if defined(__x86_64__)
WITH_AVX2 static size_t words_with_avx2(const uint8_t *part, size_t size, size_t first, regdiag_key_set meant,
                                        regdiag_word *found, size_t *done) {
  return words_of_part(kinds_with_avx2, write_places, part, size, first, meant, found, done);
}

WITH_AVX512 static size_t words_with_avx512(const uint8_t *part, size_t size, size_t first, regdiag_key_set meant,
                                            regdiag_word *found, size_t *done) {
  return words_of_part(kinds_with_avx512, write_places_with_avx512, part, size, first, meant, found, done);
}

/// The best that the processor has and whose registers the system keeps.
static regdiag_instructions ask_for_instructions(void) {
  enum { AVX_STATE = 0x06, AVX512_STATE = 0xE6 };
  unsigned a, b, c, d, kept, high;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_AVX) || !(c & bit_POPCNT)) return REGDIAG_COMMON;
  __asm__("xgetbv" : "=a"(kept), "=d"(high) : "c"(0));
  if ((kept & AVX_STATE) != AVX_STATE || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return REGDIAG_COMMON;
  unsigned for_avx2 = bit_AVX2 | bit_BMI | bit_BMI2, for_avx512 = bit_AVX512F | bit_AVX512BW | bit_AVX512VL;
  if ((b & for_avx2) != for_avx2) return REGDIAG_COMMON;
  int has_avx512 = (kept & AVX512_STATE) == AVX512_STATE && (b & for_avx512) == for_avx512 && (c & bit_AVX512VBMI2);
  return has_avx512 ? REGDIAG_AVX512 : REGDIAG_AVX2;
}

regdiag_instructions regdiag_best_instructions(void) {
  // It is asked when it is needed first. The compiler's way asks at each start of a program, which takes a tenth of a
  // millisecond where a virtual machine answers.
  static atomic_uint answer = 0;
  unsigned known = atomic_load_explicit(&answer, memory_order_relaxed);
  if (known == 0) {
    known = 1 + (unsigned)ask_for_instructions();
    atomic_store_explicit(&answer, known, memory_order_relaxed);
  }
  return (regdiag_instructions)(known - 1);
}
#else
regdiag_instructions regdiag_best_instructions(void) { return REGDIAG_COMMON; }
#endif

static word_finder finder_with(regdiag_instructions instructions) {
#if defined(__x86_64__)
  if (instructions == REGDIAG_AVX512) return words_with_avx512;
  if (instructions == REGDIAG_AVX2) return words_with_avx2;
#endif
  (void)instructions;
  return words_anywhere;
}

/// Whether something is meant that stands beside a word of a part; four bytes before and behind it can be read.
INLINE unsigned is_meant_beside(uint64_t key, const uint8_t *word, size_t letters, regdiag_key_set meant) {
  uint32_t last, next;
  __builtin_memcpy(&last, word - sizeof last, sizeof last);
  __builtin_memcpy(&next, word + letters, sizeof next);
  uint64_t before = regdiag_before_word(last >> 8), behind = regdiag_behind_word(next);
  return regdiag_holds_key(meant, key ^ regdiag_anything_beside) | regdiag_holds_key(meant, key ^ before) |
         regdiag_holds_key(meant, key ^ behind) | regdiag_holds_key(meant, key ^ before ^ behind);
}

size_t regdiag_find_words(regdiag_instructions instructions, const uint8_t *text, size_t size, size_t *place, size_t end,
                          regdiag_word_filter filter, regdiag_word *found) {
  enum { LEAD = WIDTH, TRAIL = 2 * WIDTH + 8, EDGE = 2 * WIDTH };
  // A part near an edge of the text, with zeros beyond that.
  uint8_t edge[LEAD + EDGE + TRAIL];
  word_finder words_of = finder_with(instructions);
  size_t written = 0;
  while (written == 0 && *place < end) {
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
    size_t count = words_of(part, searched, first, filter.words, found, &done);
    *place = first + done;
    for (size_t number = 0; number < count; number++) {
      regdiag_word word = found[number];
      found[written] = word;
      written += filter.beside.bits == NULL || is_meant_beside(word.key, part + (word.place - first), word.count, filter.beside);
    }
  }
  return written;
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
