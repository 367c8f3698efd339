/* demarche: who did, said or promised what, to whom, when, where and according to whom, from the text of a news dispatch.
 *
 * Three ideas. A `demarche_model` is read-only and may be shared by any threads. A `demarche_doc` holds one dispatch at a
 * time; one thread uses it, and it is reused for the next dispatch. What was found leaves as JSON (docs: contract in
 * demarche.schema.json), UTF-8, offsets in code points of the record's own `text`.
 *
 * Errors come back as a status and, if the caller passes one, a `demarche_error`. Odd news text is no error: it yields
 * notes in the record. Strings are borrowed, UTF-8, not NUL-ended, unless said otherwise. No globals, no clock, no network;
 * only demarche_model_open reads a file.
 */
#ifndef DEMARCHE_H
#define DEMARCHE_H

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

#define DEMARCHE_VERSION "0.1.0"
#define DEMARCHE_MAX_BYTES (64u << 20) /* largest input of one dispatch, in bytes */
#define DEMARCHE_MAX_TEXT (4u << 20)   /* longest text analysed, in bytes; the rest is cut and noted */

#if defined(__GNUC__)
#define DEMARCHE_API __attribute__((visibility("default")))
#define DEMARCHE_CHECKED __attribute__((warn_unused_result))
#else
#define DEMARCHE_API
#define DEMARCHE_CHECKED
#endif

typedef struct demarche_model demarche_model;
typedef struct demarche_doc demarche_doc;

typedef struct demarche_str {
  const char *data; /* UTF-8, not NUL-ended; may be NULL when len is 0 */
  size_t len;       /* bytes */
} demarche_str;

typedef struct demarche_span {
  uint32_t begin, end; /* half open; bytes inside the library, code points in JSON */
} demarche_span;

typedef enum demarche_status {
  DEMARCHE_OK = 0,
  DEMARCHE_NOMEM,  /* memory ran out */
  DEMARCHE_LIMIT,  /* a stated limit was passed */
  DEMARCHE_FORMAT, /* no reader could open the input */
  DEMARCHE_IO,     /* a file or an output refused */
  DEMARCHE_MODEL,  /* the model file is damaged or of another version */
  DEMARCHE_USAGE   /* the call itself was wrong */
} demarche_status;

typedef struct demarche_error {
  demarche_status status;
  char text[240]; /* one line, NUL-ended */
} demarche_error;

/* What of a coded dispatch is written. */
typedef enum demarche_part {
  DEMARCHE_RECORD,  /* the dispatch record: one JSON object, one line */
  DEMARCHE_READING, /* its reading fields only */
  DEMARCHE_EVENTS,  /* one JSON object per event, one line each */
  DEMARCHE_CSV,     /* one CSV line per event, no header (demarche_csv_header has it) */
  DEMARCHE_TABLE,   /* the events for a reader, plain text */
  DEMARCHE_CONLLU,  /* sentences, tokens, tags and trees as CoNLL-U */
  DEMARCHE_WHY,     /* what was seen, what fired, what did not and why; plain text for people */
  DEMARCHE_CHECK    /* what was read and what is missing, one line for people */
} demarche_part;

/* Receives output; returns 0, or anything else to stop. */
typedef int (*demarche_write)(void *to, const char *bytes, size_t len);

/* Open a compiled model (lexicon and weights) and check all of it.
 *   path   NUL-ended    model  out, NULL on failure    err  may be NULL
 * Returns OK, or IO, MODEL, NOMEM. The file is mapped: replace it by rename, never write into it.
 * Threads: the model may be shared by any. Close after the last document that used it. Since 0.1. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_model_open(const char *path, demarche_model **model, demarche_error *err);
DEMARCHE_API void demarche_model_close(demarche_model *model); /* NULL is fine */

/* Lay a folder of lexicon tables over a model: FOLDER/actors/organisations.tsv and so on, the same columns as in lexicon/. A form
 * of the folder replaces all rows that the model has for it; a row with nothing but its form takes it away; others are added.
 *   folder  NUL-ended
 * Returns OK, or MODEL with file and line of what is wrong (the model is then as before), IO, NOMEM. Call it before the model
 * is shared; it may be called again. The model's id changes. Cost: the tables concerned are packed anew. Since 0.1. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_model_add(demarche_model *model, const char *folder, demarche_error *err);

/* Write what a model holds, for people: its id, tables with their rows, weights with their bytes, recipe and scores.
 * Returns OK, or IO when `write` stopped it. Since 0.1. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_model_show(const demarche_model *model, demarche_write write, void *to,
                                                                  demarche_error *err);

enum {
  DEMARCHE_ACTORS_FIND = 1, /* every name that contains the query, at most 500 */
  DEMARCHE_ACTORS_JSON = 2  /* a JSON object a line, not text for people */
};
/* Who a name is, from the model's lexicon: people with their offices, bodies, states; one line each.
 *   query  a name as it stands in the news; with FIND any part of one
 *   on     YYYY-MM-DD or empty. With a day the first line is the office held on it (or, marked so, the last one before), then
 *          others held on it; without one all rows
 *   flags  DEMARCHE_ACTORS_*
 * Returns OK, or USAGE when nobody of that name is known or the day is none, IO, NOMEM. Any thread. Since 0.1. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_actors(const demarche_model *model, demarche_str query, demarche_str on,
                                                              unsigned flags, demarche_write write, void *to, demarche_error *err);

/* A document to be reused for many dispatches; NULL when memory runs out. One thread at a time. */
DEMARCHE_API demarche_doc *demarche_doc_new(void);
DEMARCHE_API void demarche_doc_free(demarche_doc *doc); /* NULL is fine */

/* Set an option that holds until it is set again.
 *   "date"    YYYY-MM-DD, the publication date of dispatches that name none ("" : none)
 *   "source"  the name under which the record says it came (a file name, a URL)
 *   "from"    the format to read, whatever the bytes look like: text, html, jsonl, warc, rss, newsml1, newsmlg2, nitf, ninjs,
 *             petrarch, lexis, factiva ("" : told by the bytes)
 *   "map"     names of fields in JSON: "text=maintext,date=date_publish"; paths have dots
 *   "limits"  "input=BYTES,text=BYTES,depth=N,attributes=N,layers=N,ratio=N"; those not named are the defaults
 *   "explain" "1" keeps the reasons that DEMARCHE_WHY prints
 *   "conllu"  "1" reads CoNLL-U and keeps its tokens
 * Returns OK, or USAGE, NOMEM. The value is copied. Since 0.1. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_set(demarche_doc *doc, const char *option, demarche_str value,
                                                           demarche_error *err);

/* Cut the first dispatch off an input that may hold many (JSON Lines; everything else is one dispatch).
 *   input  borrowed; advanced past what was taken    piece  out, points into the input
 * Returns 1 when there was one, 0 at the end. Pure; cost linear in the piece. Since 0.1. */
DEMARCHE_API int demarche_next(demarche_str *input, demarche_str *piece);

/* Read the fields of one dispatch: headline, date, text and so on, without analysing it.
 *   doc    in/out  what it held before is gone    bytes  borrowed during the call, NUL bytes allowed
 * Returns OK, or NOMEM, LIMIT, FORMAT; on failure the doc is empty and reusable. Since 0.1. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_read(demarche_doc *doc, demarche_str bytes, demarche_error *err);

/* Split, tag and parse one dispatch, no further; for DEMARCHE_CONLLU. As demarche_code. Since 0.1. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_parse(demarche_doc *doc, const demarche_model *model, demarche_str bytes,
                                                             demarche_error *err);

/* Code every event of one dispatch.
 *   model  borrowed; must outlive the doc's contents    otherwise as demarche_read
 * Pure computation; cost about linear in the text. Since 0.1. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_code(demarche_doc *doc, const demarche_model *model, demarche_str bytes,
                                                            demarche_error *err);

/* What `source` did to `target` in a sentence, both given as words that stand in it. */
typedef struct demarche_relation {
  char type[16];     /* a PLOVER type, always one of the 16; NUL-ended, as the others */
  char mode[24];     /* empty: none */
  char status[16];   /* "asserted", "future" ... */
  unsigned per_mille; /* confidence: how often answers as clear as this one are right */
} demarche_relation;

/* Code one sentence and tell the type of what passed between two parties. The doc then holds the coded sentence.
 *   doc, model  as demarche_code    source, target  words; where they do not stand in the sentence the rest of it decides
 * Returns as demarche_code, and MODEL when the model has no weights for it. Since 0.2. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_relate(demarche_doc *doc, const demarche_model *model, demarche_str sentence,
                                                              demarche_str source, demarche_str target, demarche_relation *out,
                                                              demarche_error *err);

/* Write a part of what the doc holds. Returns OK, or IO when `write` stopped it, NOMEM. Since 0.1. */
DEMARCHE_API DEMARCHE_CHECKED demarche_status demarche_write_part(demarche_doc *doc, demarche_part part, demarche_write write,
                                                                  void *to, demarche_error *err);

/* The header line of DEMARCHE_CSV, newline included. */
DEMARCHE_API demarche_str demarche_csv_header(void);

#ifdef __cplusplus
}
#endif
#endif
