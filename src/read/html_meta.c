/* What a page says of itself: JSON-LD (schema.org), OpenGraph and other <meta> names, <time>, <link rel=canonical>, <title>, and
 * where these are silent its headings and the lines marked as date or byline. The first source in the order of trust that gives a
 * value wins; the order for each field stands in its table. Invariant: fields are single, clean lines. Refuses: dates of comments
 * and of related pages, which stand in elements marked so. */
#include "base/json.h"
#include "base/utf8.h"
#include "read/html_parts.h"

enum { LD_DEPTH = 6, FIELD = 400 };

typedef struct linked {
  dem_str headline, published, updated, author, publisher, url, language, genre, section;
  bool article; /* from an object whose type says so */
} linked;

static dem_str line_of(dem_doc *doc, dem_str s) { /* decoded text as one clean line */
  s = dem_read_clean(&doc->arena, dem_str_sub(s, 0, 4 * FIELD));
  dem_lines lines = dem_read_lines(&doc->arena, s);
  dem_str out = {NULL, 0};
  for (uint32_t i = 0; i < lines.n; i++)
    out = out.len ? dem_str_format(&doc->arena, "%.*s %.*s", DEM_FMT(out), DEM_FMT(lines.at[i].text)) : lines.at[i].text;
  return dem_read_start(out, FIELD);
}

/* ---- JSON-LD ---- */

static dem_str text_of(const dem_jnode *v) { /* a string, or the name or @id of an object, or the first of a list */
  for (int depth = 0; v && depth < LD_DEPTH; depth++) {
    if (v->kind == 's' || v->kind == 'n') return v->value;
    if (v->kind == '[') v = v->kid;
    else if (v->kind == '{') v = dem_json_get(v, "name") ? dem_json_get(v, "name") : dem_json_get(v, "@id");
    else break;
  }
  return (dem_str){NULL, 0};
}

static dem_str names_of(dem_arena *arena, const dem_jnode *v) {
  dem_str out = {NULL, 0};
  if (!v || v->kind != '[') return text_of(v);
  int most = 10;
  for (const dem_jnode *one = v->kid; one && most--; one = one->next) {
    dem_str name = text_of(one);
    if (name.len) out = out.len ? dem_str_format(arena, "%.*s; %.*s", DEM_FMT(out), DEM_FMT(name)) : name;
  }
  return out;
}

static bool is_article_type(dem_str type) {
  static const char *const tails[] = {"Article", "Posting", "Report", "article", NULL};
  for (size_t i = 0; tails[i]; i++)
    if (dem_str_ends(type, tails[i])) return true;
  return dem_str_starts(type, "Report") || dem_str_is(type, "CreativeWork") || dem_str_starts(type, "Review");
}

static bool is_article(const dem_jnode *v) {
  const dem_jnode *type = dem_json_get(v, "@type");
  if (type && type->kind == '[') type = type->kid;
  for (; type; type = type->next)
    if (is_article_type(text_of(type))) return true;
  return false;
}

static void take_first(dem_str *slot, dem_str value) {
  if (!slot->len) *slot = value;
}

static void take_object(dem_arena *arena, const dem_jnode *v, linked *ld) {
  bool article = is_article(v), dated = dem_json_get(v, "datePublished") != NULL;
  if (!article && (!dated || ld->article)) return;
  if (article && !ld->article) *ld = (linked){.article = true};
  take_first(&ld->headline, text_of(dem_json_get(v, "headline")));
  take_first(&ld->published, text_of(dem_json_get(v, "datePublished")));
  take_first(&ld->updated, text_of(dem_json_get(v, "dateModified")));
  take_first(&ld->author, names_of(arena, dem_json_get(v, "author")));
  take_first(&ld->publisher, text_of(dem_json_get(v, "publisher")));
  take_first(&ld->language, text_of(dem_json_get(v, "inLanguage")));
  const dem_jnode *main = dem_json_get(v, "mainEntityOfPage");
  take_first(&ld->url, main && main->kind == 's' ? main->value : text_of(dem_json_get(v, "url")));
  take_first(&ld->section, text_of(dem_json_get(v, "articleSection")));
  const dem_jnode *type = dem_json_get(v, "@type");
  take_first(&ld->genre, text_of(type));
}

static void walk(dem_arena *arena, const dem_jnode *v, linked *ld, int depth) {
  if (!v || depth == 0) return;
  if (v->kind == '{') take_object(arena, v, ld);
  for (const dem_jnode *kid = v->kid; kid; kid = kid->next)
    if (kid->kind == '[' ||
        (kid->kind == '{' && (v->kind == '[' || dem_str_is(kid->key, "@graph") || dem_str_is(kid->key, "mainEntity"))))
      walk(arena, kid, ld, depth - 1);
}

/* In a script that is no JSON (raw line ends, stray commas): the first string under the key. */
static dem_str scan_key(dem_str text, const char *quoted_key) {
  size_t at = dem_str_find(text, dem_str_of(quoted_key), 0);
  if (at == SIZE_MAX) return (dem_str){NULL, 0};
  dem_str rest = dem_str_trim(dem_str_sub(text, at + strlen(quoted_key), at + 4 * FIELD));
  if (!rest.len || rest.data[0] != ':') return (dem_str){NULL, 0};
  rest = dem_str_trim(dem_str_sub(rest, 1, rest.len));
  if (!rest.len || rest.data[0] != '"') return (dem_str){NULL, 0};
  size_t end = 1;
  while (end < rest.len && rest.data[end] != '"') end += rest.data[end] == '\\' ? 2 : 1;
  return end < rest.len ? dem_str_sub(rest, 1, end) : (dem_str){NULL, 0};
}

/* Outside strings only white space may stand raw; many pages have line ends inside strings. */
static dem_str mend_json(dem_arena *arena, dem_str s) {
  char *out = dem_arena_push(arena, s.len + 1);
  for (size_t i = 0; i < s.len; i++) out[i] = (unsigned char)s.data[i] < 0x20 ? ' ' : s.data[i];
  dem_str mended = dem_str_trim((dem_str){out, s.len});
  while (mended.len && mended.data[mended.len - 1] == ';') mended = dem_str_trim(dem_str_sub(mended, 0, mended.len - 1));
  return mended;
}

static void read_linked(dem_html_page *p, linked *ld) {
  dem_arena *arena = &p->doc->arena;
  dem_str why;
  for (uint32_t i = 0; i < p->metas.n; i++) {
    if (p->metas.at[i].kind != DEM_META_LD) continue;
    dem_str text = mend_json(arena, p->metas.at[i].value);
    const dem_jnode *tree = dem_json_tree(arena, text, &why);
    if (tree) walk(arena, tree, ld, LD_DEPTH);
    if (tree || ld->article) continue;
    take_first(&ld->headline, scan_key(text, "\"headline\""));
    take_first(&ld->published, scan_key(text, "\"datePublished\""));
    take_first(&ld->updated, scan_key(text, "\"dateModified\""));
  }
}

/* ---- <meta> ---- */

static dem_str find_meta(const dem_html_page *p, dem_html_meta_kind kind, const char *name) {
  for (uint32_t i = 0; i < p->metas.n; i++)
    if (p->metas.at[i].kind == kind && dem_str_is(p->metas.at[i].name, name)) return p->metas.at[i].value;
  return (dem_str){NULL, 0};
}

static dem_str first_meta(const dem_html_page *p, const char *const *names) {
  for (; *names; names++) {
    dem_str value = find_meta(p, DEM_META_NAME, *names);
    if (value.len) return value;
  }
  return (dem_str){NULL, 0};
}

/* ---- headline ---- */

static uint32_t words_of(dem_str s) {
  uint32_t n = 0;
  for (size_t i = 0; i < s.len; i++) n += s.data[i] != ' ' && (i == 0 || s.data[i - 1] == ' ');
  return n;
}

/* What stands before or behind the last " | " or dash of a <title> may be the site's name. */
static dem_str without_site(dem_doc *doc, dem_str title) {
  static const char *const signs[] = {" | ",  " - ",        " \xE2\x80\x93 ", " \xE2\x80\x94 ", " \xC2\xBB ",
                                      " :: ", " \xC2\xB7 ", " \xE2\x80\xA2 ", " // ",           " / "};
  for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++) {
    dem_str sign = dem_str_of(signs[i]);
    size_t at = SIZE_MAX;
    for (size_t next = 0; (next = dem_str_find(title, sign, next)) != SIZE_MAX; next += sign.len) at = next;
    if (at == SIZE_MAX) continue;
    dem_str head = dem_str_trim(dem_str_sub(title, 0, at)), tail = dem_str_trim(dem_str_sub(title, at + sign.len, title.len));
    size_t first = dem_str_find(title, sign, 0);
    dem_str start = dem_str_trim(dem_str_sub(title, 0, first));
    if (doc->publisher.len && dem_str_eq(dem_norm(&doc->arena, start), dem_norm(&doc->arena, doc->publisher)))
      return dem_str_trim(dem_str_sub(title, first + sign.len, title.len));
    bool site = doc->publisher.len && dem_str_eq(dem_norm(&doc->arena, tail), dem_norm(&doc->arena, doc->publisher));
    if (site || (words_of(head) >= 2 && words_of(tail) <= 5 && words_of(head) >= words_of(tail)))
      return i == 0 ? without_site(doc, head) : head;
  }
  return title;
}

/* How many of the words of `a` are in `b`, per mille; both normal. */
static uint32_t likeness(dem_str a, dem_str b) {
  uint32_t all = 0, shared = 0;
  while (a.len) {
    dem_str w = dem_str_cut(&a, ' ');
    if (!w.len) continue;
    all++;
    shared += dem_str_find(b, w, 0) != SIZE_MAX;
  }
  return all ? shared * 1000 / all : 0;
}

/* The heading that says what the page's head says; of several the likest, the first of equals. */
static dem_str matching_heading(dem_html_page *p, dem_str title) {
  dem_arena *arena = &p->doc->arena;
  dem_str best = {NULL, 0}, norm = dem_norm(arena, title);
  uint32_t best_score = 650, looked = 0;
  for (uint32_t i = 0; i < p->blocks.n && looked < 40; i++) {
    const dem_html_block *b = &p->blocks.at[i];
    const dem_html_element *e = &p->elements.at[b->element];
    bool heading = e->tag == DEM_TAG_H1 || ((e->tag == DEM_TAG_H2 || (e->marks & DEM_MARK_TITLE)) && b->text.len < 300);
    if (!heading || b->text.len > FIELD) continue;
    looked++;
    dem_str here = dem_norm(arena, line_of(p->doc, b->text));
    uint32_t there = likeness(norm, here), back = likeness(here, norm), score = there < back ? there : back;
    if (e->tag == DEM_TAG_H1) score = score > 300 ? score + (back == 1000 ? 400 : 100) : score;
    if (score > best_score) best_score = score, best = line_of(p->doc, b->text);
  }
  return best;
}

/* The heading that stands over the story: the last <h1> before its first sentences, failing that the last <h2> or <h3>, or line
 * marked as title, close before them. */
static dem_str heading_over_story(dem_html_page *p, bool *h1) {
  const dem_html_element *story = &p->elements.at[p->story];
  dem_str best = {NULL, 0};
  *h1 = false;
  for (uint32_t i = 0; i < p->blocks.n && i < story->last; i++) {
    const dem_html_block *b = &p->blocks.at[i];
    const dem_html_element *e = &p->elements.at[b->element];
    if (i >= story->first && b->weight > 100) break;
    if (b->text.len > FIELD || b->text.len < 4 || (e->bad & ~(uint32_t)(DEM_MARK_HEADER | DEM_MARK_BYLINE))) continue;
    bool first = e->tag == DEM_TAG_H1;
    bool lesser = (e->tag == DEM_TAG_H2 || e->tag == DEM_TAG_H3 || (e->marks & DEM_MARK_TITLE)) && !*h1 && i + 12 > story->first;
    if (first || lesser) best = b->text, *h1 |= first;
  }
  return best.len ? line_of(p->doc, best) : best;
}

/* What <title> says when it is the site's name: no more than the publisher or the link's host. */
static bool is_site_name(dem_doc *doc, dem_str title) {
  dem_str norm = dem_norm(&doc->arena, title), host = dem_str_sub(dem_norm(&doc->arena, doc->url), 0, 80);
  if (doc->publisher.len && dem_str_find(dem_norm(&doc->arena, doc->publisher), norm, 0) != SIZE_MAX) return true;
  return words_of(norm) <= 2 && (!host.len || dem_str_find(host, norm, 0) != SIZE_MAX);
}

static void read_headline(dem_html_page *p, const linked *ld) {
  static const char *const names[] = {"og:title", "twitter:title", "title", "dc.title", "parsely-title", "sailthru.title", NULL};
  dem_doc *doc = p->doc;
  dem_str title = line_of(doc, find_meta(p, DEM_META_TITLE, "title")), meta = line_of(doc, first_meta(p, names));
  dem_str headline = line_of(doc, ld->headline), best = meta.len ? meta : headline.len ? headline : title;
  dem_str heading = matching_heading(p, best);
  if (!heading.len && title.len && !dem_str_eq(title, best)) heading = matching_heading(p, title);
  bool h1, said = meta.len || headline.len;
  dem_str over = heading.len ? heading : heading_over_story(p, &h1);
  if (!heading.len && over.len) {
    dem_str norm = dem_norm(&doc->arena, over);
    uint32_t shared = likeness(norm, dem_norm(&doc->arena, best)) + likeness(norm, dem_norm(&doc->arena, title));
    bool better = said ? h1 && words_of(over) > 3 && shared >= 200 : h1 || is_site_name(doc, title);
    if (better || (best.len && is_site_name(doc, best))) heading = over;
  }
  dem_str bare = without_site(doc, best);
  bool more = words_of(bare) >= 3 && heading.len > bare.len &&
              dem_str_find(dem_norm(&doc->arena, heading), dem_norm(&doc->arena, bare), 0) != SIZE_MAX;
  if (heading.len) doc->headline = more ? bare : heading; /* a heading may hold a kicker or a second line too */
  else if (headline.len && !meta.len) doc->headline = headline;
  else doc->headline = bare;
}

/* ---- dates ---- */

static bool try_published(dem_doc *doc, dem_str s) {
  s = dem_str_trim(line_of(doc, s));
  return s.len && dem_read_published(doc, s);
}

/* A date with a year that begins at a word of the first bytes of a line: "Posted on May 3, 2020 by ...". */
static bool try_line(dem_doc *doc, dem_str s) {
  dem_date_found f;
  s = line_of(doc, dem_str_sub(s, 0, 200));
  for (size_t i = 0; i < s.len && i < 120; i++) {
    bool start = i == 0 || !(dem_is_alpha((unsigned char)s.data[i - 1]) || dem_is_digit((unsigned char)s.data[i - 1]));
    dem_str rest = dem_str_sub(s, i, s.len);
    if (start && dem_read_date(rest, &f) && f.year >= 1990 && f.year < 2100) return dem_read_published(doc, rest);
  }
  return false;
}

static bool date_from_times(dem_html_page *p, bool published_only) {
  for (uint32_t i = 0; i < p->metas.n; i++) {
    const dem_html_meta *m = &p->metas.at[i];
    if (m->kind != DEM_META_TIME || dem_str_find(m->name, DEM_S("modified"), 0) != SIZE_MAX ||
        dem_str_find(m->name, DEM_S("updated"), 0) != SIZE_MAX)
      continue;
    bool says_so = dem_str_find(m->name, DEM_S("publi"), 0) != SIZE_MAX ||
                   dem_str_find(m->name, DEM_S("created"), 0) != SIZE_MAX ||
                   dem_str_find(m->name, DEM_S("pubdate"), 0) != SIZE_MAX || dem_str_find(m->name, DEM_S("entry"), 0) != SIZE_MAX;
    if ((says_so || !published_only) && try_published(p->doc, m->value)) return true;
  }
  return false;
}

static bool date_from_blocks(dem_html_page *p) {
  for (uint32_t i = 0; i < p->blocks.n; i++) {
    const dem_html_block *b = &p->blocks.at[i];
    const dem_html_element *e = &p->elements.at[b->element];
    uint32_t marks = b->marks | e->marks | (e->parent != DEM_NONE ? p->elements.at[e->parent].marks : 0);
    if ((marks & (DEM_MARK_DATE | DEM_MARK_BYLINE)) && !(marks & (DEM_MARK_COMMENT | DEM_MARK_RELATED | DEM_MARK_FOOTER)) &&
        b->text.len < 400 && try_line(p->doc, b->text))
      return true;
  }
  return false;
}

/* The first short line, in the page's first part, that begins with a date or holds one. */
static bool date_from_text(dem_html_page *p) {
  for (uint32_t i = 0; i < p->blocks.n && i < 200; i++)
    if (p->blocks.at[i].text.len < 80 && try_line(p->doc, p->blocks.at[i].text)) return true;
  return false;
}

/* A time in UTC can be of the day after or before the paper's own; the link has that. */
static void prefer_local_day(dem_doc *doc) {
  bool utc = dem_str_ends(doc->published, "Z") || dem_str_ends(doc->published, "+00:00") || dem_str_ends(doc->published, "+0000");
  dem_day day;
  if (!utc || !dem_read_day_in_url(doc->url, &day) || day == doc->published_day) return;
  if (day + 1 != doc->published_day && day - 1 != doc->published_day) return;
  dem_doc_note(doc, "date-from-url",
               dem_str_format(&doc->arena, "the page was published at %.*s; its link has the local day", DEM_FMT(doc->published)),
               (dem_span){0, 0});
  doc->published_day = day;
  doc->published = dem_day_format(&doc->arena, day);
}

static void read_published(dem_html_page *p, const linked *ld) {
  static const char *const names[] = {"article:published_time",
                                      "og:published_time",
                                      "datepublished",
                                      "og:article:published_time",
                                      "article:published",
                                      "parsely-pub-date",
                                      "sailthru.date",
                                      "pubdate",
                                      "publishdate",
                                      "publish-date",
                                      "publish_date",
                                      "publication_date",
                                      "date.published",
                                      "published_time",
                                      "published-date",
                                      "displaydate",
                                      "cxenseparse:recs:publishtime",
                                      "dcterms.created",
                                      "dc.date.issued",
                                      "dcterms.date",
                                      "dc.date.created",
                                      "dcterms.issued",
                                      "dc.date",
                                      "article_date_original",
                                      "originalpublicationdate",
                                      "article.published",
                                      "bt:pubdate",
                                      "citation_date",
                                      "citation_publication_date",
                                      "date",
                                      "created",
                                      "release_date",
                                      NULL};
  dem_doc *doc = p->doc;
  for (const char *const *name = names; *name && !doc->published.len; name++)
    try_published(doc, find_meta(p, DEM_META_NAME, *name));
  if (doc->published.len || try_published(doc, ld->published)) {
    prefer_local_day(doc);
    return;
  }
  if (date_from_times(p, true)) return;
  if (dem_read_url_date(doc)) return;
  if (date_from_times(p, false) || date_from_blocks(p) || date_from_text(p)) return;
}

static void read_updated(dem_html_page *p, const linked *ld) {
  static const char *const names[] = {
      "article:modified_time", "og:updated_time", "datemodified", "last-modified", "dcterms.modified", "lastmod", NULL};
  dem_str value = ld->updated.len ? ld->updated : first_meta(p, names);
  if (value.len) dem_read_updated(p->doc, line_of(p->doc, value));
}

/* ---- byline, publisher, link, language ---- */

static dem_str without_by(dem_str s) {
  if (s.len > 3 && dem_str_is_nocase(dem_str_sub(s, 0, 3), "by ")) return dem_str_trim(dem_str_sub(s, 3, s.len));
  if (s.len > 3 && dem_str_is_nocase(dem_str_sub(s, 0, 3), "by:")) return dem_str_trim(dem_str_sub(s, 3, s.len));
  return s;
}

static dem_str byline_from_blocks(dem_html_page *p) {
  for (uint32_t i = 0; i < p->blocks.n; i++) {
    const dem_html_block *b = &p->blocks.at[i];
    const dem_html_element *e = &p->elements.at[b->element];
    dem_str names, line;
    if (b->text.len > 120 || ((b->marks | e->marks) & DEM_MARKS_BAD)) continue;
    line = line_of(p->doc, b->text);
    if (dem_read_byline(line, &names)) return names;
    if (((b->marks | e->marks) & DEM_MARK_BYLINE) && line.len < 60 && words_of(line) > 1 && words_of(line) < 7) return line;
  }
  return (dem_str){NULL, 0};
}

static void read_byline(dem_html_page *p, const linked *ld) {
  static const char *const names[] = {
      "author",          "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "byl",
      "citation_author", "article.author", NULL};
  dem_doc *doc = p->doc;
  dem_str byline = without_by(line_of(doc, ld->author)), agency;
  for (const char *const *name = names; *name && !byline.len; name++) {
    dem_str value = line_of(doc, find_meta(p, DEM_META_NAME, *name));
    if (value.len && !dem_read_is_url(value) && value.len < 150) byline = without_by(value);
  }
  if (!byline.len || dem_read_is_url(byline)) byline = byline_from_blocks(p);
  doc->byline = byline;
  if (dem_read_agency_in(byline, &agency)) doc->agency = agency;
}

/* "https://web.archive.org/web/20160218174457/http://...": the page that was kept. */
static dem_str without_archive(dem_str url) {
  size_t at = dem_str_find(url, DEM_S("web.archive.org/web/"), 0);
  if (at == SIZE_MAX || at > 10) return url;
  size_t inner = dem_str_find(url, DEM_S("/http"), at + 20);
  return inner == SIZE_MAX ? url : dem_str_sub(url, inner + 1, url.len);
}

static void read_site(dem_html_page *p, const linked *ld) {
  static const char *const sites[] = {"og:site_name", "application-name", "dc.publisher", "dcterms.publisher", NULL};
  static const char *const urls[] = {"og:url", "twitter:url", NULL};
  dem_doc *doc = p->doc;
  doc->publisher = line_of(doc, first_meta(p, sites));
  if (!doc->publisher.len) doc->publisher = line_of(doc, ld->publisher);
  dem_str canonical = find_meta(p, DEM_META_LINK, "canonical"), og = first_meta(p, urls);
  dem_str url = dem_read_is_url(canonical) ? canonical : dem_read_is_url(og) ? og : ld->url;
  url = without_archive(line_of(doc, url));
  if (dem_read_is_url(url)) doc->url = url;
  if (ld->language.len) p->language = ld->language;
}

void dem_html_meta_fields(dem_html_page *p) {
  linked ld = {0};
  read_linked(p, &ld);
  read_site(p, &ld);
  read_headline(p, &ld);
  read_published(p, &ld);
  read_updated(p, &ld);
  read_byline(p, &ld);
  dem_str section = line_of(p->doc, ld.section.len ? ld.section : find_meta(p, DEM_META_NAME, "article:section"));
  dem_read_wire_genre(p->doc, section);
  if (dem_str_starts(ld.genre, "Opinion")) p->doc->genre = DEM_S("opinion");
  if (dem_str_starts(ld.genre, "Analysis")) p->doc->genre = DEM_S("analysis");
}
