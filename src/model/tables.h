/* The tables of the model: which lexicon files make each, and its columns in order.
 *
 * T(NAME, path, columns): lexicon/PATH.tsv and every lexicon/PATH-*.tsv together. The first column is what text is looked
 * up by (`dem_norm` of it is the key). The packer refuses a file whose header differs; the last column of a lexicon file
 * that people edit is `source`, a key of lexicon/SOURCES.tsv.
 * Dates are YYYY-MM-DD or empty (open). `|` separates several values in one cell. Country codes: ISO 3166 alpha-3 and the
 * PLOVER extras (UNO, EUR, IGO, NGO, ISM, IMG, MNC, KOS, PSE, HKG, VAT). Sectors: PLOVER 2.0.
 */
#ifndef DEM_MODEL_TABLES_H
#define DEM_MODEL_TABLES_H

#define DEM_TABLES(T)                                                                                              \
  T(STATES, "actors/states", "form kind country sector name from to source")                                       \
  T(ORGANISATIONS, "actors/organisations", "form name kind country sector sectors from to source")                 \
  T(PEOPLE, "offices/people", "form name short gender country sector sectors office from to source")               \
  T(ROLES, "words/roles", "form sector kind number gender office takes source")                                    \
  T(WORDS, "words/words", "form class value source")                                                               \
  T(FRAMES, "verbs/frames", "lemma pos when type mode cameo actor recipient flags source")                         \
  T(CUES, "verbs/cues", "lemma pos class frame source")                                                            \
  T(COUNTRIES, "codes/countries", "code name cow gw cameo fips iso2 source")                                       \
  T(SECTORS, "codes/sectors", "sector cameo class source")                                                         \
  T(BODIES, "codes/bodies", "name country cameo source")                                                           \
  T(SOURCES, "./SOURCES", "key title licence date url")                                                     \
  T(TYPES, "codes/plover_events", "key type mode quad score cameo source")                                            \
  T(CONTEXTS, "codes/contexts", "form context weight source")                                                      \
  T(CAMEO, "codes/cameo", "code goldstein goldstein_icews plover_type plover_mode label source")

/* lexicon/places/places.tsv and places-*.tsv, which become the section of model/gazetteer.h. A row is a place; `forms` are its
 * further names, `others` those of other languages, '|' between. Coordinates in degrees, at most five decimals. */
#define DEM_GAZETTEER_PATH "places/places"
#define DEM_GAZETTEER_COLUMNS "name forms others geonameid country admin1 admin2 feature lat lon population source"

/* Columns, by table. */
enum { STATES_FORM, STATES_KIND, STATES_COUNTRY, STATES_SECTOR, STATES_NAME, STATES_FROM, STATES_TO, STATES_SOURCE };
enum {
  ORGANISATIONS_FORM, ORGANISATIONS_NAME, ORGANISATIONS_KIND, ORGANISATIONS_COUNTRY, ORGANISATIONS_SECTOR,
  ORGANISATIONS_SECTORS, ORGANISATIONS_FROM, ORGANISATIONS_TO, ORGANISATIONS_SOURCE
};
enum {
  PEOPLE_FORM, PEOPLE_NAME, PEOPLE_SHORT, PEOPLE_GENDER, PEOPLE_COUNTRY, PEOPLE_SECTOR, PEOPLE_SECTORS, PEOPLE_OFFICE,
  PEOPLE_FROM, PEOPLE_TO, PEOPLE_SOURCE
};
enum {
  ROLES_FORM, ROLES_SECTOR, ROLES_KIND, ROLES_NUMBER, ROLES_GENDER, ROLES_OFFICE, ROLES_TAKES, ROLES_SOURCE
};
enum { WORDS_FORM, WORDS_CLASS, WORDS_VALUE, WORDS_SOURCE };
enum {
  FRAMES_LEMMA, FRAMES_POS, FRAMES_WHEN, FRAMES_TYPE, FRAMES_MODE, FRAMES_CAMEO, FRAMES_ACTOR, FRAMES_RECIPIENT,
  FRAMES_FLAGS, FRAMES_SOURCE
};
enum { CUES_LEMMA, CUES_POS, CUES_CLASS, CUES_FRAME, CUES_SOURCE };
enum {
  COUNTRIES_CODE, COUNTRIES_NAME, COUNTRIES_COW, COUNTRIES_GW, COUNTRIES_CAMEO, COUNTRIES_FIPS, COUNTRIES_ISO2, COUNTRIES_SOURCE
};
enum { SECTORS_SECTOR, SECTORS_CAMEO, SECTORS_CLASS, SECTORS_SOURCE };
enum { BODIES_NAME, BODIES_COUNTRY, BODIES_CAMEO, BODIES_SOURCE };
enum { SOURCES_KEY, SOURCES_TITLE, SOURCES_LICENCE, SOURCES_DATE, SOURCES_URL };
enum { TYPES_KEY, TYPES_TYPE, TYPES_MODE, TYPES_QUAD, TYPES_SCORE, TYPES_CAMEO, TYPES_SOURCE };
enum { CONTEXTS_FORM, CONTEXTS_CONTEXT, CONTEXTS_WEIGHT, CONTEXTS_SOURCE };
enum { CAMEO_CODE, CAMEO_GOLDSTEIN, CAMEO_GOLDSTEIN_ICEWS, CAMEO_TYPE, CAMEO_MODE, CAMEO_LABEL, CAMEO_SOURCE };
enum {
  PLACES_NAME, PLACES_FORMS, PLACES_OTHERS, PLACES_ID, PLACES_COUNTRY, PLACES_ADMIN1, PLACES_ADMIN2, PLACES_FEATURE, PLACES_LAT,
  PLACES_LON, PLACES_POPULATION, PLACES_SOURCE
};

/* Weights: W(NAME, file) is model/FILE, a blob that the stage which uses it checks and reads. */
#define DEM_WEIGHTS(W)                                                                                  \
  W(SEGMENT, "segment.bin") W(NET, "net.bin") W(LEMMA, "lemma.bin") W(RELATE, "relate.bin") W(NAME, "name.bin")

#endif
