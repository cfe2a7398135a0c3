// Goes through bytes many at a time: finds words, counts one value, looks for bytes that are not ASCII.
//
// Swift has vectors, but not the one instruction that this rests on, a bit for each byte of one, and no way to ask
// the processor what else it has. What is found does not depend on that.
#ifndef REGDIAG_BYTE_SCAN_H
#define REGDIAG_BYTE_SCAN_H

#include <stddef.h>
#include <stdint.h>

/// How many letters a word is said to have at most, and for how many words there must be room.
enum { REGDIAG_MOST_LETTERS = 56, REGDIAG_LEAST_ROOM = 64 };

/// A stretch of ASCII letters and digits.
typedef struct {
  /// Its first eight, the first lowest, with the bit 0x20 set; the highest byte with `count` besides.
  uint64_t key;
  /// Where in the text it begins.
  size_t place;
  /// How many it has, of `REGDIAG_MOST_LETTERS` and more that many.
  size_t count;
} regdiag_word;

/// Which words are meant: those with a bit at the highest bits of their hash, and another for what stands beside them.
typedef struct {
  /// A power of two of bits, the lowest four of each byte, and how far a hash is shifted to the place of its bit.
  const uint8_t *words;
  uint64_t shift;
  /// The same for words together with the three bytes before them, or behind them, or neither; none to mean all.
  const uint8_t *beside;
  uint64_t beside_shift;
} regdiag_word_filter;

/// The hash of a word, whose highest bits are the best.
static inline uint64_t regdiag_word_hash(uint64_t key) { return key * 0x9E3779B97F4A7C15; }

/// A letter small, and white space of any kind as a space.
static inline uint64_t regdiag_folded(uint8_t byte) { return byte <= 0x20 ? 0x20 : byte | 0x20; }

/// Three bytes in one number, folded.
static inline uint64_t regdiag_three_bytes(const uint8_t *bytes) {
  return regdiag_folded(bytes[0]) << 16 | regdiag_folded(bytes[1]) << 8 | regdiag_folded(bytes[2]);
}

/// What a word and the three bytes before it are known by.
static inline uint64_t regdiag_before_word(uint64_t key, const uint8_t *bytes) {
  return regdiag_word_hash(key ^ regdiag_three_bytes(bytes)) >> 24 ^ key << 1;
}

/// What a word and the three bytes behind it are known by.
static inline uint64_t regdiag_behind_word(uint64_t key, const uint8_t *bytes) {
  return regdiag_word_hash(key ^ regdiag_three_bytes(bytes) << 28) >> 24 ^ key << 3;
}

/// What a word is known by whatever stands beside it.
static inline uint64_t regdiag_beside_any(uint64_t key) { return key >> 24 ^ key << 2; }

/// Finds the words of three and more that begin from a place on, ascending.
///
/// A word also begins after what an escape ends in: the `n` of `\n`, the digits of `\u003c`, the `m` of a colour. There
/// may be more such beginnings than there are escapes.
///
/// - text, size: What is searched.
/// - place: From where on; then where to go on, `end` when all is searched.
/// - end: Before where the words begin; `size` at most.
/// - found, room: Where to write them, and for how many there is room, for `REGDIAG_LEAST_ROOM` at least.
/// - Returns how many were written.
size_t regdiag_find_words(const uint8_t *text, size_t size, size_t *place, size_t end, regdiag_word_filter filter,
                          regdiag_word *found, size_t room);

/// The same without instructions that not every processor has.
size_t regdiag_find_words_anywhere(const uint8_t *text, size_t size, size_t *place, size_t end,
                                   regdiag_word_filter filter, regdiag_word *found, size_t room);

/// How many bytes have a value.
size_t regdiag_count_byte(const uint8_t *text, size_t size, uint8_t value);

/// Whether one of some bytes is 0x80 or more.
int regdiag_has_high_byte(const uint8_t *text, size_t size);

#endif
