/* Is it English? What the dispatch declares counts for texts too short to tell; otherwise its own small words decide, which make a
 * third of any English text and hardly occur in others, and its script. A dispatch in another language is kept and noted, and not
 * coded: coding it would make events out of chance. Words: own knowledge of the commonest of each language. */
#include "base/utf8.h"
#include "read/parts.h"

enum { WINDOW = 16 << 10, FEW_WORDS = 20 }; /* bytes looked at; words that are too few to tell */

/* In the order of the bits below. */
static const char *const tongues[] = {"en", "fr", "es", "pt", "it", "de", "nl", "pl", "sv", "tr", "id"};
enum { TONGUES = sizeof tongues / sizeof tongues[0] };

typedef struct small_word {
  const char *word;
  uint8_t len;
  uint16_t in; /* a bit for each language it is common in */
} small_word;

#define W(word, in)                                                                                                              \
  { (word), sizeof(word) - 1, (in) }
// clang-format off
static const small_word small_words[] = { /* sorted, bytewise */
    W("a", 0xB), W("aan", 0x40), W("after", 0x1), W("akan", 0x400), W("al", 0x14), W("ale", 0x80), W("als", 0x60),
    W("an", 0x21), W("anche", 0x10), W("and", 0x1), W("ao", 0x8), W("are", 0x1), W("as", 0x9), W("at", 0x1), W("att", 0x100),
    W("au", 0x2), W("auch", 0x20), W("auf", 0x20), W("aus", 0x20), W("aux", 0x2), W("av", 0x100), W("avec", 0x2),
    W("be", 0x1), W("been", 0x1), W("bei", 0x20), W("bij", 0x40), W("bir", 0x200), W("bu", 0x200), W("but", 0x1),
    W("by", 0x1), W("ce", 0x2), W("cette", 0x2), W("che", 0x10), W("co", 0x80), W("com", 0x8), W("come", 0x10),
    W("como", 0xC), W("con", 0x14), W("da", 0x218), W("daha", 0x200), W("dalam", 0x400), W("dan", 0x400), W("dans", 0x2),
    W("dari", 0x400), W("das", 0x28), W("dass", 0x20), W("dat", 0x40), W("de", 0x34E), W("del", 0x14), W("della", 0x10),
    W("dem", 0x20), W("den", 0x120), W("dengan", 0x400), W("der", 0x20), W("des", 0x22), W("det", 0x100), W("di", 0x410),
    W("die", 0x20), W("dla", 0x80), W("do", 0x88), W("door", 0x40), W("dos", 0x8), W("du", 0x2), W("e", 0x18), W("een", 0x40),
    W("ein", 0x20), W("eine", 0x20), W("el", 0x4), W("elle", 0x2), W("em", 0x8), W("en", 0x346), W("er", 0x60), W("es", 0x24),
    W("est", 0x2), W("esta", 0x4), W("este", 0x4), W("et", 0x2), W("ett", 0x100), W("foi", 0x8), W("for", 0x1),
    W("from", 0x1), W("fue", 0x4), W("f\xC3\xB6r", 0x100), W("f\xC3\xBCr", 0x20), W("gibi", 0x200), W("gli", 0x10),
    W("ha", 0x14), W("had", 0x1), W("har", 0x100), W("has", 0x1), W("hat", 0x20), W("have", 0x1), W("he", 0x1),
    W("heeft", 0x40), W("het", 0x40), W("hij", 0x40), W("his", 0x1), W("i", 0x190), W("il", 0x12), W("ile", 0x200),
    W("im", 0x20), W("in", 0x71), W("ini", 0x400), W("inte", 0x100), W("is", 0x41), W("ist", 0x20), W("it", 0x1),
    W("its", 0x1), W("itu", 0x400), W("i\xC3\xA7in", 0x200), W("jak", 0x80), W("jest", 0x80), W("juga", 0x400),
    W("kadar", 0x200), W("ke", 0x400), W("la", 0x16), W("las", 0x4), W("le", 0x12), W("les", 0x2), W("lo", 0x14),
    W("los", 0x4), W("mais", 0xA), W("med", 0x100), W("met", 0x40), W("mit", 0x20), W("m\xC3\xA1s", 0x4), W("na", 0x88),
    W("naar", 0x40), W("nach", 0x20), W("nel", 0x10), W("nicht", 0x20), W("nie", 0x80), W("niet", 0x40), W("no", 0xC),
    W("non", 0x10), W("not", 0x1), W("nous", 0x2), W("n\xC3\xA3o", 0x8), W("o", 0x8C), W("och", 0x100), W("od", 0x80),
    W("of", 0x1), W("olan", 0x200), W("olarak", 0x200), W("oleh", 0x400), W("om", 0x140), W("on", 0x1), W("ont", 0x2),
    W("ook", 0x40), W("op", 0x40), W("or", 0x1), W("oraz", 0x80), W("os", 0x8), W("pada", 0x400), W("par", 0x2),
    W("para", 0xC), W("pas", 0x2), W("per", 0x10), W("pero", 0x4), W("pi\xC3\xB9", 0x10), W("plus", 0x2), W("po", 0x80),
    W("por", 0xC), W("pour", 0x2), W("przez", 0x80), W("p\xC3\xA5", 0x100), W("que", 0xE), W("qui", 0x2), W("said", 0x1),
    W("se", 0xE), W("ses", 0x2), W("seu", 0x8), W("si", 0x10), W("sich", 0x20), W("sie", 0x20), W("si\xC4\x99", 0x80),
    W("som", 0x100), W("son", 0x2), W("sono", 0x10), W("sonra", 0x200), W("sont", 0x2), W("su", 0x4), W("sua", 0x8),
    W("sur", 0x2), W("sus", 0x4), W("s\xC3\xA3o", 0x8), W("te", 0x40), W("telah", 0x400), W("that", 0x1), W("the", 0x1),
    W("their", 0x1), W("they", 0x1), W("this", 0x1), W("tidak", 0x400), W("till", 0x100), W("to", 0x81), W("uit", 0x40),
    W("um", 0x8), W("uma", 0x8), W("un", 0x16), W("una", 0x14), W("und", 0x20), W("une", 0x2), W("untuk", 0x400),
    W("van", 0x40), W("var", 0x100), W("ve", 0x200), W("von", 0x20), W("voor", 0x40), W("w", 0x80), W("was", 0x1),
    W("werden", 0x20), W("were", 0x1), W("which", 0x1), W("who", 0x1), W("will", 0x1), W("wird", 0x20), W("with", 0x1),
    W("would", 0x1), W("y", 0x4), W("yang", 0x400), W("z", 0x80), W("za", 0x80), W("ze", 0x40), W("zijn", 0x40),
    W("zu", 0x20), W("\xC3\xA4r", 0x100), W("\xC3\xA7ok", 0x200), W("\xC3\xA8", 0x10), W("\xC5\xBC" "e", 0x80),
};
// clang-format on

static uint16_t look_up(dem_str w) {
  size_t from = 0, to = sizeof small_words / sizeof small_words[0];
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    const small_word *m = &small_words[middle];
    size_t shared = w.len < m->len ? w.len : m->len;
    int order = memcmp(w.data, m->word, shared);
    if (order == 0) order = w.len < m->len ? -1 : w.len > m->len;
    if (order == 0) return m->in;
    if (order < 0) to = middle;
    else from = middle + 1;
  }
  return 0;
}

typedef struct count {
  uint32_t words, hits[TONGUES], letters, foreign_letters;
} count;

static bool is_latin(uint32_t cp) { return cp < 0x250 || (cp >= 0x1E00 && cp < 0x1F00); }

static void count_word(count *c, const char *word, size_t n) {
  c->words++;
  uint16_t in = look_up((dem_str){word, n});
  for (size_t i = 0; in; i++, in >>= 1) c->hits[i] += in & 1;
}

static count count_text(dem_str s) {
  count c = {0};
  char word[20];
  size_t n = 0;
  for (size_t at = 0; at <= s.len;) {
    uint32_t cp = ' ';
    if (at < s.len) cp = dem_utf8_next(s, &at);
    else at++;
    bool letter = dem_cp_is_letter(cp);
    c.letters += letter;
    c.foreign_letters += letter && !is_latin(cp);
    if (letter && n + 4 < sizeof word) n += dem_utf8_put(word + n, dem_cp_lower(cp));
    else if (letter) n = sizeof word;
    if (letter) continue;
    if (n && n < sizeof word) count_word(&c, word, n);
    else c.words += n > 0;
    n = 0;
  }
  return c;
}

static const char *script_of(dem_str s) {
  for (size_t at = 0; at < s.len;) {
    uint32_t cp = dem_utf8_next(s, &at);
    if (cp >= 0x400 && cp < 0x530) return "in Cyrillic script";
    if (cp >= 0x590 && cp < 0x600) return "in Hebrew script";
    if (cp >= 0x600 && cp < 0x780) return "in Arabic script";
    if (cp >= 0x370 && cp < 0x400) return "in Greek script";
    if (cp >= 0x900 && cp < 0xE00) return "in an Indian script";
    if (cp >= 0x3040) return "in an East Asian script";
  }
  return "in another script";
}

static void leave_out(dem_doc *doc, const char *what) {
  doc->foreign = true;
  dem_doc_note(doc, "language", dem_str_format(&doc->arena, "the text is %s, not English: it is not coded", what),
               (dem_span){0, 0});
}

static bool declares_other(const dem_doc *doc) {
  dem_str tag = dem_str_trim(doc->language);
  dem_str two = dem_str_sub(tag, 0, 2);
  return tag.len > 1 && !dem_str_is_nocase(two, "en") && !dem_str_is_nocase(two, "mu") && !dem_str_is_nocase(two, "un");
}

void dem_read_judge_language(dem_doc *doc) {
  dem_str text = dem_read_start(doc->text.len ? doc->text : doc->headline, WINDOW);
  count c = count_text(text);
  size_t best = 0;
  char what[60] = "declared to be \"", *at = what + strlen(what);
  for (size_t i = 1; i < TONGUES; i++)
    if (c.hits[i] > c.hits[best]) best = i;
  if (c.letters > 10 && c.foreign_letters * 2 > c.letters) {
    leave_out(doc, script_of(text));
  } else if (c.words < FEW_WORDS || (best == 0 && c.hits[0] * 100 < c.words * 8)) {
    if (!declares_other(doc) || !doc->text.len) return;
    dem_str tag = dem_read_start(dem_read_clean(&doc->arena, dem_str_trim(doc->language)), 20);
    memcpy(at, tag.data, tag.len);
    memcpy(at + tag.len, "\"", 2);
    leave_out(doc, what);
  } else if (best && c.hits[best] * 100 > c.words * 10 && c.hits[best] > c.hits[0] * 2) {
    memcpy(what, tongues[best], 3);
    leave_out(doc, what);
  }
}
