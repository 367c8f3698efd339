/* Folds the label sets of the corpora into ours. Dates, sums of money and the like are no names; what names a thing that is none
 * of ours (a product, an election, a law) is MISC. The file becomes CoNLL-U with the label in the lemma's place, so that the
 * text stage's own reader makes the tokens. */
#include "train/names_data.h"

#include <stdio.h>
#include <stdlib.h>

static const struct {
  const char *kind;
  dem_name_label label;
} kinds[] = {{"Person", DEM_NAME_PER},     {"Location", DEM_NAME_LOC},     {"Facility", DEM_NAME_FAC},
             {"Organization", DEM_NAME_ORG}, {"NORP", DEM_NAME_GRP},         {"Misc", DEM_NAME_MISC},
             {"Product", DEM_NAME_MISC},   {"Date", DEM_NAME_O},           {"Money", DEM_NAME_O},
             {"PER", DEM_NAME_PER},        {"LOC", DEM_NAME_LOC},          {"ORG", DEM_NAME_ORG},
             {"politician", DEM_NAME_PER}, {"person", DEM_NAME_PER},       {"politicalparty", DEM_NAME_ORG},
             {"organisation", DEM_NAME_ORG}, {"country", DEM_NAME_LOC},      {"location", DEM_NAME_LOC},
             {"election", DEM_NAME_MISC},  {"event", DEM_NAME_MISC},       {"misc", DEM_NAME_MISC},
             {"OTH", DEM_NAME_O}};

/* DEM_NAME_COUNT for a kind that is not known. */
static dem_name_label label_of(dem_str bio) {
  if (bio.len < 3) return DEM_NAME_O;
  dem_str kind = dem_str_sub(bio, 2, bio.len);
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (dem_str_is(kind, kinds[i].kind)) return kinds[i].label;
  return DEM_NAME_COUNT;
}

typedef struct writer {
  char *p;
  unsigned word; /* number in the sentence */
  bool stop;     /* the last token ends a sentence, unless a name goes on */
} writer;

static void end_sentence(writer *w) {
  *w->p++ = '\n';
  w->word = 0;
  w->stop = false;
}

static void put_line(writer *w, dem_str line) {
  uint32_t number;
  bool comment = dem_str_starts(line, "#") && !memchr(line.data, '\t', line.len);
  if (dem_str_starts(line, "# doc") || dem_str_starts(line, "# newdoc")) w->p += sprintf(w->p, "\n# newdoc\n");
  if (comment) return;
  dem_str form = dem_str_cut(&line, '\t'), label = dem_str_cut(&line, '\t');
  if (line.len && dem_str_u32(form, &number) && label.len && memchr(line.data, '\t', line.len)) {
    form = label;
    label = dem_str_cut(&line, '\t');
  }
  bool inside = dem_str_starts(label, "I-");
  if (!label.len || (w->stop && !inside && !dem_is_lower((unsigned char)form.data[0]))) end_sentence(w);
  if (!label.len) return;
  w->p += sprintf(w->p, "%u\t%.*s\t%.*s\n", ++w->word, DEM_FMT(form), DEM_FMT(label));
  w->stop = dem_str_is(form, ".") || dem_str_is(form, "?") || dem_str_is(form, "!");
}

/* Appended to *text. */
static void append_conllu(dem_str rest, char **text, size_t *len) {
  char *wider = realloc(*text, *len + rest.len * 8 + 64); /* a line of four bytes or more grows by less than 16 */
  if (!wider) abort();
  *text = wider;
  writer w = {.p = wider + *len};
  while (rest.len) {
    dem_str line = dem_str_cut(&rest, '\n');
    if (dem_str_ends(line, "\r")) line.len--;
    put_line(&w, line);
  }
  end_sentence(&w);
  *len = (size_t)(w.p - wider);
}

static bool settle_labels(dem_doc *doc) {
  for (uint32_t i = 0; i < doc->tokens.n; i++) {
    dem_token *t = &doc->tokens.at[i];
    dem_name_label label = label_of(t->lemma);
    if (label == DEM_NAME_COUNT) {
      fprintf(stderr, "demarche train: %.*s: a kind of name that is not known\n", DEM_FMT(t->lemma));
      return false;
    }
    t->name = (uint8_t)label;
    t->name_begin = label != DEM_NAME_O && dem_str_starts(t->lemma, "B-");
  }
  return true;
}

bool dem_names_load(char **paths, int n, dem_data *data) {
  char *text = NULL;
  size_t len = 0;
  bool ok = true;
  for (int i = 0; ok && i < n; i++) {
    size_t size;
    char *bytes = dem_data_bytes(paths[i], &size);
    ok = bytes != NULL;
    if (ok) append_conllu((dem_str){bytes, size}, &text, &len);
    free(bytes);
  }
  ok = ok && dem_data_read((dem_str){text, len}, data) && settle_labels(data->doc);
  free(text);
  return ok;
}
