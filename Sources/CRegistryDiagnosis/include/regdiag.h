/*
 * regdiag: diagnosis of container-registry failures.
 *
 * An engine is immutable: any number of threads may use one at the same time. There is no global
 * state. Text that a function hands out is UTF-8, ends with a zero byte and belongs to the caller,
 * who gives it back with regdiag_free.
 */
#ifndef REGDIAG_H
#define REGDIAG_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/* Grows when a function is added; the soname changes when one changes. */
#define REGDIAG_ABI_VERSION 1

/* How a call went. */
typedef int32_t regdiag_status;
#define REGDIAG_OK 0
/* A pointer that must be given was NULL. */
#define REGDIAG_BAD_ARGUMENT 1
/* An added file or folder cannot be read, or is in a later format. */
#define REGDIAG_BAD_KNOWLEDGE 2

typedef struct regdiag_engine regdiag_engine;

/* The version of this interface that the library was built with. */
uint32_t regdiag_abi_version(void);

/*
 * Opens the built-in knowledge base.
 *
 * paths: files and folders whose entries are added or stand in the place of those known, in order;
 *        may be NULL when count is 0.
 * engine: gets the engine, or NULL. Close it with regdiag_close.
 * message: may be NULL; gets what was wrong, or NULL where nothing was. Entries that were skipped
 *          are told here too, with the status REGDIAG_OK.
 */
regdiag_status regdiag_open(const char *const *paths, size_t count, regdiag_engine **engine,
                            char **message);

/*
 * Diagnoses bytes in any encoding.
 *
 * json: gets a report as of KnowledgeBase/schema/report.schema.json, on one line.
 */
regdiag_status regdiag_explain(const regdiag_engine *engine, const void *bytes, size_t count,
                               char **json);

/*
 * Finds the entries that an id, a code, a status or a wording leads to.
 *
 * json: gets an object whose "hits" have "id", "title" and "basis", on one line.
 */
regdiag_status regdiag_lookup(const regdiag_engine *engine, const char *query, char **json);

/* Gives a text back; NULL is passed over. */
void regdiag_free(char *text);

/* Closes an engine; NULL is passed over. */
void regdiag_close(regdiag_engine *engine);

#ifdef __cplusplus
}
#endif

#endif
