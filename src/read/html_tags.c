/* The elements this reader knows. A name is looked up as a number made of its first eight letters; no two of the known names
 * agree in them and in their length. */
#include "read/html_parts.h"

typedef struct known {
  uint8_t is;
  char name[11];
} known;

#define B DEM_TAG_BLOCK
#define V DEM_TAG_VOID
#define S DEM_TAG_SKIP
#define T (DEM_TAG_BLOCK | DEM_TAG_TEXT)
/* In the order of DEM_HTML_TAGS, which is that of the names. */
static const known tags[] = {
    {0, "a"},          {B, "address"},  {S, "amp-ad"},     {B, "article"},    {B, "aside"},  {S, "audio"},   {V, "base"},
    {B, "blockquote"}, {B, "body"},     {V, "br"},         {S, "button"},     {S, "canvas"}, {T, "caption"}, {B, "center"},
    {V, "col"},        {T, "dd"},       {B, "details"},    {B | S, "dialog"}, {B, "div"},    {B, "dl"},      {T, "dt"},
    {V, "embed"},      {B, "fieldset"}, {B, "figcaption"}, {B, "figure"},     {B, "footer"}, {B, "form"},    {T, "h1"},
    {T, "h2"},         {T, "h3"},       {T, "h4"},         {T, "h5"},         {T, "h6"},     {B, "head"},    {B, "header"},
    {B | V, "hr"},     {B, "html"},     {S, "iframe"},     {V, "img"},        {V, "input"},  {0, "label"},   {T, "legend"},
    {T, "li"},         {V, "link"},     {B, "main"},       {S, "math"},       {B, "menu"},   {V, "meta"},    {B, "nav"},
    {S, "noembed"},    {S, "noframes"}, {S, "noscript"},   {S, "object"},     {B, "ol"},     {S, "option"},  {T, "p"},
    {B, "plaintext"},  {T, "pre"},      {S, "script"},     {B, "section"},    {S, "select"}, {V, "source"},  {S, "style"},
    {T, "summary"},    {0, "sup"},      {S, "svg"},        {B, "table"},      {B, "tbody"},  {B, "td"},      {S, "template"},
    {S, "textarea"},   {B, "tfoot"},    {B, "th"},         {B, "thead"},      {0, "time"},   {S, "title"},   {B, "tr"},
    {V, "track"},      {B, "ul"},       {S, "video"},      {V, "wbr"},        {S, "xmp"},
};
_Static_assert(sizeof tags / sizeof tags[0] == DEM_TAG_OTHER, "a line for every tag");

static uint64_t key_of(const char *name, size_t len) {
  uint64_t key = 0;
  for (size_t i = 0; i < 8; i++) key = key << 8 | (i < len ? dem_lower((unsigned char)name[i]) : 0);
  return key;
}

dem_html_tag dem_html_tag_of(dem_str raw) {
  if (raw.len > 10) return DEM_TAG_OTHER;
  uint64_t key = key_of(raw.data, raw.len);
  size_t from = 0, to = DEM_TAG_OTHER;
  while (from < to) {
    size_t middle = from + (to - from) / 2;
    uint64_t here = key_of(tags[middle].name, strlen(tags[middle].name));
    if (here == key) return raw.len == strlen(tags[middle].name) ? (dem_html_tag)middle : DEM_TAG_OTHER;
    if (here < key) from = middle + 1;
    else to = middle;
  }
  return DEM_TAG_OTHER;
}

unsigned dem_html_tag_is(dem_html_tag tag) { return tag < DEM_TAG_OTHER ? tags[tag].is : 0; }
