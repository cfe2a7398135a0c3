#ifndef REGDIAG_FUZZ_INTERFACE_H
#define REGDIAG_FUZZ_INTERFACE_H

#include <stddef.h>
#include <stdint.h>

/// Takes bytes for a list of calls of regdiag.h, and makes them as a program in C would.
///
/// Calls are separated by an empty line. The first byte says which: `e`xplain, `l`ookup, `s`how, l`i`st, `o`pen with an
/// entry added, `c`lose, `m`essage of a status. The second byte's bits say what is left out. The rest is the argument.
/// Traps where the header's promises are broken.
///
/// @param check gets each JSON text that the library hands out.
void regdiag_fuzz_interface(const uint8_t *bytes, size_t size, void (*check)(const char *json));

#endif
