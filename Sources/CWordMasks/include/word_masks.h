// What kinds of bytes a block of 64 is made of, a bit for each, the first lowest.
//
// Swift has vectors, but not the one instruction that this rests on: a bit for each byte of one.
#ifndef REGDIAG_WORD_MASKS_H
#define REGDIAG_WORD_MASKS_H

#include <stdint.h>

/// A bit for each of 64 bytes.
typedef struct {
  /// ASCII letters and digits.
  uint64_t alphanumeric;
  /// `\`.
  uint64_t backslashes;
  /// The escape character.
  uint64_t escapes;
} regdiag_word_masks;

/// What the end of an escape sequence is told by, a bit for each of 64 bytes.
typedef struct {
  /// ASCII digits.
  uint64_t digits;
  /// `m` and `K`, which end what colours and clears a line of a terminal.
  uint64_t ends;
} regdiag_sequence_masks;

typedef uint8_t regdiag_vector __attribute__((vector_size(16)));

static inline regdiag_vector regdiag_vector_at(const uint8_t *bytes) {
  regdiag_vector vector;
  __builtin_memcpy(&vector, bytes, sizeof vector);
  return vector;
}

/// The lowest bits of 16 bytes that are 0 or 0xFF.
static inline uint64_t regdiag_bits(regdiag_vector vector) {
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

/// What words begin and end by in the 64 bytes at a place.
static inline regdiag_word_masks regdiag_word_masks_at(const uint8_t *bytes) {
  regdiag_word_masks masks = {0, 0, 0};
  for (int lane = 0; lane < 4; lane++) {
    regdiag_vector text = regdiag_vector_at(bytes + 16 * lane);
    regdiag_vector digits = (regdiag_vector)(text - '0' < 10);
    regdiag_vector letters = (regdiag_vector)((text | 0x20) - 'a' < 26);
    masks.alphanumeric |= regdiag_bits(digits | letters) << (16 * lane);
    masks.backslashes |= regdiag_bits((regdiag_vector)(text == '\\')) << (16 * lane);
    masks.escapes |= regdiag_bits((regdiag_vector)(text == 0x1B)) << (16 * lane);
  }
  return masks;
}

/// What escape sequences end by in the 64 bytes at a place.
static inline regdiag_sequence_masks regdiag_sequence_masks_at(const uint8_t *bytes) {
  regdiag_sequence_masks masks = {0, 0};
  for (int lane = 0; lane < 4; lane++) {
    regdiag_vector text = regdiag_vector_at(bytes + 16 * lane);
    masks.digits |= regdiag_bits((regdiag_vector)(text - '0' < 10)) << (16 * lane);
    regdiag_vector ends = (regdiag_vector)(text == 'm') | (regdiag_vector)(text == 'K');
    masks.ends |= regdiag_bits(ends) << (16 * lane);
  }
  return masks;
}

/// Where in the 64 bytes at a place one value stands.
static inline uint64_t regdiag_equal_mask_at(const uint8_t *bytes, uint8_t value) {
  uint64_t mask = 0;
  for (int lane = 0; lane < 4; lane++)
    mask |= regdiag_bits((regdiag_vector)(regdiag_vector_at(bytes + 16 * lane) == value)) << (16 * lane);
  return mask;
}

/// Whether one of the 64 bytes at a place is 0x80 or more.
static inline int regdiag_has_high_byte_at(const uint8_t *bytes) {
  regdiag_vector all = regdiag_vector_at(bytes) | regdiag_vector_at(bytes + 16) | regdiag_vector_at(bytes + 32) |
                       regdiag_vector_at(bytes + 48);
  return regdiag_bits((regdiag_vector)(all > 0x7F)) != 0;
}

#endif
