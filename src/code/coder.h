/* Inside stage 4: the state of one run, and what its files offer one another.
 *
 *   tree    the arguments of a verb or a noun on the tree: who does it, to whom, with which preposition
 *   party   an argument's words -> entities
 *   frame   which lexicon row a trigger matches
 *   status  whether it happened, is planned, denied, suspected ...
 *   attach  when, where, and according to whom
 *   build   a matched row -> an event; the codebook's rules that turn one type into another
 *   join    several reports of one happening -> one event
 *   codes   scores, CAMEO, contexts
 *
 * Tokens, mentions and so on are indices as in doc.h, DEM_NONE for none. Sentences hold at most some hundred tokens, so work
 * that is quadratic in a sentence is still linear in a text. */
#ifndef DEM_CODE_CODER_H
#define DEM_CODE_CODER_H

#include "doc/doc.h"

#define DEM_MAX_STEPS 12 /* the longest way walked up a tree */

typedef struct dem_frame {
  uint32_t row; /* of FRAMES; DEM_NONE when nothing matched */
  dem_type type; /* DEM_TYPE_COUNT: a row that says "no event" */
  dem_str mode, cameo, actor, recipient, flags;
  uint32_t conditions; /* how exact the row is: the most exact one wins */
} dem_frame;

typedef struct dem_coder {
  dem_doc *doc;
  const dem_table *frames, *words, *types, *cameo, *contexts;
  uint32_t *quote;   /* by token: the innermost quote around it */
  uint32_t story;    /* the time that says the day of the story; DEM_NONE */
  uint32_t *time;    /* by sentence: its first time; time_next chains the rest */
  uint32_t *time_next;
  uint32_t *place;   /* by sentence: its first place */
  uint32_t *place_next;
  uint8_t *verb;     /* by token: 1 a verb, 2 one that the tagger took for something
                        else ("Turkey ups its support"), 3 one joined to a verb before ("and accused Minsk") */
  uint8_t *used;     /* by token: it is the content of another event (what is asked for, promised, threatened) */
  uint64_t *topics;  /* by paragraph: a bit for each context that it is about */
} dem_coder;

/* ---- code ---- */
void dem_coder_open(dem_doc *doc, const dem_model *model, dem_coder *c); /* indexes what was found */

/* ---- tree ---- */
static inline const dem_token *dem_tok(const dem_coder *c, uint32_t t) { return &c->doc->tokens.at[t]; }
void dem_find_verbs(dem_coder *c); /* fills `verb` */
static inline bool dem_is_verb(const dem_coder *c, uint32_t t) { return c->verb[t] != 0; }
bool dem_is_noun(const dem_coder *c, uint32_t t);
bool dem_passive(const dem_coder *c, uint32_t verb);
uint32_t dem_subject(const dem_coder *c, uint32_t verb);         /* the grammatical one, shared and understood ones too */
uint32_t dem_verb_of_joined(const dem_coder *c, uint32_t noun);   /* "A backs B, and [C] [left]"; DEM_NONE when it is just joined */
uint32_t dem_logical_subject(const dem_coder *c, uint32_t verb); /* of a passive: its by-phrase */
uint32_t dem_logical_object(const dem_coder *c, uint32_t verb);
uint32_t dem_prep(const dem_coder *c, uint32_t head, dem_str word); /* dependent with that preposition; also its object's */
uint32_t dem_complement(const dem_coder *c, uint32_t head);         /* "to leave", "that it left", "of leaving" */
uint32_t dem_infinitive(const dem_coder *c, uint32_t head);         /* the complement, when it is an infinitive */
uint32_t dem_carrier(const dem_coder *c, uint32_t noun);            /* the verb that the noun is subject or object of */
uint32_t dem_governor(const dem_coder *c, uint32_t noun);           /* the verb that the noun is an argument of */
bool dem_word_class(const dem_coder *c, uint32_t t, const char *class); /* the lemma's class in words (class "code") */

/* ---- party ---- */
void dem_party_add(dem_coder *c, uint32_t entity, dem_span span, dem_parties *out);
void dem_parties_of(dem_coder *c, uint32_t token, dem_parties *out); /* with all that is joined to it by "and" */
/* The parties that an argument list of a frame names ("poss,by" first that is there; "subj+with" both). */
void dem_argument(dem_coder *c, uint32_t trigger, dem_str spec, dem_parties *out);
bool dem_party_known(const dem_coder *c, const dem_parties *parties); /* one at least has a country or a sector */
bool dem_party_public(const dem_coder *c, const dem_parties *parties); /* one at least is of a country, of state, or fights one */
bool dem_parties_meet(const dem_coder *c, const dem_parties *a, const dem_parties *b); /* they share an entity or a code */

/* ---- frame ---- */
dem_frame dem_frame_of(dem_coder *c, uint32_t token);
void dem_frame_claim(dem_coder *c, uint32_t token, const dem_frame *f); /* marks the arguments that the row names as used */
bool dem_flag(const dem_frame *f, const char *flag);

/* ---- status ---- */
typedef struct dem_standing {
  dem_event_status status;
  bool conditional, refusal, hedged; /* "unless ..."; "will not ..."; "would likely ..." */
  dem_list(dem_hedge) hedges;
} dem_standing;
dem_standing dem_status_of(dem_coder *c, uint32_t trigger);

/* ---- attach ---- */
void dem_attach_index(dem_coder *c);
void dem_attach(dem_coder *c, dem_event *e); /* date and place */
bool dem_at_time(const dem_coder *c, uint32_t token);  /* is it part of a time expression? */
bool dem_at_place(const dem_coder *c, uint32_t token); /* is it part of a place name? */
void dem_claimants(dem_coder *c, uint32_t token, dem_parties *out);
dem_span dem_clause(const dem_coder *c, uint32_t token);

/* ---- build ---- */
void dem_build(dem_coder *c, uint32_t trigger, const dem_frame *f);

/* ---- join ---- */
void dem_join(dem_coder *c, dem_event *e);
/* A report of the last happening of that type, when it can be meant ("in the talks"); false when there is none. */
bool dem_join_report(dem_coder *c, uint32_t trigger, dem_type type, dem_str mode);
bool dem_points_back(const dem_coder *c, uint32_t noun); /* "the talks", "their meeting" */

/* ---- codes ---- */
void dem_codes(dem_coder *c, dem_event *e);
void dem_topics(dem_coder *c);
/* discard.c: what a user's list says of a sentence; the strongest word counts. */
typedef enum dem_discard { DEM_DISCARD_NO, DEM_DISCARD_YEAR, DEM_DISCARD_SENTENCE, DEM_DISCARD_STORY } dem_discard;
dem_discard dem_discard_of(const dem_coder *c, uint32_t sentence);

#endif
