// Searches a file for literals with Hyperscan, whatever their case, and prints how many were found and the seconds that scanning took.
//     cc -O2 -o hyperscan hyperscan.c -lhs        (Debian: libhyperscan-dev)
//     hyperscan LITERALS FILE [REPETITIONS]       prints one line a scan: seconds and literals found
// Each literal is reported once (HS_FLAG_SINGLEMATCH), the cheapest mode there is; the file is mapped and its pages are present.
#include <hs/hs.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

static void die(const char *what) { fprintf(stderr, "hyperscan: %s\n", what); exit(2); }

static char *map(const char *path, size_t *length) {
  int file = open(path, O_RDONLY);
  struct stat about;
  if (file < 0 || fstat(file, &about) != 0 || about.st_size == 0) die(path);
  *length = (size_t)about.st_size;
  char *bytes = mmap(NULL, *length, PROT_READ, MAP_PRIVATE | MAP_POPULATE, file, 0);
  if (bytes == MAP_FAILED) die("mmap");
  close(file);
  return bytes;
}

static int on_match(unsigned id, unsigned long long from, unsigned long long to, unsigned flags, void *count) {
  (void)id, (void)from, (void)to, (void)flags;
  ++*(unsigned long *)count;
  return 0;
}

int main(int argc, char **argv) {
  if (argc < 3) die("usage: hyperscan LITERALS FILE [REPETITIONS]");
  size_t length, size;
  char *list = map(argv[1], &length), *end = list + length;
  const char **words = NULL;
  size_t *lengths = NULL;
  unsigned count = 0, *flags = NULL, *ids = NULL;
  for (char *line = list, *stop; line < end; line = stop + 1) {
    if (!(stop = memchr(line, '\n', (size_t)(end - line)))) stop = end;
    if (stop == line) continue;
    words = realloc(words, (count + 1) * sizeof *words), lengths = realloc(lengths, (count + 1) * sizeof *lengths);
    flags = realloc(flags, (count + 1) * sizeof *flags), ids = realloc(ids, (count + 1) * sizeof *ids);
    words[count] = line, lengths[count] = (size_t)(stop - line), ids[count] = count;
    flags[count++] = HS_FLAG_CASELESS | HS_FLAG_SINGLEMATCH;
  }
  hs_database_t *database;
  hs_compile_error_t *error;
  if (hs_compile_lit_multi(words, flags, ids, lengths, count, HS_MODE_BLOCK, NULL, &database, &error)) die(error->message);
  hs_scratch_t *scratch = NULL;
  if (hs_alloc_scratch(database, &scratch)) die("hs_alloc_scratch");
  char *text = map(argv[2], &size);
  for (int left = argc > 3 ? atoi(argv[3]) : 1; left > 0; left--) {
    struct timespec before, after;
    unsigned long found = 0;
    clock_gettime(CLOCK_MONOTONIC, &before);
    if (hs_scan(database, text, (unsigned)size, 0, scratch, on_match, &found)) die("hs_scan");
    clock_gettime(CLOCK_MONOTONIC, &after);
    printf("%.6f %lu\n", (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) * 1e-9, found);
  }
  return 0;
}
