/* The sheet every stage writes on: one dispatch and all that was found in it.
 *
 *   layer                          written by   read by
 *   options                        cli          read
 *   headline … notes, text,
 *   paragraphs, dateline           read         text find code doc
 *   sentences, tokens              text         find code doc
 *   mentions, entities, quotes,
 *   times, places                  find         code doc
 *   events                         code         doc
 *   reasons                        all          doc (explain)
 *
 * All memory is the doc's arena. Spans are bytes of `text`, half open. Indices are uint32_t into the lists, DEM_NONE for
 * none. A list may grow until its stage is done; nobody keeps an element's address across a push to the same list.
 */
#ifndef DEM_DOC_DOC_H
#define DEM_DOC_DOC_H

#include "base/arena.h"
#include "base/date.h"
#include "base/limits.h"
#include "base/str.h"
#include "doc/tags.h"
#include "model/model.h"

typedef demarche_doc dem_doc;

/* ---- read ---- */

typedef struct dem_note {
  dem_str code, message; /* code: a word for programs ("encoding"); message: one line for people */
  dem_span span;         /* in text; begin == end when it has no place */
} dem_note;

typedef struct dem_caption {
  dem_str text, credit;
} dem_caption;

typedef struct dem_related {
  dem_str text, url;
} dem_related;

typedef struct dem_dateline { /* "PARIS, June 26 (AFP) -"; stays in the text, is no sentence of the story */
  dem_span span;              /* empty when there is none */
  dem_str place, agency, text;
  dem_day date; /* DEM_NO_DAY when it names none */
} dem_dateline;

/* ---- text ---- */

typedef struct dem_token {
  dem_span span;
  dem_str norm;      /* dem_norm of the form; contractions hold their own part ("n't", "'s") */
  dem_str lemma;     /* lower case; of names as written */
  uint32_t sentence; /* index */
  uint32_t head;     /* token index in the doc; DEM_NONE for the root */
  uint32_t kid;      /* leftmost dependent, DEM_NONE for none */
  uint32_t next;     /* next dependent of the same head to the right */
  uint8_t upos, deprel, name; /* dem_upos, dem_deprel, dem_name_label */
  bool name_begin;            /* first token of a name */
  bool space_after;           /* white space follows in the text */
  dem_str tag;                /* Penn tag: "NNP", "VBD"; points into static names or the input */
  uint32_t mention, over;     /* smallest mention with this head; smallest that covers it; DEM_NONE (dem_doc_index_mentions) */
} dem_token;

typedef struct dem_sentence {
  dem_span span;
  uint32_t first, last; /* tokens, half open */
  uint32_t root;        /* token; DEM_NONE when empty */
  uint32_t paragraph;   /* index */
} dem_sentence;

/* ---- find ---- */

typedef enum dem_form { DEM_FORM_NAME, DEM_FORM_NOMINAL, DEM_FORM_PRONOUN } dem_form;
typedef enum dem_kind {
  DEM_KIND_PERSON, DEM_KIND_GOVERNMENT, DEM_KIND_ORGANISATION, DEM_KIND_GROUP, DEM_KIND_PLACE, DEM_KIND_PEOPLE
} dem_kind;

typedef enum dem_use { DEM_USE_ACTOR, DEM_USE_MODIFIER, DEM_USE_PLACE } dem_use; /* of a state's name; others: actor */

typedef struct dem_mention {
  dem_span span;
  uint32_t first, last; /* tokens, half open */
  uint32_t head;        /* token: the syntactic head */
  uint32_t entity;
  dem_form form;
  dem_use use; /* modifier: "French" in "French wine", "Japan's ministry"; place: "in Japan" */
} dem_mention;

typedef struct dem_entity {
  dem_kind kind;
  dem_str name;               /* empty for unnamed people */
  dem_str role;               /* what unnamed (or described) people are called: "senior French presidential official" */
  dem_str code;               /* country or international code; empty when unknown */
  dem_str sector;             /* primary; empty when unknown */
  dem_str sectors;            /* further ones, '|' between */
  dem_str office;             /* "President of France" */
  dem_day office_from, office_to; /* the interval that was used; DEM_NO_DAY open */
  char gender;                /* 'm', 'f', 'n' (thing), 0 unknown */
  bool plural;
  bool vague;                 /* a region or bloc no event is coded for ("the West") */
  dem_str row;                /* the lexicon row it is known from, "offices/people: Emmanuel Macron", for explain */
  dem_list(uint32_t) mentions; /* in text order */
  dem_list(uint32_t) members;  /* entities a group stands for ("the two leaders"); usually empty */
} dem_entity;

typedef enum dem_quote_kind { DEM_QUOTE_DIRECT, DEM_QUOTE_INDIRECT, DEM_QUOTE_MIXED } dem_quote_kind;

typedef struct dem_voice { /* somebody who speaks or is spoken to */
  uint32_t entity;         /* DEM_NONE when not resolved */
  uint32_t token;          /* head of the words that name it (of "who": its antecedent); DEM_NONE when nobody is named */
  dem_span span;           /* the words; empty when implied */
} dem_voice;

typedef struct dem_quote {
  dem_quote_kind kind;
  dem_span span;               /* the content, quotation marks off */
  dem_list(dem_span) pieces;   /* only where the content is broken */
  dem_voice speaker, addressee;
  dem_span cue;                /* "said", "according to"; empty when none */
  uint32_t cue_token;          /* DEM_NONE when none */
  dem_list(dem_voice) chain;   /* who reports that: outermost first, the speaker not included */
} dem_quote;

typedef enum dem_time_type { DEM_TIME_DATE, DEM_TIME_TIME, DEM_TIME_DURATION, DEM_TIME_SET } dem_time_type;
typedef enum dem_precision {
  DEM_PRECISION_NONE, DEM_PRECISION_TIME, DEM_PRECISION_DAY, DEM_PRECISION_WEEK, DEM_PRECISION_MONTH, DEM_PRECISION_QUARTER,
  DEM_PRECISION_YEAR, DEM_PRECISION_DECADE, DEM_PRECISION_CENTURY, DEM_PRECISION_RANGE
} dem_precision;

typedef struct dem_time {
  dem_span span;
  uint32_t first, last; /* tokens */
  dem_time_type type;
  dem_str value;        /* TIMEX3 */
  dem_day from, to;     /* both included; DEM_NO_DAY open */
  dem_precision precision;
  dem_str rule;         /* "last weekday before publication" */
} dem_time;

/* NAME: names the place itself ("Paris"); NOUN: means it ("the French capital"). ADJECTIVE ("French"), PEOPLE ("Parisians"),
 * EMBEDDED (part of the name of something else: "Ohio Department of Transportation"): the place belongs to the story, but
 * nothing is said to happen there. */
typedef enum dem_place_kind { DEM_PLACE_NAME, DEM_PLACE_ADJECTIVE, DEM_PLACE_PEOPLE, DEM_PLACE_EMBEDDED, DEM_PLACE_NOUN } dem_place_kind;

typedef struct dem_place {
  dem_place_kind kind;
  dem_span span;
  uint32_t first, last; /* tokens */
  dem_str name, country, admin1, feature; /* country alpha-3; feature: GeoNames code ("PPLC", "ADM1", "PCLI", "LNDM") */
  dem_str within;                         /* the place whose coordinates these are; empty when they are its own */
  uint32_t geonameid;                     /* 0 unknown */
  int32_t lat, lon;                       /* 1e-5 degrees */
  bool area;                              /* an area, not a point */
  bool actor;                             /* stands for a government here ("Paris insists"), not for a location */
  bool located;                           /* lat and lon are known */
  uint32_t confidence;                    /* per mille */
} dem_place;

/* ---- code ---- */

typedef struct dem_party {
  uint32_t entity;
  dem_span span; /* the mention in this event's clause */
} dem_party;
typedef dem_list(dem_party) dem_parties;

typedef struct dem_hedge {
  dem_str cue;
  dem_span span;
} dem_hedge;

typedef struct dem_event_report {
  uint32_t sentence;
  dem_span span, evidence; /* the clause; the words that say so */
  dem_event_status status;
  dem_parties claimant;
} dem_event_report;

typedef enum dem_where { DEM_WHERE_UNKNOWN, DEM_WHERE_POINT, DEM_WHERE_AREA, DEM_WHERE_REMOTE } dem_where;

typedef struct dem_event {
  dem_type type;
  dem_list(dem_str) modes;    /* "phone" */
  dem_list(dem_str) contexts; /* "diplomatic" */
  dem_str cameo;
  int32_t score, goldstein;   /* tenths */
  dem_event_status status;
  dem_list(dem_hedge) hedges;
  dem_parties actor, recipient, claimant;
  uint32_t trigger_token;
  dem_span trigger;
  dem_day from, to;
  dem_precision precision;
  dem_span date_span; /* empty when it is the dispatch's own date */
  dem_str date_rule;
  dem_where where;
  uint32_t place; /* index into places; DEM_NONE */
  dem_list(dem_event_report) reports;
  uint32_t confidence; /* per mille */
  dem_str frame;       /* the lexicon row that made it, for explain */
} dem_event;

typedef struct dem_reason { /* one line of explain */
  uint32_t sentence;        /* DEM_NONE: of the whole dispatch */
  dem_str text;
} dem_reason;

struct demarche_doc {
  dem_arena arena;
  const dem_model *model; /* during coding and until the next call; for codes and versions */
  /* options; they outlive the arena */
  char *option_date, *option_source, *option_from, *option_map;
  dem_limits limits;
  bool option_explain, option_conllu;
  /* read */
  dem_str bytes; /* the input of this call; borrowed */
  bool whole;    /* demarche_parse: every line is text, none is a headline or furniture, no dateline is set apart */
  dem_str id, source, format, url, headline, byline, agency, publisher, status, version, genre;
  dem_str language;             /* as the dispatch declares it; empty when it does not */
  bool foreign;                 /* it is not English: read, noted, not coded */
  dem_str published, updated;   /* ISO; empty when unknown */
  dem_day published_day;        /* DEM_NO_DAY when unknown */
  dem_dateline dateline;
  dem_str text;                 /* valid UTF-8, paragraphs separated by one blank line, no line ends inside a paragraph */
  dem_list(dem_span) paragraphs;
  dem_list(dem_caption) captions;
  dem_list(dem_related) related;
  dem_list(dem_note) notes;
  /* text */
  dem_list(dem_sentence) sentences;
  dem_list(dem_token) tokens;
  /* find */
  dem_list(dem_mention) mentions;
  dem_list(dem_entity) entities;
  dem_list(dem_quote) quotes;
  dem_list(dem_time) times;
  dem_list(dem_place) places;
  /* code */
  dem_list(dem_event) events;
  dem_list(dem_reason) reasons;
};

/* The bytes of a span. */
dem_str dem_doc_slice(const dem_doc *doc, dem_span span);
dem_str dem_doc_words(const dem_doc *doc, uint32_t first, uint32_t last); /* the text of tokens, half open */
void dem_doc_note(dem_doc *doc, const char *code, dem_str message, dem_span span);
/* A line of explain; does nothing unless the option is on. printf as in dem_str_format. */
void dem_doc_reason(dem_doc *doc, uint32_t sentence, const char *format, ...) __attribute__((format(printf, 3, 4)));

uint32_t dem_doc_token_from(const dem_doc *doc, uint32_t byte); /* the first token that begins at or after a byte; O(log n) */

/* ---- the tree ---- */
/* First dependent of `head` with the relation, DEM_NONE if none; and the next one after `kid`. */
uint32_t dem_kid(const dem_doc *doc, uint32_t head, dem_deprel rel);
uint32_t dem_kid_after(const dem_doc *doc, uint32_t kid, dem_deprel rel);
bool dem_under(const dem_doc *doc, uint32_t token, uint32_t ancestor); /* is it the ancestor or below it? */
/* Outermost tokens of the subtree (first, and one past the last). */
void dem_subtree(const dem_doc *doc, uint32_t token, uint32_t *first, uint32_t *last);
/* Fill every token's `mention` and `over`; find calls it when its mentions change. */
void dem_doc_index_mentions(dem_doc *doc);
/* Put every token under its head: fills `kid` and `next` from `head`, and the sentences' roots. */
void dem_doc_index_tree(dem_doc *doc);

/* ---- lexicon look-up in the text ---- */
typedef struct dem_match {
  uint32_t row;  /* first row of the key; DEM_NONE when nothing matched */
  uint32_t last; /* one past the last token of the match */
} dem_match;
/* The longest key of `table` that the tokens from `first` on spell (not past `limit`), whatever their case. */
dem_match dem_doc_match(dem_doc *doc, const dem_table *table, uint32_t first, uint32_t limit);
/* The same for the names of places; `row` is one of the gazetteer. */
dem_match dem_doc_match_place(dem_doc *doc, const dem_gazetteer *gazetteer, uint32_t first, uint32_t limit);

/* ---- out ---- */
/* Write one part of the doc (demarche_write_part without the catch point). */
bool dem_doc_write(dem_doc *doc, demarche_part part, demarche_write write, void *to);

#endif
