// How many processors there are for this process; what tells that is no part of what Swift sees of the C library.
#ifndef REGDIAG_PROCESSOR_COUNT_H
#define REGDIAG_PROCESSOR_COUNT_H

/// How many processors the process may run on, one at least. Nobody outside the program or library that this is part of sees it.
__attribute__((visibility("hidden"))) int regdiag_processor_count(void);

#endif
