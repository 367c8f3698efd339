/* Actor, agent and discard files of TABARI and PETRARCH, as text. Formats: docs/dictionaries.md. */
#ifndef DEM_LEXICON_DICTIONARY_H
#define DEM_LEXICON_DICTIONARY_H

#include "base/date.h"

typedef enum dem_dic_kind { DEM_DIC_ACTORS, DEM_DIC_AGENTS, DEM_DIC_DISCARDS } dem_dic_kind;

typedef struct dem_dic_code {
  dem_str code;     /* "FRAGOV"; empty: the null code "---" */
  dem_day from, to; /* both included; DEM_NO_DAY open */
} dem_dic_code;
typedef dem_list(dem_dic_code) dem_dic_codes;
typedef dem_list(dem_str) dem_dic_words;

/* One record: an actor with its synonyms and codes, an agent with its plurals and one code, or a phrase to skip. */
typedef struct dem_dic_record {
  uint32_t line;
  dem_dic_words phrases; /* words with single spaces, as written; the first is the primary one */
  dem_dic_words plurals; /* of agents */
  dem_dic_codes codes;
  bool prefix; /* agents: "[NGO~]"; discards: may be the beginning of a longer word */
  bool story;  /* discards: the whole story is skipped */
} dem_dic_record;

typedef struct dem_dic_trouble {
  uint32_t line;
  const char *why;
  dem_str text;
} dem_dic_trouble;

typedef struct dem_dictionary {
  dem_dic_kind kind;
  dem_list(dem_dic_record) records;
  dem_list(dem_dic_trouble) troubles;           /* what could not be read, line by line; the rest was */
  uint32_t synonyms, codes, dated, code_lines, markers; /* code_lines: lines that hold a code */
} dem_dictionary;

/* Read a whole file; bytes that are not UTF-8 are taken as Latin-1. Strings are the arena's. Linear in the bytes; nothing
 * stops it: an odd line becomes a trouble. */
void dem_dictionary_read(dem_arena *arena, dem_str bytes, dem_dic_kind kind, dem_dictionary *out);

/* What a file is, by its name ("X.agents.txt") or else by its brackets. */
dem_dic_kind dem_dictionary_kind(dem_str name, dem_str bytes);

#endif
