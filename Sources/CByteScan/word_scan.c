#include "byte_scan.h"
#include "vectors.h"
#include "word_layout.h"

#if defined(__x86_64__)
#include <cpuid.h>
#include <stdatomic.h>
#endif

// MARK: One word after the other

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

/// How many letters a word has that begins at a place of a part.
INLINE size_t letters_at(const part_layout *layout, size_t place) {
  // Of any eight bits at least 57 are the bits from the place on.
  uint64_t bits;
  __builtin_memcpy(&bits, (const uint8_t *)(layout->words + 1) + place / 8, sizeof bits);
  return (size_t)__builtin_ctzll(~(bits >> place % 8) | (uint64_t)1 << REGDIAG_MOST_LETTERS);
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

/// Finds the words of a filter that begin in a part of a text, and others that have the hashes of one.
///
/// - part, size: The part; 64 bytes before it and 136 behind it can be read.
/// - first: The part's place in the text.
/// - found: Room for `REGDIAG_WORD_ROOM`.
/// - done: How much of the part was searched; less than all of it where there may be no room for more.
typedef size_t (*word_finder)(const uint8_t *part, size_t size, size_t first, regdiag_word_filter filter, regdiag_word *found,
                              size_t *done);

INLINE size_t words_of_part(kind_teller kinds_of, place_writer write, const uint8_t *part, size_t size, size_t first,
                            regdiag_word_filter filter, regdiag_word *found, size_t *done) {
  part_layout layout;
  *done = lay_out(kinds_of, write, part, size, &layout);
  size_t some = 0, written = 0;
  for (size_t number = 0; number < layout.count; number++) {
    size_t place = layout.places[number], letters = letters_at(&layout, place);
    uint64_t key = key_at(part + place, letters);
    found[some] = (regdiag_word){key, first + place, letters};
    // Written whether it is meant or not: no jump can be foreseen here.
    some += regdiag_holds_key(filter.words, key);
  }
  if (filter.beside.bits == NULL) return some;
  for (size_t number = 0; number < some; number++) {
    regdiag_word word = found[number];
    found[written] = word;
    written += is_meant_beside(word.key, part + (word.place - first), word.count, filter.beside);
  }
  return written;
}

static size_t words_anywhere(const uint8_t *part, size_t size, size_t first, regdiag_word_filter filter, regdiag_word *found,
                             size_t *done) {
  return words_of_part(kinds_at, write_places, part, size, first, filter, found, done);
}

#if defined(__x86_64__)
WITH_AVX2 static size_t words_with_avx2(const uint8_t *part, size_t size, size_t first, regdiag_word_filter filter,
                                        regdiag_word *found, size_t *done) {
  return words_of_part(kinds_with_avx2, write_places, part, size, first, filter, found, done);
}

WITH_AVX512 static size_t words_with_avx512(const uint8_t *part, size_t size, size_t first, regdiag_word_filter filter,
                                            regdiag_word *found, size_t *done) {
  return words_of_part(kinds_with_avx512, write_places_with_avx512, part, size, first, filter, found, done);
}

// MARK: Eight words at once

#define WITH_GATHERS \
  __attribute__((target("avx512f,avx512bw,avx512dq,avx512vl,avx512vbmi2,avx512vpopcntdq,avx2,bmi,bmi2,popcnt")))

/// Eight values of 64 bits.
typedef __m512i eight_values;

WITH_GATHERS INLINE eight_values eight_of(uint64_t value) { return _mm512_set1_epi64((long long)value); }

/// The eight bytes at each of eight places of some memory.
WITH_GATHERS INLINE eight_values eight_at(const void *memory, eight_values places) {
  return _mm512_i64gather_epi64(places, memory, 1);
}

/// Which of eight keys, or others of the same hash, are in a set.
WITH_GATHERS INLINE __mmask8 which_are_held(regdiag_key_set set, eight_values keys) {
  eight_values hashes = _mm512_mullo_epi64(keys, eight_of(regdiag_word_hash(1)));
  eight_values numbers = _mm512_srl_epi64(hashes, _mm_cvtsi64_si128((long long)set.shift));
  // Of 32 numbers eight bytes tell, of four one.
  eight_values bits = _mm512_i64gather_epi64(_mm512_srli_epi64(numbers, 5), set.bits, 8);
  eight_values bytes = _mm512_and_si512(_mm512_slli_epi64(numbers, 1), eight_of(7 * 8));
  eight_values places = _mm512_or_si512(bytes, _mm512_and_si512(numbers, eight_of(3)));
  return _mm512_test_epi64_mask(_mm512_srlv_epi64(bits, places), eight_of(1));
}

/// Of each of eight values `regdiag_three_folded`.
WITH_GATHERS INLINE eight_values three_folded(eight_values three) {
  eight_values high = _mm512_or_si512(_mm512_srli_epi64(three, 5), _mm512_srli_epi64(three, 6));
  eight_values shown = _mm512_and_si512(_mm512_or_si512(high, _mm512_srli_epi64(three, 7)), eight_of(0x010101));
  eight_values all = _mm512_sub_epi64(_mm512_slli_epi64(shown, 8), shown);
  return _mm512_and_si512(_mm512_or_si512(three, eight_of(0x202020)), _mm512_or_si512(all, eight_of(0x202020)));
}

/// Beside which of eight words something is meant.
///
/// - places, counts: Where in the part they stand, and how many letters each has.
WITH_GATHERS INLINE __mmask8 which_are_meant_beside(const uint8_t *part, eight_values keys, eight_values places,
                                                   eight_values counts, regdiag_key_set meant) {
  eight_values anything = eight_of(regdiag_anything_beside), three = eight_of(0xFFFFFF);
  eight_values last = _mm512_srli_epi64(eight_at(part - 8, places), 40);
  eight_values next = _mm512_and_si512(eight_at(part, _mm512_add_epi64(places, counts)), three);
  eight_values before = _mm512_mullo_epi64(_mm512_or_si512(three_folded(last), eight_of(1 << 24)), anything);
  eight_values behind = _mm512_mullo_epi64(_mm512_or_si512(three_folded(next), eight_of(2 << 24)), anything);
  eight_values with_before = _mm512_xor_si512(keys, before);
  return which_are_held(meant, _mm512_xor_si512(keys, anything)) | which_are_held(meant, with_before) |
         which_are_held(meant, _mm512_xor_si512(keys, behind)) | which_are_held(meant, _mm512_xor_si512(with_before, behind));
}

/// The words of a part that are taken for those of a filter's first set: their keys, and where they stand.
typedef struct {
  /// With room for what is written behind the last.
  uint64_t keys[REGDIAG_WORD_ROOM + 8];
  /// In the lower half the place in the part, in the upper the count of letters.
  uint64_t extents[REGDIAG_WORD_ROOM + 8];
  size_t count;
} word_candidates;

/// As many of eight as there are from a number on.
INLINE __mmask8 first_of_eight(size_t number, size_t count) {
  return count - number < 8 ? (__mmask8)((1u << (count - number)) - 1) : 0xFF;
}

WITH_GATHERS INLINE void find_candidates(const uint8_t *part, const part_layout *layout, regdiag_key_set meant,
                                        word_candidates *found) {
  found->count = 0;
  for (size_t number = 0; number < layout->count; number += 8) {
    __mmask8 some = first_of_eight(number, layout->count);
    eight_values places = _mm512_cvtepu16_epi64(_mm_maskz_loadu_epi16(some, layout->places + number));
    // The bits from the place on, without the last, which need not be among those read; of them the first that are set.
    eight_values bits = eight_at(layout->words + 1, _mm512_srli_epi64(places, 3));
    bits = _mm512_srlv_epi64(bits, _mm512_and_si512(places, eight_of(7)));
    bits = _mm512_and_si512(bits, eight_of(((uint64_t)1 << REGDIAG_MOST_LETTERS) - 1));
    eight_values letters = _mm512_andnot_si512(_mm512_add_epi64(bits, eight_of(1)), bits);
    eight_values counts = _mm512_popcnt_epi64(letters);
    // Of each word a bit for each of the first eight letters.
    __mmask64 first_letters = (__mmask64)_mm_cvtsi128_si64(_mm512_cvtepi64_epi8(letters));
    eight_values small = _mm512_or_si512(eight_at(part, places), _mm512_set1_epi8(0x20));
    eight_values keys = _mm512_xor_si512(_mm512_maskz_mov_epi8(first_letters, small), _mm512_slli_epi64(counts, 56));
    __mmask8 held = which_are_held(meant, keys) & some;
    eight_values extents = _mm512_or_si512(places, _mm512_slli_epi64(counts, 32));
    _mm512_storeu_si512(found->keys + found->count, _mm512_maskz_compress_epi64(held, keys));
    _mm512_storeu_si512(found->extents + found->count, _mm512_maskz_compress_epi64(held, extents));
    found->count += (size_t)__builtin_popcount(held);
  }
}

WITH_GATHERS static size_t words_with_gathers(const uint8_t *part, size_t size, size_t first, regdiag_word_filter filter,
                                             regdiag_word *found, size_t *done) {
  part_layout layout;
  word_candidates candidates;
  *done = lay_out(kinds_with_avx512, write_places_with_avx512, part, size, &layout);
  find_candidates(part, &layout, filter.words, &candidates);
  size_t written = 0;
  for (size_t number = 0; number < candidates.count; number += 8) {
    __mmask8 meant = first_of_eight(number, candidates.count);
    if (filter.beside.bits != NULL) {
      eight_values keys = _mm512_maskz_loadu_epi64(meant, candidates.keys + number);
      eight_values extents = _mm512_maskz_loadu_epi64(meant, candidates.extents + number);
      eight_values places = _mm512_and_si512(extents, eight_of(UINT32_MAX)), counts = _mm512_srli_epi64(extents, 32);
      meant &= which_are_meant_beside(part, keys, places, counts, filter.beside);
    }
    for (unsigned which = meant; which != 0; which &= which - 1) {
      size_t word = number + (size_t)__builtin_ctz(which);
      uint64_t extent = candidates.extents[word];
      found[written++] = (regdiag_word){candidates.keys[word], first + (uint32_t)extent, extent >> 32};
    }
  }
  return written;
}

// MARK: The processor

/// The best that the processor has and whose registers the system keeps.
static regdiag_instructions ask_for_instructions(void) {
  enum { AVX_STATE = 0x06, AVX512_STATE = 0xE6 };
  unsigned a, b, c, d, kept, high;
  if (!__get_cpuid(1, &a, &b, &c, &d) || !(c & bit_OSXSAVE) || !(c & bit_AVX) || !(c & bit_POPCNT)) return REGDIAG_COMMON;
  __asm__("xgetbv" : "=a"(kept), "=d"(high) : "c"(0));
  if ((kept & AVX_STATE) != AVX_STATE || !__get_cpuid_count(7, 0, &a, &b, &c, &d)) return REGDIAG_COMMON;
  unsigned for_avx2 = bit_AVX2 | bit_BMI | bit_BMI2, for_avx512 = bit_AVX512F | bit_AVX512BW | bit_AVX512VL;
  if ((b & for_avx2) != for_avx2) return REGDIAG_COMMON;
  if ((kept & AVX512_STATE) != AVX512_STATE || (b & for_avx512) != for_avx512 || !(c & bit_AVX512VBMI2)) return REGDIAG_AVX2;
  if (!(b & bit_AVX512DQ) || !(c & bit_AVX512VPOPCNTDQ) || !__get_cpuid_count(7, 1, &a, &b, &c, &d)) return REGDIAG_AVX512;
  // Processors that do not know this are those whose reading of many places was slowed down to mend CVE-2022-40982.
  return a & bit_AVX512BF16 ? REGDIAG_GATHERS : REGDIAG_AVX512;
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
  if (instructions == REGDIAG_GATHERS) return words_with_gathers;
  if (instructions == REGDIAG_AVX512) return words_with_avx512;
  if (instructions == REGDIAG_AVX2) return words_with_avx2;
#endif
  (void)instructions;
  return words_anywhere;
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
    written = words_of(part, searched, first, filter, found, &done);
    *place = first + done;
  }
  return written;
}

