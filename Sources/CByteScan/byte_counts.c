#include "byte_scan.h"
#include "vectors.h"

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
  enum { STEP = 256 };
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
