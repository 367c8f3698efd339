/* The trainers' door to the text stage: the readers' own feature functions, formats and transition system. */
#ifndef DEM_TEXT_TEXT_TRAIN_H
#define DEM_TEXT_TEXT_TRAIN_H

#include "text/conllu.h"
#include "text/gap.h"
#include "text/lemma.h"
#include "text/linear.h"
#include "text/parse_state.h"
#include "text/segment.h"
#include "text/tag.h"
#include "text/tag_features.h"
#include "text/token.h"
#include "text/words.h"

#endif
