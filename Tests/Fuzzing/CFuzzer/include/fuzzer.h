#ifndef REGDIAG_FUZZER_H
#define REGDIAG_FUZZER_H

#include <stddef.h>
#include <stdint.h>

/// libFuzzer's own entrance: runs `callback` on inputs until it is told to stop.
int LLVMFuzzerRunDriver(int *argc, char ***argv,
                        int (*callback)(const uint8_t *data, size_t size));

#endif
