/* What class names say. A value like "article__body--main storyText" is cut into words at blanks, signs and capitals, and each
 * word, and each pair of words of one name, is looked up. The words are those that publishing systems use (WordPress, Drupal,
 * Arc, Blogger ...) and that the schema.org vocabulary has; own knowledge. Refuses: judging by place or content; html_choose does. */
#include "read/html_parts.h"

typedef struct word {
  const char *name; /* lower case; two words joined stand for a pair */
  uint8_t len;
  uint32_t marks;
} word;

#define W(name, marks)                                                                                                           \
  { (name), sizeof(name) - 1, (marks) }

#define NAV DEM_MARK_NAV
#define SIDE DEM_MARK_SIDE
#define REL DEM_MARK_RELATED
#define PROMO DEM_MARK_PROMO
#define WIDGET DEM_MARK_WIDGET

// clang-format off
static const word words[] = { /* sorted by name */
  W("abstract", DEM_MARK_LEAD), W("ad", DEM_MARK_AD), W("adbox", DEM_MARK_AD), W("ads", DEM_MARK_AD),
  W("adsbygoogle", DEM_MARK_AD), W("adslot", DEM_MARK_AD), W("adspot", DEM_MARK_AD), W("advert", DEM_MARK_AD),
  W("advertisement", DEM_MARK_AD), W("advertising", DEM_MARK_AD), W("advertorial", DEM_MARK_AD), W("alsoread", REL),
  W("amazon", DEM_MARK_AD), W("articlebody", DEM_MARK_BODY), W("articlecontent", DEM_MARK_BODY),
  W("articlecopy", DEM_MARK_BODY), W("articlemain", DEM_MARK_CONTENT), W("articletext", DEM_MARK_BODY), W("aside", SIDE),
  W("author", DEM_MARK_BYLINE), W("authorbio", DEM_MARK_BIO), W("authorbox", DEM_MARK_BIO), W("authorcard", DEM_MARK_BIO),
  W("authorinfo", DEM_MARK_BYLINE), W("authors", DEM_MARK_BYLINE), W("banner", DEM_MARK_AD), W("bio", DEM_MARK_BIO),
  W("blogroll", SIDE), W("bodycontent", DEM_MARK_BODY), W("bodycopy", DEM_MARK_BODY), W("bodytext", DEM_MARK_BODY),
  W("breadcrumb", NAV), W("breadcrumbs", NAV), W("byline", DEM_MARK_BYLINE), W("bylines", DEM_MARK_BYLINE),
  W("caption", DEM_MARK_CAPTION), W("captions", DEM_MARK_CAPTION), W("categories", DEM_MARK_TAGS), W("catlinks", DEM_MARK_TAGS),
  W("comment", DEM_MARK_COMMENT), W("commentlist", DEM_MARK_COMMENT), W("comments", DEM_MARK_COMMENT),
  W("commentscount", DEM_MARK_SHARE), W("consent", PROMO), W("contentbody", DEM_MARK_BODY), W("contentinfo", DEM_MARK_FOOTER),
  W("cookie", PROMO), W("cookies", PROMO), W("copyright", DEM_MARK_FOOTER), W("credit", DEM_MARK_CREDIT),
  W("credits", DEM_MARK_CREDIT), W("crumbs", NAV), W("cta", PROMO), W("date", DEM_MARK_DATE), W("datepublished", DEM_MARK_DATE),
  W("datetime", DEM_MARK_DATE), W("dek", DEM_MARK_LEAD), W("disqus", DEM_MARK_COMMENT), W("donate", PROMO),
  W("donation", PROMO), W("dropdown", NAV), W("entrybody", DEM_MARK_BODY), W("entrycontent", DEM_MARK_BODY),
  W("entrymeta", DEM_MARK_BYLINE), W("entrytags", DEM_MARK_TAGS), W("entrytitle", DEM_MARK_TITLE),
  W("fbcomments", DEM_MARK_COMMENT), W("featuredposts", REL), W("figcaption", DEM_MARK_CAPTION), W("followus", DEM_MARK_SHARE),
  W("foot", DEM_MARK_FOOTER), W("footer", DEM_MARK_FOOTER), W("footernav", NAV), W("gdpr", PROMO),
  W("globalheader", DEM_MARK_HEADER), W("hatnote", DEM_MARK_WIDGET), W("headermeta", DEM_MARK_BYLINE),
  W("headline", DEM_MARK_TITLE), W("imagecaption", DEM_MARK_CAPTION), W("infobox", WIDGET), W("keywords", DEM_MARK_TAGS),
  W("lead", DEM_MARK_LEAD), W("leadtext", DEM_MARK_LEAD), W("login", PROMO), W("mainarticle", DEM_MARK_CONTENT),
  W("maincontent", DEM_MARK_CONTENT), W("mastfoot", DEM_MARK_FOOTER), W("masthead", DEM_MARK_HEADER),
  W("mediacaption", DEM_MARK_CAPTION), W("menu", NAV), W("menubar", NAV), W("menus", NAV), W("metadata", DEM_MARK_BYLINE),
  W("modal", PROMO), W("morefrom", REL), W("morestories", REL), W("mostpopular", REL), W("mostread", REL),
  W("moststories", REL), W("mostviewed", REL), W("nav", NAV), W("navbar", NAV), W("navbox", NAV), W("navigation", NAV),
  W("newsbody", DEM_MARK_BODY), W("newsletter", PROMO), W("newsletters", PROMO), W("newstext", DEM_MARK_BODY),
  W("nocontent", WIDGET), W("noprint", WIDGET), W("outbrain", REL), W("overlay", PROMO), W("pagefooter", DEM_MARK_FOOTER),
  W("pager", NAV), W("pagination", NAV), W("paging", NAV), W("paywall", PROMO), W("photocredit", DEM_MARK_CREDIT),
  W("pingback", DEM_MARK_COMMENT), W("player", WIDGET), W("popular", REL), W("popularposts", REL), W("popup", PROMO),
  W("postbody", DEM_MARK_BODY), W("postcontent", DEM_MARK_BODY), W("postmeta", DEM_MARK_BYLINE), W("postnav", NAV),
  W("posttags", DEM_MARK_TAGS), W("posttext", DEM_MARK_BODY), W("posttitle", DEM_MARK_TITLE), W("print", WIDGET),
  W("printonly", DEM_MARK_HIDDEN), W("promo", PROMO), W("promos", PROMO), W("promoted", DEM_MARK_AD), W("promotion", PROMO),
  W("pubdate", DEM_MARK_DATE), W("publishdate", DEM_MARK_DATE), W("published", DEM_MARK_DATE), W("rating", WIDGET),
  W("ratings", WIDGET), W("readalso", REL), W("readmore", REL), W("readnext", REL), W("recirc", REL), W("recommendation", REL),
  W("recommendations", REL), W("recommended", REL), W("related", REL), W("relatedarticles", REL), W("relatedcontent", REL),
  W("relatedlinks", REL), W("relatednews", REL), W("relatedposts", REL), W("relatedstories", REL), W("reply", DEM_MARK_COMMENT),
  W("respond", DEM_MARK_COMMENT), W("search", NAV), W("share", DEM_MARK_SHARE), W("shareaholic", DEM_MARK_SHARE),
  W("sharebar", DEM_MARK_SHARE), W("sharedaddy", DEM_MARK_SHARE), W("sharing", DEM_MARK_SHARE), W("shoutbox", DEM_MARK_COMMENT),
  W("sidebar", SIDE), W("sidecolumn", SIDE), W("signin", PROMO), W("signup", PROMO), W("sitefooter", DEM_MARK_FOOTER),
  W("siteheader", DEM_MARK_HEADER), W("skip", NAV), W("skiplink", NAV), W("skiplinks", NAV), W("social", DEM_MARK_SHARE),
  W("socialmedia", DEM_MARK_SHARE), W("socials", DEM_MARK_SHARE), W("sponsor", DEM_MARK_AD), W("sponsored", DEM_MARK_AD),
  W("sponsors", DEM_MARK_AD), W("standfirst", DEM_MARK_LEAD), W("storybody", DEM_MARK_BODY), W("storycontent", DEM_MARK_BODY),
  W("storytext", DEM_MARK_BODY), W("subheadline", DEM_MARK_LEAD), W("submenu", NAV), W("subscribe", PROMO),
  W("subscription", PROMO), W("subtitle", DEM_MARK_LEAD), W("taboola", REL), W("tagcloud", DEM_MARK_TAGS),
  W("taglist", DEM_MARK_TAGS), W("tags", DEM_MARK_TAGS), W("timestamp", DEM_MARK_DATE), W("title", DEM_MARK_TITLE),
  W("toc", NAV), W("toolbar", WIDGET), W("topbar", DEM_MARK_HEADER), W("topics", DEM_MARK_TAGS),
  W("trackback", DEM_MARK_COMMENT), W("trackbacks", DEM_MARK_COMMENT), W("trending", REL), W("upsell", PROMO),
  W("userinfo", PROMO), W("viralbar", DEM_MARK_SHARE), W("vote", WIDGET), W("whatsapp", DEM_MARK_SHARE),
  W("wpcaption", DEM_MARK_CAPTION), W("wysiwyg", DEM_MARK_BODY), W("youmaylike", REL),
};
// clang-format on

static const char *const of_story[] = {"article", "story", "post", "entry", "news", "single",
                                       "main",    "blog",  "page", "text",  NULL};
static const char *const is_text[] = {"body", "content", "text", "copy", "container", "wrapper", "main", "detail", "full", NULL};

static bool among(dem_str w, const char *const *list) {
  for (; *list; list++)
    if (dem_str_is(w, *list)) return true;
  return false;
}

enum { WORDS = sizeof words / sizeof words[0] };

void dem_html_index_words(dem_html_index *x) {
  for (uint16_t i = 0; i < WORDS; i++) x->word_end[words[i].name[0] - 'a'] = (uint16_t)(i + 1);
  for (size_t c = 1; c < 26; c++)
    if (!x->word_end[c]) x->word_end[c] = x->word_end[c - 1];
}

static uint32_t look_up(const dem_html_index *x, dem_str w) {
  if (w.len < 2 || !dem_is_lower((unsigned char)w.data[0])) return 0;
  size_t c = (size_t)(w.data[0] - 'a');
  for (size_t i = c ? x->word_end[c - 1] : 0; i < x->word_end[c]; i++)
    if (words[i].len == w.len && memcmp(words[i].name, w.data, w.len) == 0) return words[i].marks;
  return 0;
}

/* One name, in lower case in `s`, its words ending at `ends`. */
static uint32_t marks_of_name(const dem_html_index *x, dem_str s, const uint8_t *ends, size_t n) {
  uint32_t marks = n > 2 ? look_up(x, s) : 0;
  for (size_t i = 0, from = 0; i < n; i++) {
    dem_str w = dem_str_sub(s, from, ends[i]), pair = dem_str_sub(s, from, i + 1 < n ? ends[i + 1] : from);
    dem_str next = dem_str_sub(s, ends[i], i + 1 < n ? ends[i + 1] : ends[i]);
    marks |= look_up(x, w) | look_up(x, pair);
    if (among(w, of_story) && among(next, is_text)) marks |= DEM_MARK_CONTENT;
    if (i == 0 && n == 1 &&
        (dem_str_is(w, "content") || dem_str_is(w, "article") || dem_str_is(w, "post") || dem_str_is(w, "entry") ||
         dem_str_is(w, "story") || dem_str_is(w, "main")))
      marks |= DEM_MARK_CONTENT;
    from = ends[i];
  }
  return marks;
}

static bool is_name_sign(char c) { return !dem_is_space((unsigned char)c) && c != ','; }

/* Lower-case letters and digits of one name to `out`, the ends of its words to `ends`; returns the bytes of the name passed. */
static size_t split(dem_str s, char out[64], uint8_t ends[16], size_t *len, size_t *n) {
  size_t i = 0;
  bool lower_before = false;
  *len = *n = 0;
  for (; i < s.len && is_name_sign(s.data[i]); i++) {
    unsigned char c = (unsigned char)s.data[i];
    bool letter = dem_is_alpha(c) || dem_is_digit(c), start = !letter || (dem_is_upper(c) && lower_before);
    if (start && *len && *n < 16 && (*n == 0 || ends[*n - 1] < *len)) ends[(*n)++] = (uint8_t)*len;
    if (letter && *len < 64) out[(*len)++] = (char)dem_lower(c);
    lower_before = letter && !dem_is_upper(c);
  }
  if (*len && *n < 16 && (*n == 0 || ends[*n - 1] < *len)) ends[(*n)++] = (uint8_t)*len;
  return i;
}

uint32_t dem_html_marks(const dem_html_index *x, dem_str s) {
  uint32_t marks = 0;
  char name[64];
  uint8_t ends[16];
  size_t len, n;
  s = dem_str_sub(s, 0, 600);
  while (s.len) {
    size_t took = split(s, name, ends, &len, &n);
    if (n) marks |= marks_of_name(x, (dem_str){name, len}, ends, n);
    s = dem_str_sub(s, took ? took : 1, s.len);
  }
  return marks;
}
