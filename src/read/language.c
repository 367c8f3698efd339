/* Is it English? What the dispatch declares counts for texts too short to tell; otherwise its own small words decide, which make a
 * third of any English text and hardly occur in others, and its script. A dispatch in another language is kept and noted, and not
 * coded: coding it would make events out of chance. Words: own knowledge of the commonest of each language. */
#include "base/utf8.h"
#include "read/parts.h"

enum { WINDOW = 16 << 10, FEW_WORDS = 20 }; /* bytes looked at; words that are too few to tell */

typedef struct tongue {
  const char *code;
  const char *words; /* '|' between and at both ends */
} tongue;

static const tongue tongues[] = {
    {"en",
     "|the|of|and|to|in|a|is|that|for|on|was|with|as|by|at|from|his|has|have|it|he|said|are|be|an|were|not|but|this|who|which|after|their|will|its|had|they|would|been|or|"},
    {"fr",
     "|le|la|les|de|des|du|et|en|un|une|est|que|qui|dans|pour|sur|au|aux|par|pas|il|elle|avec|ce|cette|sont|ses|son|se|ont|nous|mais|plus|a|"},
    {"es", "|el|la|los|las|de|del|y|en|un|una|es|que|por|para|con|se|su|al|lo|como|m\xC3\xA1s|pero|sus|fue|ha|este|esta|o|no|"},
    {"pt", "|o|a|os|as|de|do|da|dos|das|e|em|um|uma|que|para|por|com|no|na|n\xC3\xA3o|se|mais|como|foi|ao|s\xC3\xA3o|seu|sua|"},
    {"it", "|il|lo|la|i|gli|le|di|del|della|e|in|un|una|che|per|con|non|si|da|al|nel|\xC3\xA8|sono|anche|pi\xC3\xB9|ha|come|"},
    {"de",
     "|der|die|das|und|in|den|von|zu|mit|sich|des|auf|f\xC3\xBCr|ist|im|dem|nicht|ein|eine|als|auch|es|an|werden|aus|er|hat|dass|sie|nach|wird|bei|"},
    {"nl", "|de|het|een|van|en|in|is|dat|op|te|zijn|met|voor|niet|aan|er|om|ook|als|door|naar|heeft|hij|ze|bij|uit|"},
    {"pl", "|w|i|na|z|do|nie|si\xC4\x99|jest|o|\xC5\xBC"
           "e|to|od|po|przez|za|jak|co|oraz|dla|ale|"},
    {"sv", "|och|i|att|det|som|en|p\xC3\xA5|\xC3\xA4r|av|f\xC3\xB6r|med|den|till|inte|har|de|om|ett|var|"},
    {"tr", "|ve|bir|bu|i\xC3\xA7in|ile|da|de|olarak|olan|gibi|daha|\xC3\xA7ok|kadar|sonra|en|"},
    {"id", "|yang|dan|di|dengan|untuk|dari|ini|pada|dalam|itu|tidak|akan|ke|oleh|juga|telah|"},
};
enum { TONGUES = sizeof tongues / sizeof tongues[0] };

typedef struct count {
  uint32_t words, hits[TONGUES], letters, foreign_letters;
} count;

static bool is_latin(uint32_t cp) { return cp < 0x250 || (cp >= 0x1E00 && cp < 0x1F00); }

static void count_word(count *c, const char *word, size_t n) {
  char key[24] = "|";
  c->words++;
  if (n + 3 > sizeof key) return;
  memcpy(key + 1, word, n);
  key[n + 1] = '|';
  for (size_t i = 0; i < TONGUES; i++)
    if (dem_str_find(dem_str_of(tongues[i].words), (dem_str){key, n + 2}, 0) != SIZE_MAX) c->hits[i]++;
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
    memcpy(what, tongues[best].code, 3);
    leave_out(doc, what);
  }
}
