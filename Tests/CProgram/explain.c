/* Explains standard input, as a program in C would: the whole interface once. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "regdiag.h"

int main(void) {
  static char paste[1 << 16];
  size_t count = fread(paste, 1, sizeof paste, stdin);
  regdiag_engine *engine = NULL;
  char *text = NULL;
  if (regdiag_abi_version() != REGDIAG_ABI_VERSION) return 2;
  if (regdiag_open(NULL, 0, &engine, &text) != REGDIAG_OK) {
    fprintf(stderr, "%s\n", text ? text : "cannot open the knowledge base");
    regdiag_free(text);
    return 2;
  }
  if (regdiag_explain(engine, paste, count, &text) != REGDIAG_OK) return 2;
  fputs(text, stdout);
  regdiag_free(text);
  if (regdiag_lookup(engine, "MANIFEST_UNKNOWN", &text) != REGDIAG_OK) return 2;
  int known = strstr(text, "oci/manifest-unknown") != NULL;
  regdiag_free(text);
  regdiag_close(engine);
  return known ? 0 : 1;
}
