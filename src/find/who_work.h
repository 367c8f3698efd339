/* What the files of "who" share while one dispatch is worked on: the finds, the tables, what each token is part of.
 *
 *   names   ──▶ finds (form name)       lexicon rows, name labels, runs of proper nouns
 *   roles   ──▶ finds (form nominal)    nouns for people, groups, bodies
 *   who     ──▶ finds (form pronoun), noun phrases, mentions, entities
 *   codes   ──▶ an entity's country, sector, office from the row on the day, else from the words of its noun phrase
 *
 * Names get their entity at once (so that later short forms find it); nouns get one of their own each, which `refer` may
 * join. All memory is the doc's arena.
 */
#ifndef DEM_FIND_WHO_WORK_H
#define DEM_FIND_WHO_WORK_H

#include "doc/doc.h"

typedef enum dem_state_kind { /* column kind of actors/states */
                              DEM_STATE_NONE,
                              DEM_STATE_NAME,
                              DEM_STATE_ADJECTIVE,
                              DEM_STATE_PEOPLE,
                              DEM_STATE_CAPITAL,
                              DEM_STATE_SEAT,
                              DEM_STATE_REGION
} dem_state_kind;

typedef struct dem_find_one {
  uint32_t first, last;       /* tokens of the name or of the noun itself, half open */
  uint32_t head;              /* token that stands for it in the tree */
  uint32_t np_first, np_last; /* tokens of the noun phrase */
  dem_form form;
  dem_kind kind;
  dem_table_id table; /* of `row` */
  uint32_t row;       /* first row of the lexicon key; DEM_NONE */
  dem_state_kind state;
  uint32_t role;                  /* row of ROLES: the noun, or the title before a name; DEM_NONE */
  uint32_t role_first, role_last; /* its tokens */
  uint32_t entity;                /* index into doc->entities; DEM_NONE */
  uint32_t mention;               /* DEM_NONE when it is only a part of another's phrase */
  uint32_t bytes;                 /* only so many bytes of its first token name it ("UN" of "UN-recognised"); 0: whole tokens */
  bool unsure;                    /* nothing but a capital: a name only if it was met before */
  bool acts;                      /* a capital or country that stands for its government here */
  bool composed;                  /* its entity's codes are settled, or being settled */
} dem_find_one;

/* Open addressing from text to a number; grows by doubling; keys are borrowed. */
typedef struct dem_names_slot {
  dem_str key;
  uint32_t value;
} dem_names_slot;
typedef struct dem_names {
  dem_names_slot *slot;
  uint32_t slots, used;
} dem_names;

typedef struct dem_who {
  dem_doc *doc;
  const dem_model *model;
  const dem_table *states, *organisations, *people, *roles, *words;
  const dem_gazetteer *places;
  dem_list(dem_find_one) finds;
  uint32_t *find_at; /* by token: the find whose own words cover it, DEM_NONE */
  uint32_t *head_at; /* by token: the name or noun found with this head, DEM_NONE */
  bool *inside;      /* by token: stands before the noun of somebody's phrase */
  bool *busy;        /* by token: part of a time expression */
  bool caseless;     /* the text has no capitals to tell names by */
  dem_names met;     /* last words of longer names met so far: "Putin" of "Vladimir Putin" */
  dem_names known;   /* names and aliases seen so far -> entity */
} dem_who;

/* names.c */
uint32_t dem_names_get(const dem_names *names, dem_str key);                         /* DEM_NONE when unknown */
void dem_names_set(dem_arena *arena, dem_names *names, dem_str key, uint32_t value); /* an old value is replaced */

/* who_names.c: push a find for every name. */
void dem_who_names(dem_who *w);
dem_find_one dem_who_find(uint32_t first);         /* an empty one: a name without row, tokens or entity yet */
uint32_t dem_who_push(dem_who *w, dem_find_one f); /* marks its tokens; gives its index */
/* who_entities.c: the entity of a name, by what it was called before; a new one when nobody fits, DEM_NONE for an unsure one. */
uint32_t dem_who_entity(dem_who *w, const dem_find_one *f);
/* A description's acronym ("the national police (PNC)") names its entity from here on. */
void dem_who_teach_acronym(dem_who *w, const dem_find_one *f);
/* who_roles.c: push a find for every noun that stands for somebody; give names the titles before them. */
void dem_who_roles(dem_who *w);
/* who_metonymy.c: does this capital or seat (or country) stand for its government here, by the words around it? */
bool dem_who_acts(const dem_who *w, const dem_find_one *f);
bool dem_who_hosts(const dem_who *w, const dem_find_one *f); /* is a capital where somebody goes ("arrived in Paris")? */
/* who_phrase.c: the noun phrase around a find: np_first, np_last. */
void dem_who_phrase(const dem_who *w, dem_find_one *f);
/* who_codes.c: fill the entity of find i from its row and its words (after its owners); depth-limited. */
void dem_who_compose(dem_who *w, uint32_t i, unsigned depth);
/* Do the words around a name say that it is a company ("shares in Xeno")? */
bool dem_who_company(const dem_who *w, const dem_find_one *f);
/* who_known.c: the row of the day. Fills name, kind, code, sector, office, gender; false when no row may be used. */
bool dem_who_known(const dem_who *w, const dem_find_one *f, dem_entity *e);
bool dem_who_in_office(const dem_who *w, uint32_t people_row); /* any row of that key holds on the day */

/* Value of the word's row of that class in WORDS; false when there is none. */
bool dem_who_word(const dem_table *words, dem_str key, const char *class, dem_str *value);
/* Token-level helpers. */
bool dem_who_genitive(const dem_doc *doc, uint32_t at);   /* is the token at `at` a genitive mark of the word before it? */
bool dem_who_bracketed(const dem_doc *doc, uint32_t at);  /* do tokens from `at` spell "(ABC)"? */
bool dem_who_caseless(const dem_doc *doc);                /* a text of some length with hardly a capital in it */
bool dem_capital(const dem_doc *doc, uint32_t token);     /* begins with an upper-case letter in the text */
uint32_t dem_case_of(const dem_doc *doc, uint32_t token); /* the preposition token of its phrase, DEM_NONE */
/* Is `token` inside the phrase of `head`, going up by at most eight arcs of noun-phrase relations? */
bool dem_in_phrase(const dem_doc *doc, uint32_t token, uint32_t head);

#endif
