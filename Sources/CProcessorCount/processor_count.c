#define _GNU_SOURCE
#include "processor_count.h"

#include <unistd.h>
#if defined(__linux__)
#include <sched.h>
#endif

int regdiag_processor_count(void) {
#if defined(__linux__)
  // A program may be bound to some of them, as by `taskset` or a container's settings.
  cpu_set_t processors;
  if (sched_getaffinity(0, sizeof processors, &processors) == 0) return CPU_COUNT(&processors);
#endif
  long count = sysconf(_SC_NPROCESSORS_ONLN);
  return count > 0 ? (int)count : 1;
}
