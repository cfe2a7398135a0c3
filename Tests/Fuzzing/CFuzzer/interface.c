#define _GNU_SOURCE
#include "interface.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "regdiag.h"

#define REQUIRE(condition) \
  do { \
    if (!(condition)) { \
      fprintf(stderr, "%s:%d: %s does not hold\n", __FILE__, __LINE__, #condition); \
      abort(); \
    } \
  } while (0)

/* Bits of a call's second byte: what is not given. */
enum { no_engine = 1, no_argument = 2, no_place = 4, other_engine = 8, limit_shift = 4 };

/* What the calls of one input share. */
struct state {
  regdiag_engine *engines[2];
  int opened;
  void (*check)(const char *json);
};

/* The built-in base is opened once. */
static regdiag_engine *built_in(void) {
  static regdiag_engine *engine;
  if (!engine) REQUIRE(regdiag_open(NULL, 0, &engine, NULL) == REGDIAG_OK);
  return engine;
}

/* A text of exactly its size on the heap, so that whoever reads beyond it is seen. */
static char *copy(const uint8_t *bytes, size_t size) {
  char *text = malloc(size + 1);
  REQUIRE(text);
  if (size) memcpy(text, bytes, size);
  text[size] = 0;
  return text;
}

static void take(const struct state *state, regdiag_status status, char **place, char *json) {
  const char *message = regdiag_status_message(status);
  REQUIRE(message && *message);
  if (status != REGDIAG_OK) {
    REQUIRE(!json);
    return;
  }
  REQUIRE(place && json);
  state->check(json);
  regdiag_free(json);
}

/* Opens an engine with an entry added that a file holds. */
static void open_with(struct state *state, const uint8_t *bytes, size_t size, int flags) {
  int file = memfd_create("entry.json", 0);
  char path[64];
  const char *paths[1] = {path};
  char *message = NULL;
  regdiag_engine *engine = NULL;
  regdiag_status status;

  if (state->opened++) {
    close(file);
    return;
  }
  REQUIRE(file >= 0 && write(file, bytes, size) == (ssize_t)size);
  snprintf(path, sizeof path, "/proc/self/fd/%d", file);
  status = regdiag_open(flags & no_argument ? NULL : paths, 1, flags & no_engine ? NULL : &engine,
                        flags & no_place ? NULL : &message);
  if (flags & (no_argument | no_engine)) REQUIRE(status == REGDIAG_BAD_ARGUMENT);
  REQUIRE((status == REGDIAG_OK) == (engine != NULL));
  if (message) {
    for (const char *byte = message; *byte; byte++) REQUIRE((unsigned char)*byte >= 0x20 || *byte == '\n');
  }
  regdiag_free(message);
  close(file);
  regdiag_close(state->engines[1]);
  state->engines[1] = engine;
}

static void call(struct state *state, const uint8_t *bytes, size_t size) {
  int name = size > 0 ? bytes[0] : 0;
  int flags = size > 1 ? bytes[1] : 0;
  const uint8_t *rest = size > 2 ? bytes + 2 : bytes + size;
  size_t count = size > 2 ? size - 2 : 0;
  const regdiag_engine *engine = flags & no_engine ? NULL : state->engines[flags & other_engine ? 1 : 0];
  char *json = (char *)"not touched";
  char **place = flags & no_place ? NULL : &json;
  char *text = NULL;
  regdiag_status status = REGDIAG_BAD_ARGUMENT;

  if (!place) json = NULL;
  switch (name) {
    case 'e': {
      uint8_t *exact = malloc(count);
      if (count) memcpy(exact, rest, count);
      status = regdiag_explain(engine, flags & no_argument ? NULL : exact, count, (size_t)(flags >> limit_shift), place);
      if (engine && place && !(flags & no_argument)) REQUIRE(status == REGDIAG_OK);
      free(exact);
      break;
    }
    case 'l':
      text = copy(rest, count);
      status = regdiag_lookup(engine, flags & no_argument ? NULL : text, place);
      if (engine && place && !(flags & no_argument)) REQUIRE(status == REGDIAG_OK);
      break;
    case 's':
      text = copy(rest, count);
      status = regdiag_show(engine, flags & no_argument ? NULL : text, place);
      break;
    case 'i': {
      /* `registry client`, either of which may be missing. */
      text = copy(rest, count);
      char *space = strchr(text, ' ');
      if (space) *space = 0;
      status = regdiag_list(engine, flags & no_argument ? NULL : text, space ? space + 1 : NULL, place);
      break;
    }
    case 'o':
      open_with(state, rest, count, flags);
      return;
    case 'c':
      regdiag_close(state->engines[1]);
      state->engines[1] = NULL;
      return;
    default:
      REQUIRE(*regdiag_status_message((regdiag_status)(flags - 128)));
      return;
  }
  free(text);
  if (!engine || !place) REQUIRE(status == REGDIAG_BAD_ARGUMENT);
  take(state, status, place, json);
}

void regdiag_fuzz_interface(const uint8_t *bytes, size_t size, void (*check)(const char *json)) {
  struct state state = {{built_in(), NULL}, 0, check};
  size_t start = 0;

  for (size_t end = 0; end <= size; end++) {
    if (end < size && !(end + 1 < size && bytes[end] == '\n' && bytes[end + 1] == '\n')) continue;
    call(&state, bytes + start, end - start);
    start = end + 2;
    end++;
  }
  regdiag_close(state.engines[1]);
}
