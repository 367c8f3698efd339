/* What class names say. A value like "article__body--main storyText" is cut into words at blanks, signs and capitals, and each
 * word, and each pair of words of one name, is looked up. The words are those that publishing systems use (WordPress, Drupal,
 * Arc, Blogger ...) and that the schema.org vocabulary has; own knowledge. Refuses: judging by place or content; html_choose does. */
#include "read/html_parts.h"

typedef struct word {
  const char *name; /* lower case; two words joined stand for a pair */
  uint32_t marks;
} word;

#define NAV DEM_MARK_NAV
#define SIDE DEM_MARK_SIDE
#define REL DEM_MARK_RELATED
#define PROMO DEM_MARK_PROMO
#define WIDGET DEM_MARK_WIDGET

// clang-format off
static const word words[] = { /* sorted by name */
  {"abstract", DEM_MARK_LEAD}, {"ad", DEM_MARK_AD}, {"adbox", DEM_MARK_AD}, {"ads", DEM_MARK_AD}, {"adsbygoogle", DEM_MARK_AD},
  {"adslot", DEM_MARK_AD}, {"adspot", DEM_MARK_AD}, {"advert", DEM_MARK_AD}, {"advertisement", DEM_MARK_AD},
  {"advertising", DEM_MARK_AD}, {"advertorial", DEM_MARK_AD}, {"alsoread", REL}, {"amazon", DEM_MARK_AD},
  {"articlebody", DEM_MARK_BODY}, {"articlecontent", DEM_MARK_BODY}, {"articlecopy", DEM_MARK_BODY},
  {"articlemain", DEM_MARK_CONTENT}, {"articles", 0}, {"articletext", DEM_MARK_BODY}, {"aside", SIDE},
  {"author", DEM_MARK_BYLINE}, {"authorbio", DEM_MARK_BIO}, {"authorbox", DEM_MARK_BIO}, {"authorcard", DEM_MARK_BIO},
  {"authorinfo", DEM_MARK_BYLINE}, {"authors", DEM_MARK_BYLINE}, {"banner", DEM_MARK_AD}, {"bannercontent", 0},
  {"bio", DEM_MARK_BIO}, {"biography", 0}, {"blogroll", SIDE}, {"bodycontent", DEM_MARK_BODY}, {"bodycopy", DEM_MARK_BODY},
  {"bodytext", DEM_MARK_BODY}, {"breadcrumb", NAV}, {"breadcrumbs", NAV}, {"byline", DEM_MARK_BYLINE},
  {"bylines", DEM_MARK_BYLINE}, {"caption", DEM_MARK_CAPTION}, {"captions", DEM_MARK_CAPTION}, {"categories", DEM_MARK_TAGS},
  {"catlinks", DEM_MARK_TAGS}, {"comment", DEM_MARK_COMMENT}, {"commentlist", DEM_MARK_COMMENT}, {"comments", DEM_MARK_COMMENT},
  {"commentscount", DEM_MARK_SHARE}, {"consent", PROMO}, {"contentbody", DEM_MARK_BODY}, {"contentinfo", DEM_MARK_FOOTER},
  {"cookie", PROMO}, {"cookies", PROMO}, {"copyright", DEM_MARK_FOOTER}, {"credit", DEM_MARK_CREDIT},
  {"credits", DEM_MARK_CREDIT}, {"crumbs", NAV}, {"cta", PROMO}, {"date", DEM_MARK_DATE}, {"dateline", 0},
  {"datepublished", DEM_MARK_DATE}, {"datetime", DEM_MARK_DATE}, {"dek", DEM_MARK_LEAD}, {"disqus", DEM_MARK_COMMENT},
  {"donate", PROMO}, {"donation", PROMO}, {"dropdown", NAV}, {"entrybody", DEM_MARK_BODY}, {"entrycontent", DEM_MARK_BODY},
  {"entrymeta", DEM_MARK_BYLINE}, {"entrytags", DEM_MARK_TAGS}, {"entrytitle", DEM_MARK_TITLE},
  {"fbcomments", DEM_MARK_COMMENT}, {"featuredposts", REL}, {"figcaption", DEM_MARK_CAPTION}, {"followus", DEM_MARK_SHARE},
  {"foot", DEM_MARK_FOOTER}, {"footer", DEM_MARK_FOOTER}, {"footernav", NAV}, {"gdpr", PROMO},
  {"globalheader", DEM_MARK_HEADER}, {"hatnote", DEM_MARK_WIDGET}, {"headermeta", DEM_MARK_BYLINE},
  {"headline", DEM_MARK_TITLE}, {"hidden", 0}, {"imagecaption", DEM_MARK_CAPTION}, {"infobox", WIDGET}, {"jumbotron", 0},
  {"keywords", DEM_MARK_TAGS}, {"lead", DEM_MARK_LEAD}, {"leadtext", DEM_MARK_LEAD}, {"login", PROMO},
  {"mainarticle", DEM_MARK_CONTENT}, {"maincontent", DEM_MARK_CONTENT}, {"mastfoot", DEM_MARK_FOOTER},
  {"masthead", DEM_MARK_HEADER}, {"mediacaption", DEM_MARK_CAPTION}, {"menu", NAV}, {"menubar", NAV}, {"menus", NAV},
  {"metadata", DEM_MARK_BYLINE}, {"modal", PROMO}, {"morefrom", REL}, {"morestories", REL}, {"mostpopular", REL},
  {"mostread", REL}, {"moststories", REL}, {"mostviewed", REL}, {"mwbodytext", 0}, {"nav", NAV}, {"navbar", NAV},
  {"navbox", NAV}, {"navigation", NAV}, {"newsbody", DEM_MARK_BODY}, {"newsletter", PROMO}, {"newsletters", PROMO},
  {"newstext", DEM_MARK_BODY}, {"nocontent", WIDGET}, {"noprint", WIDGET}, {"outbrain", REL}, {"overlay", PROMO},
  {"pagefooter", DEM_MARK_FOOTER}, {"pager", NAV}, {"pagination", NAV}, {"paging", NAV}, {"paywall", PROMO},
  {"photocredit", DEM_MARK_CREDIT}, {"pingback", DEM_MARK_COMMENT}, {"player", WIDGET}, {"popular", REL}, {"popularposts", REL},
  {"popup", PROMO}, {"postbody", DEM_MARK_BODY}, {"postcontent", DEM_MARK_BODY}, {"postmeta", DEM_MARK_BYLINE},
  {"postnav", NAV}, {"posttags", DEM_MARK_TAGS}, {"posttext", DEM_MARK_BODY}, {"posttitle", DEM_MARK_TITLE}, {"print", WIDGET},
  {"printonly", DEM_MARK_HIDDEN}, {"promo", PROMO}, {"promos", PROMO}, {"promoted", DEM_MARK_AD}, {"promotion", PROMO},
  {"pubdate", DEM_MARK_DATE}, {"publishdate", DEM_MARK_DATE}, {"published", DEM_MARK_DATE}, {"rating", WIDGET},
  {"ratings", WIDGET}, {"readalso", REL}, {"readmore", REL}, {"readnext", REL}, {"recirc", REL}, {"recommendation", REL},
  {"recommendations", REL}, {"recommended", REL}, {"related", REL}, {"relatedarticles", REL}, {"relatedcontent", REL},
  {"relatedlinks", REL}, {"relatednews", REL}, {"relatedposts", REL}, {"relatedstories", REL}, {"reply", DEM_MARK_COMMENT},
  {"respond", DEM_MARK_COMMENT}, {"search", NAV}, {"share", DEM_MARK_SHARE}, {"shareaholic", DEM_MARK_SHARE},
  {"sharebar", DEM_MARK_SHARE}, {"sharedaddy", DEM_MARK_SHARE}, {"sharing", DEM_MARK_SHARE}, {"shoutbox", DEM_MARK_COMMENT},
  {"sidebar", SIDE}, {"sidecolumn", SIDE}, {"signin", PROMO}, {"signup", PROMO}, {"sitefooter", DEM_MARK_FOOTER},
  {"siteheader", DEM_MARK_HEADER}, {"skip", NAV}, {"skiplink", NAV}, {"skiplinks", NAV}, {"social", DEM_MARK_SHARE},
  {"socialmedia", DEM_MARK_SHARE}, {"socials", DEM_MARK_SHARE}, {"sponsor", DEM_MARK_AD}, {"sponsored", DEM_MARK_AD},
  {"sponsors", DEM_MARK_AD}, {"standfirst", DEM_MARK_LEAD}, {"storybody", DEM_MARK_BODY}, {"storycontent", DEM_MARK_BODY},
  {"storytext", DEM_MARK_BODY}, {"subheadline", DEM_MARK_LEAD}, {"submenu", NAV}, {"subscribe", PROMO}, {"subscription", PROMO},
  {"subtitle", DEM_MARK_LEAD}, {"taboola", REL}, {"tagcloud", DEM_MARK_TAGS}, {"taglist", DEM_MARK_TAGS},
  {"tags", DEM_MARK_TAGS}, {"timestamp", DEM_MARK_DATE}, {"title", DEM_MARK_TITLE},
  {"toc", NAV}, {"toolbar", WIDGET}, {"topbar", DEM_MARK_HEADER}, {"topics", DEM_MARK_TAGS}, {"trackback", DEM_MARK_COMMENT},
  {"trackbacks", DEM_MARK_COMMENT}, {"trending", REL}, {"tweet", 0}, {"upsell", PROMO}, {"userinfo", PROMO},
  {"viralbar", DEM_MARK_SHARE}, {"vote", WIDGET}, {"whatsapp", DEM_MARK_SHARE}, 
  {"wpcaption", DEM_MARK_CAPTION}, {"wysiwyg", DEM_MARK_BODY}, {"youmaylike", REL},
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

static uint32_t look_up(dem_str w) {
  size_t from = 0, to = sizeof words / sizeof words[0];
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    int order = dem_str_cmp(w, dem_str_of(words[middle].name));
    if (order == 0) return words[middle].marks;
    if (order < 0) to = middle;
    else from = middle + 1;
  }
  return 0;
}

/* One name, in lower case in `s`, its words ending at `ends`. */
static uint32_t marks_of_name(dem_str s, const uint8_t *ends, size_t n) {
  uint32_t marks = n > 2 ? look_up(s) : 0;
  for (size_t i = 0, from = 0; i < n; i++) {
    dem_str w = dem_str_sub(s, from, ends[i]), pair = dem_str_sub(s, from, i + 1 < n ? ends[i + 1] : from);
    dem_str next = dem_str_sub(s, ends[i], i + 1 < n ? ends[i + 1] : ends[i]);
    marks |= look_up(w) | look_up(pair);
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

uint32_t dem_html_marks(dem_str s) {
  uint32_t marks = 0;
  char name[64];
  uint8_t ends[16];
  size_t len, n;
  s = dem_str_sub(s, 0, 600);
  while (s.len) {
    size_t took = split(s, name, ends, &len, &n);
    if (n) marks |= marks_of_name((dem_str){name, len}, ends, n);
    s = dem_str_sub(s, took ? took : 1, s.len);
  }
  return marks;
}
