/* Closed sets: universal tags, relations, name labels. X-macros, so that names and numbers cannot drift apart. */
#ifndef DEM_DOC_TAGS_H
#define DEM_DOC_TAGS_H

#include "base/str.h"

#define DEM_UPOS_LIST(T) \
  T(X) T(ADJ) T(ADP) T(ADV) T(AUX) T(CCONJ) T(DET) T(INTJ) T(NOUN) T(NUM) T(PART) T(PRON) T(PROPN) T(PUNCT) T(SCONJ) T(SYM) T(VERB)

/* UD v2 relations as English treebanks use them; R(enum, text). */
#define DEM_DEPREL_LIST(R)                                                                                             \
  R(DEP, "dep") R(ROOT, "root") R(ACL, "acl") R(ACL_RELCL, "acl:relcl") R(ADVCL, "advcl") R(ADVCL_RELCL, "advcl:relcl") \
  R(ADVMOD, "advmod") R(AMOD, "amod") R(APPOS, "appos") R(AUX_, "aux") R(AUX_PASS, "aux:pass") R(CASE, "case") R(CC, "cc") \
  R(CC_PRECONJ, "cc:preconj") R(CCOMP, "ccomp") R(CLF, "clf") R(COMPOUND, "compound") R(COMPOUND_PRT, "compound:prt")  \
  R(CONJ, "conj") R(COP, "cop") R(CSUBJ, "csubj") R(CSUBJ_PASS, "csubj:pass") R(CSUBJ_OUTER, "csubj:outer")            \
  R(DET_, "det") R(DET_PREDET, "det:predet") R(DISCOURSE, "discourse") R(DISLOCATED, "dislocated") R(EXPL, "expl")     \
  R(FIXED, "fixed") R(FLAT, "flat") R(FLAT_FOREIGN, "flat:foreign") R(GOESWITH, "goeswith") R(IOBJ, "iobj")            \
  R(LIST, "list") R(MARK, "mark") R(NMOD, "nmod") R(NMOD_DESC, "nmod:desc") R(NMOD_POSS, "nmod:poss")                  \
  R(NMOD_UNMARKED, "nmod:unmarked") R(NSUBJ, "nsubj") R(NSUBJ_PASS, "nsubj:pass") R(NSUBJ_OUTER, "nsubj:outer")        \
  R(NUMMOD, "nummod") R(OBJ, "obj") R(OBL, "obl") R(OBL_AGENT, "obl:agent") R(OBL_UNMARKED, "obl:unmarked")            \
  R(ORPHAN, "orphan") R(PARATAXIS, "parataxis") R(PUNCT_, "punct") R(REPARANDUM, "reparandum") R(VOCATIVE, "vocative") \
  R(XCOMP, "xcomp")

#define DEM_NAME_LIST(X) X(O) X(PER) X(ORG) X(LOC) X(GRP) X(FAC) X(MISC)

#define DEM_UPOS_ENUM(name) DEM_UPOS_##name,
#define DEM_DEPREL_ENUM(name, text) DEM_DEPREL_##name,
#define DEM_NAME_ENUM(name) DEM_NAME_##name,
typedef enum dem_upos { DEM_UPOS_LIST(DEM_UPOS_ENUM) DEM_UPOS_COUNT } dem_upos;
typedef enum dem_deprel { DEM_DEPREL_LIST(DEM_DEPREL_ENUM) DEM_DEPREL_COUNT } dem_deprel;
typedef enum dem_name_label { DEM_NAME_LIST(DEM_NAME_ENUM) DEM_NAME_COUNT } dem_name_label;
#undef DEM_UPOS_ENUM
#undef DEM_DEPREL_ENUM
#undef DEM_NAME_ENUM

dem_str dem_upos_text(dem_upos tag);
dem_str dem_deprel_text(dem_deprel rel);
dem_str dem_name_text(dem_name_label label);
dem_upos dem_upos_of(dem_str text);     /* DEM_UPOS_X when unknown */
dem_deprel dem_deprel_of(dem_str text); /* falls back to the part before ':', then DEM_DEPREL_DEP */

/* PLOVER 2.0 types, quads in order. */
#define DEM_TYPE_LIST(X)                                                                                        \
  X(AGREE) X(CONSULT) X(SUPPORT) X(CONCEDE) X(COOPERATE) X(AID) X(RETREAT) X(REQUEST) X(ACCUSE) X(REJECT)        \
  X(THREATEN) X(PROTEST) X(SANCTION) X(MOBILIZE) X(COERCE) X(ASSAULT)
#define DEM_STATUS_LIST(X) X(asserted) X(negated) X(future) X(hypothetical) X(historical) X(suspected) X(denied)
#define DEM_TYPE_ENUM(name) DEM_TYPE_##name,
#define DEM_STATUS_ENUM(name) DEM_STATUS_##name,
typedef enum dem_type { DEM_TYPE_LIST(DEM_TYPE_ENUM) DEM_TYPE_COUNT } dem_type;
typedef enum dem_event_status { DEM_STATUS_LIST(DEM_STATUS_ENUM) DEM_STATUS_COUNT } dem_event_status;
#undef DEM_TYPE_ENUM
#undef DEM_STATUS_ENUM
dem_str dem_type_text(dem_type type);
dem_type dem_type_of(dem_str text); /* DEM_TYPE_COUNT when unknown */
dem_str dem_status_text(dem_event_status status);
unsigned dem_type_quad(dem_type type); /* 1 to 4 */

#endif
