// Goes through bytes many at a time: finds words, counts one value, looks for bytes that are not ASCII.
//
// Swift has vectors, but not the one instruction that this rests on, a bit for each byte of one, and no way to ask
// the processor what else it has. What is found does not depend on that.
#ifndef REGDIAG_BYTE_SCAN_H
#define REGDIAG_BYTE_SCAN_H

#include <stddef.h>
#include <stdint.h>

// Nobody outside the program or library that this is part of sees it.
#pragma GCC visibility push(hidden)

/// How many letters a word is said to have at most, and how many words are found in one go: at most one for each byte.
enum { REGDIAG_MOST_LETTERS = 56, REGDIAG_WORD_ROOM = 2048 };

/// A stretch of three and more ASCII letters and digits; of exactly three where it begins with a digit, as a status of HTTP
/// does: longer ones are times, numbers and hashes, of which logs are full.
typedef struct {
  /// Its first eight, the first lowest, with the bit 0x20 set; the highest byte with `count` besides.
  uint64_t key;
  /// Where in the text it begins.
  size_t place;
  /// How many it has, of `REGDIAG_MOST_LETTERS` and more that many.
  size_t count;
} regdiag_word;

/// The hash of a word, whose highest bits are the best.
static inline uint64_t regdiag_word_hash(uint64_t key) { return key * 0x9E3779B97F4A7C15; }

/// Some keys, by their hashes; others may have the hash of one.
typedef struct {
  /// Whether a hash is that of one: of four a byte, in its lowest bits, so that the bytes are ASCII; a multiple of eight
  /// bytes.
  const uint8_t *bits;
  /// How far a hash is shifted to its number.
  uint64_t shift;
} regdiag_key_set;

/// Whether a key, or one of the same hash, is in a set: 1 or 0.
static inline unsigned regdiag_holds_key(regdiag_key_set set, uint64_t key) {
  uint64_t number = regdiag_word_hash(key) >> set.shift;
  return set.bits[number >> 2] >> (number & 3) & 1;
}

/// Which words are meant.
typedef struct {
  /// By their keys.
  regdiag_key_set words;
  /// Together with what stands beside them; without bits to mean anything.
  regdiag_key_set beside;
} regdiag_word_filter;

/// Three bytes, the first lowest, with letters small and white space of any kind as spaces.
static inline uint64_t regdiag_three_folded(uint32_t three) {
  // Of each byte whether it is a space or more.
  uint32_t shown = (three >> 5 | three >> 6 | three >> 7) & 0x010101;
  return (three | 0x202020) & (shown * 0xFF | 0x202020) & 0xFFFFFF;
}

/// What the key of a word is combined with, by exclusive or, to say what stands beside it: the three bytes before it, the
/// three behind it, or both; for anything at all the constant.
static const uint64_t regdiag_anything_beside = 0xD6E8FEB86659FD93;
static inline uint64_t regdiag_before_word(uint32_t three) {
  return (regdiag_three_folded(three) | 1 << 24) * regdiag_anything_beside;
}
static inline uint64_t regdiag_behind_word(uint32_t three) {
  return (regdiag_three_folded(three) | 2 << 24) * regdiag_anything_beside;
}

/// Which of the processor's instructions are used; each has those before it.
typedef enum {
  /// Those that all processors of its kind have.
  REGDIAG_COMMON,
  /// AVX2, BMI, BMI2 and POPCNT.
  REGDIAG_AVX2,
  /// AVX-512 with its instructions for bytes and for their compression.
  REGDIAG_AVX512,
  /// Besides those that read eight places at once, where they are fast.
  REGDIAG_GATHERS
} regdiag_instructions;

/// The best that this processor has.
regdiag_instructions regdiag_best_instructions(void);

/// Finds the words that begin from a place on, ascending.
///
/// A word also begins after what an escape ends in: the `n` of `\n`, the digits of `\u003c`, the `m` of a colour, where
/// that is a sequence of 64 bytes at most. There may be more such beginnings than there are escapes.
///
/// - instructions: What to find them with; the words are the same.
/// - text, size: What is searched.
/// - place: From where on; then where to go on, `end` when all is searched.
/// - end: Before where the words begin; `size` at most.
/// - found: Where to write them: room for `REGDIAG_WORD_ROOM`, or for one for each byte where there are fewer.
/// - Returns how many were written; none when all is searched.
size_t regdiag_find_words(regdiag_instructions instructions, const uint8_t *text, size_t size, size_t *place, size_t end,
                          regdiag_word_filter filter, regdiag_word *found);

/// How many bytes have a value.
size_t regdiag_count_byte(const uint8_t *text, size_t size, uint8_t value);

/// Whether one of some bytes is 0x80 or more.
int regdiag_has_high_byte(const uint8_t *text, size_t size);

#pragma GCC visibility pop

#endif
