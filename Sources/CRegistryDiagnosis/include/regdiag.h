/*
 * regdiag: diagnosis of container-registry failures.
 *
 *     regdiag_engine *engine = NULL;
 *     char *json = NULL;
 *     if (regdiag_open(NULL, 0, &engine, NULL) == REGDIAG_OK &&
 *         regdiag_explain(engine, text, strlen(text), 0, &json) == REGDIAG_OK)
 *       puts(json);
 *     regdiag_free(json);
 *     regdiag_close(engine);
 *
 * An engine is immutable: any number of threads may use one at the same time, and one process may
 * have several. There is no global state; nothing is read but the files that regdiag_open is given.
 *
 * A function that can fail gives a status. Unless that is REGDIAG_OK, what it hands out is NULL. Text
 * that a function hands out through a char ** is UTF-8, ends with a zero byte, holds no control
 * characters but line feeds, and belongs to the caller, who gives it back with regdiag_free. JSON is
 * one line, with a line feed at its end; secrets of the input are masked in it.
 */
#ifndef REGDIAG_H
#define REGDIAG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows when a function is added; the soname changes when one changes. */
#define REGDIAG_ABI_VERSION 2

/* How a call went. */
typedef int32_t regdiag_status;
#define REGDIAG_OK 0
/* A pointer that must be given was NULL, or a size is larger than any object can be. */
#define REGDIAG_BAD_ARGUMENT 1
/* An added file, folder or entry cannot be read, or is in a later format. */
#define REGDIAG_BAD_KNOWLEDGE 2
/* No entry, registry or client has that name. */
#define REGDIAG_UNKNOWN_NAME 3

typedef struct regdiag_engine regdiag_engine;

/* The version of this interface that the library was built with; may be later than the header's. */
uint32_t regdiag_abi_version(void);

/* The version of the library, such as "0.1.0". It lasts for ever; do not free it. */
const char *regdiag_version(void);

/* What a status means, in a sentence. It lasts for ever; do not free it. Never NULL. */
const char *regdiag_status_message(regdiag_status status);

/*
 * Opens the built-in knowledge base.
 *
 * paths: files and folders whose entries are added or stand in the place of those known, in order;
 *        may be NULL when count is 0.
 * engine: gets the engine, or NULL. Close it with regdiag_close.
 * message: may be NULL; gets what was wrong, or NULL where nothing was. Entries that were skipped
 *          are told here too, one a line, with the status REGDIAG_OK; each report repeats them in
 *          its "warnings".
 */
regdiag_status regdiag_open(const char *const *paths, size_t count, regdiag_engine **engine,
                            char **message);

/* An entry that is in memory. */
typedef struct regdiag_entry {
  const char *name; /* what messages call it */
  const void *json; /* what would stand in its entry.json, in UTF-8; may be NULL when count is 0 */
  size_t count;     /* its size in bytes, at most 4 MiB */
} regdiag_entry;

/*
 * Opens the built-in knowledge base as regdiag_open does, and adds entries that are in memory after
 * those of the paths. They are not needed beyond the call. Since version 2 of the interface.
 */
regdiag_status regdiag_open_with(const char *const *paths, size_t path_count,
                                 const regdiag_entry *entries, size_t entry_count,
                                 regdiag_engine **engine, char **message);

/*
 * Diagnoses bytes in any encoding, however many and whatever they are.
 *
 * bytes: may be NULL when count is 0.
 * max_diagnoses: how many diagnoses are written at most; all when 0.
 * json: gets a report as of KnowledgeBase/schema/report.schema.json.
 */
regdiag_status regdiag_explain(const regdiag_engine *engine, const void *bytes, size_t count,
                               size_t max_diagnoses, char **json);

/*
 * Finds the entries that an id, a code, a status or a wording leads to.
 *
 * json: gets what `regdiag lookup --format json` writes: "lookups" holds one answer, with the "hits",
 *       or with the "nearest" known words where there are none. That none are found is no error.
 */
regdiag_status regdiag_lookup(const regdiag_engine *engine, const char *query, char **json);

/*
 * All that is known of an entry, or REGDIAG_UNKNOWN_NAME.
 *
 * id: the entry's id, such as "ecr/rate-exceeded", or one it had before.
 * json: gets what `regdiag show --format json` writes: "entries" holds the one.
 */
regdiag_status regdiag_show(const regdiag_engine *engine, const char *id, char **json);

/*
 * Lists the entries, or REGDIAG_UNKNOWN_NAME.
 *
 * registry: only entries about this registry, such as "ecr"; any when NULL.
 * client: only entries that this client prints, such as "docker"; any when NULL.
 * json: gets what `regdiag list --format json` writes, in the order of the ids.
 */
regdiag_status regdiag_list(const regdiag_engine *engine, const char *registry, const char *client,
                            char **json);

/* Gives a text back; NULL is passed over. */
void regdiag_free(char *text);

/* Closes an engine that no other thread is using any more; NULL is passed over. */
void regdiag_close(regdiag_engine *engine);

#ifdef __cplusplus
}
#endif

#endif
