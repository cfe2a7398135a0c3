// Sixteen bytes at once, with what all processors have.
#ifndef REGDIAG_VECTORS_H
#define REGDIAG_VECTORS_H

#include <stdint.h>

#define INLINE static inline __attribute__((always_inline))

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

#endif
