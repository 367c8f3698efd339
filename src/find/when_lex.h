/* The pieces of a sentence that time expressions are made of. Cut from the text itself, not from the tokens, so that
 * "10-year", "5:30pm", "'80s" and "a.m." read alike however a tokenizer cuts them; each piece knows its token. */
#ifndef DEM_FIND_WHEN_LEX_H
#define DEM_FIND_WHEN_LEX_H

#include "doc/doc.h"

/* C(enum, class in lexicon/words/words-time.tsv): what a word is in a time expression. */
#define DEM_LEX_LIST(C)                                                                                              \
  C(MONTH, "time-month") C(WEEKDAY, "time-weekday") C(WEEKDAYS, "time-weekdays") C(UNIT, "time-unit")                \
  C(UNITS, "time-units") C(SEASON, "time-season") C(PART, "time-part") C(NUMBER, "time-number")                      \
  C(SCALE, "time-scale") C(ORDINAL, "time-ordinal") C(VAGUE, "time-vague") C(DAY, "time-day") C(NIGHT, "time-night") \
  C(REF, "time-ref") C(REFNOUN, "time-refnoun") C(SET, "time-set") C(EDGE, "time-edge") C(REL, "time-rel")           \
  C(AGO, "time-ago") C(APPROX, "time-approx") C(ZONE, "time-zone") C(DECADE, "time-decade") C(HOLIDAY, "time-holiday")
#define DEM_LEX_ENUM(name, text) DEM_LEX_##name,
typedef enum dem_lex_class {
  DEM_LEX_END,   /* past the sentence */
  DEM_LEX_SIGN,  /* punctuation: `sign` */
  DEM_LEX_WORD,  /* a word that no table of ours knows */
  DEM_LEX_DIGITS, /* `value`, `digits` */
  DEM_LEX_LIST(DEM_LEX_ENUM)
} dem_lex_class;
#undef DEM_LEX_ENUM

typedef struct dem_lex {
  dem_span span;
  uint32_t token;  /* the token it lies in */
  dem_str word;    /* lower case; empty for signs */
  dem_str text;    /* the table's value: "SP", "XXXX", "early" */
  int32_t value;   /* the table's value as a number, or the number that the digits spell */
  uint8_t kind;    /* dem_lex_class */
  uint8_t digits;  /* how many digits; 0 with a comma or a point among them: no year */
  char sign;       /* ASCII stand-in of a punctuation mark */
  bool glued;      /* nothing stands between it and the piece before */
  bool capital;
} dem_lex;

typedef dem_list(dem_lex) dem_lexes;
enum { DEM_LEX_PADDING = 16 }; /* rules look at most so far ahead of a piece without asking whether it is there */
/* Cut the sentence into `out` (what it held is gone), with DEM_LEX_PADDING pieces of kind END behind the others. */
void dem_lex_sentence(dem_doc *doc, const dem_table *words, const dem_sentence *sentence, dem_lexes *out);

#endif
