// Tells what a part of a text is made of, a bit for each byte, and where words begin in it.
#ifndef REGDIAG_WORD_LAYOUT_H
#define REGDIAG_WORD_LAYOUT_H

#include <stddef.h>
#include <stdint.h>

#include "byte_scan.h"
#include "vectors.h"

#if defined(__x86_64__)
#include <immintrin.h>
#endif

// MARK: Kinds of bytes

enum { WIDTH = 64 };

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

// MARK: Places

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

// MARK: Parts

/// How many blocks of a text are taken in one go.
enum { PART_BLOCKS = REGDIAG_WORD_ROOM / WIDTH };

/// What a part of a text is made of, and where words begin in it.
typedef struct {
  /// Of the block before the part, of those of the part, and of the one behind it.
  uint64_t words[PART_BLOCKS + 2], digits[PART_BLOCKS + 2], slashes[PART_BLOCKS + 2];
  uint8_t has_escape[PART_BLOCKS + 2];
  /// A bit for each byte of a block of the part.
  uint64_t starts[PART_BLOCKS];
  /// How many words begin in the part, and where.
  size_t count;
  uint16_t places[PART_BLOCKS * WIDTH];
} part_layout;

/// The places of a block of a part where a word begins that nothing is before.
///
/// - is_free: The places before which there is nothing.
INLINE uint64_t starts_of(const part_layout *layout, size_t block, uint64_t is_free) {
  uint64_t words = layout->words[block + 1], after = layout->words[block + 2];
  uint64_t digits = layout->digits[block + 1];
  return is_free & words & before_next(1, words, after) & before_next(2, words, after) &
         ~(digits & before_next(3, words, after));
}

/// The backslashes of a block that a letter or digit follows.
///
/// - index: The block's among the kinds.
INLINE uint64_t escapes_of(const part_layout *layout, size_t index) {
  return layout->slashes[index] & before_next(1, layout->words[index], layout->words[index + 1]);
}

/// Adds the words of a part that begin behind what may be a terminal's sequence.
__attribute__((noinline)) static void add_behind_sequences(const uint8_t *part, part_layout *layout, size_t blocks) {
  for (size_t block = 0; block < blocks; block++)
    if (layout->has_escape[block] | layout->has_escape[block + 1]) {
      uint64_t is_free = behind_sequences(part + block * WIDTH, layout->words[block], layout->words[block + 1]);
      layout->starts[block] |= starts_of(layout, block, is_free);
    }
}

/// Lays out a part of a text, as much of it as there is room for.
///
/// It goes through the blocks once for each question, so that each loop is short and without jumps: a processor does
/// several rounds of one at once.
///
/// - part, size: The part; 64 bytes before it and 136 behind it can be read.
/// - Returns how much of the part that is.
INLINE size_t lay_out(kind_teller kinds_of, place_writer write, const uint8_t *part, size_t size, part_layout *layout) {
  if (size > PART_BLOCKS * WIDTH) size = PART_BLOCKS * WIDTH;
  size_t blocks = (size + WIDTH - 1) / WIDTH;
  int has_escape = 0;
  for (size_t index = 0; index < blocks + 2; index++) {
    block_kinds kinds = kinds_of(part + index * WIDTH - WIDTH);
    layout->words[index] = kinds.words;
    layout->digits[index] = kinds.digits;
    layout->slashes[index] = kinds.slashes;
    layout->has_escape[index] = (uint8_t)kinds.has_escape;
    has_escape |= kinds.has_escape;
  }
  for (size_t block = 0; block < blocks; block++) {
    uint64_t is_free = ~behind(1, layout->words[block], layout->words[block + 1]) |
                       behind_escapes(escapes_of(layout, block), escapes_of(layout, block + 1));
    layout->starts[block] = starts_of(layout, block, is_free);
  }
  if (__builtin_expect(has_escape, 0)) add_behind_sequences(part, layout, blocks);
  if (size % WIDTH) layout->starts[blocks - 1] &= ((uint64_t)1 << size % WIDTH) - 1;
  layout->count = 0;
  for (size_t block = 0; block < blocks; block++) {
    write(layout->places + layout->count, layout->starts[block], block * WIDTH);
    layout->count += (size_t)__builtin_popcountll(layout->starts[block]);
  }
  return size;
}

#endif
