/* News agencies (and broadcasters that datelines name) by the names they go under. A name matches as a whole, whatever its case,
 * except that the short ones have to stand in capitals: "AP", never "ap". Refuses: papers and sites, which are publishers. */
#include "base/utf8.h"
#include "read/parts.h"

typedef struct agency {
  const char *name; /* lower case */
  const char *usual;
  bool capitals; /* only when written so */
} agency;

static const agency agencies[] = {
    {"aa", "Anadolu", true},
    {"aap", "AAP", true},
    {"adnkronos", "Adnkronos", false},
    {"afp", "AFP", true},
    {"agence france-presse", "AFP", false},
    {"agence france presse", "AFP", false},
    {"agencia efe", "EFE", false},
    {"agerpres", "Agerpres", false},
    {"anadolu", "Anadolu", false},
    {"anadolu agency", "Anadolu", false},
    {"ani", "ANI", true},
    {"anp", "ANP", true},
    {"ansa", "ANSA", true},
    {"antara", "Antara", false},
    {"ap", "AP", true},
    {"apa", "APA", true},
    {"app", "APP", true},
    {"aps", "APS", true},
    {"associated press", "AP", false},
    {"bbc", "BBC", true},
    {"bbc news", "BBC", false},
    {"belga", "Belga", false},
    {"belta", "BelTA", false},
    {"bernama", "Bernama", false},
    {"bloomberg", "Bloomberg", false},
    {"bna", "BNA", true},
    {"bss", "BSS", true},
    {"bta", "BTA", true},
    {"canadian press", "The Canadian Press", false},
    {"central news agency", "CNA", false},
    {"cna", "CNA", true},
    {"cnn", "CNN", true},
    {"ctk", "CTK", true},
    {"deutsche presse-agentur", "dpa", false},
    {"dow jones", "Dow Jones", false},
    {"dpa", "dpa", false},
    {"efe", "EFE", true},
    {"getty", "Getty Images", false},
    {"getty images", "Getty Images", false},
    {"hina", "HINA", false},
    {"ians", "IANS", true},
    {"interfax", "Interfax", false},
    {"ips", "IPS", true},
    {"irna", "IRNA", true},
    {"isna", "ISNA", true},
    {"itar-tass", "TASS", false},
    {"jiji press", "Jiji Press", false},
    {"kcna", "KCNA", true},
    {"kuna", "KUNA", true},
    {"kyodo", "Kyodo", false},
    {"kyodo news", "Kyodo", false},
    {"lusa", "Lusa", true},
    {"map", "MAP", true},
    {"mehr", "Mehr", false},
    {"mena", "MENA", true},
    {"mti", "MTI", true},
    {"mtva", "MTVA", true},
    {"na", "NA", true},
    {"nan", "NAN", true},
    {"ntb", "NTB", true},
    {"pa", "PA", true},
    {"pa media", "PA", false},
    {"pana", "PANA", true},
    {"pap", "PAP", true},
    {"petra", "Petra", false},
    {"pna", "PNA", true},
    {"prensa latina", "Prensa Latina", false},
    {"press association", "PA", false},
    {"press trust of india", "PTI", false},
    {"pti", "PTI", true},
    {"qna", "QNA", true},
    {"reuters", "Reuters", false},
    {"rfe/rl", "RFE/RL", false},
    {"ria", "RIA Novosti", true},
    {"ria novosti", "RIA Novosti", false},
    {"ritzau", "Ritzau", false},
    {"sana", "SANA", true},
    {"sapa", "SAPA", true},
    {"sda", "Keystone-SDA", true},
    {"spa", "SPA", true},
    {"sputnik", "Sputnik", false},
    {"stt", "STT", true},
    {"tanjug", "Tanjug", false},
    {"tap", "TAP", true},
    {"tasnim", "Tasnim", false},
    {"tass", "TASS", true},
    {"telam", "Telam", false},
    {"thomson reuters", "Reuters", false},
    {"thomson reuters foundation", "Thomson Reuters Foundation", false},
    {"tt", "TT", true},
    {"ukrinform", "Ukrinform", false},
    {"united press international", "UPI", false},
    {"upi", "UPI", true},
    {"vna", "VNA", true},
    {"voa", "VOA", true},
    {"wafa", "WAFA", true},
    {"wam", "WAM", true},
    {"xinhua", "Xinhua", false},
    {"yonhap", "Yonhap", false},
};

static bool cut_prefix(dem_str *s, const char *lowered) {
  size_t n = strlen(lowered);
  if (s->len <= n || !dem_str_is_nocase(dem_str_sub(*s, 0, n), lowered)) return false;
  *s = dem_str_trim(dem_str_sub(*s, n, s->len));
  return true;
}

static bool cut_suffix(dem_str *s, const char *lowered) {
  size_t n = strlen(lowered);
  if (s->len <= n || !dem_str_is_nocase(dem_str_sub(*s, s->len - n, s->len), lowered)) return false;
  *s = dem_str_trim(dem_str_sub(*s, 0, s->len - n));
  return true;
}

static bool is_capitals(dem_str s) {
  for (size_t i = 0; i < s.len; i++)
    if (dem_is_lower((unsigned char)s.data[i])) return false;
  return true;
}

bool dem_read_agency(dem_str s, dem_str *name) {
  s = dem_str_trim(s);
  if (s.len > 64) return false;
  cut_prefix(&s, "the ");
  for (size_t pass = 0; pass < 2; pass++) {
    for (size_t i = 0; i < sizeof agencies / sizeof agencies[0]; i++) {
      const agency *a = &agencies[i];
      if (!dem_str_is_nocase(s, a->name) || (a->capitals && !is_capitals(s))) continue;
      *name = dem_str_of(a->usual);
      return true;
    }
    if (!cut_suffix(&s, " news agency") && !cut_suffix(&s, " photos") && !cut_suffix(&s, " photo") && !cut_suffix(&s, " news") &&
        !cut_suffix(&s, " newswires"))
      return false;
  }
  return false;
}

/* "Jane Doe of the Associated Press", "by Jane Doe for Reuters", "AFP via Getty Images". */
static bool in_part(dem_str part, dem_str *name) {
  static const char *const links[] = {" via ", " for ", " of ", " with ", " and ", " in "};
  if (dem_read_agency(part, name)) return true;
  for (size_t i = 0; i < sizeof links / sizeof links[0]; i++) {
    size_t at = dem_str_find(part, dem_str_of(links[i]), 0);
    if (at == SIZE_MAX) continue;
    if (dem_read_agency(dem_str_sub(part, 0, at), name)) return true;
    if (dem_read_agency(dem_str_sub(part, at + strlen(links[i]), part.len), name)) return true;
  }
  return false;
}

bool dem_read_agency_in(dem_str s, dem_str *name) {
  if (s.len > 256) return false;
  if (dem_read_agency(s, name)) return true;
  for (size_t from = 0, i = 0; i <= s.len; i++) {
    if (i < s.len && !memchr(",/|()&;", s.data[i], 7)) continue;
    if (i > from && in_part(dem_str_trim(dem_str_sub(s, from, i)), name)) return true;
    from = i + 1;
  }
  return false;
}
