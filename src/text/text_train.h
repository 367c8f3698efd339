/* The trainers' door to the text stage: the readers' own feature functions and formats. */
#ifndef DEM_TEXT_TEXT_TRAIN_H
#define DEM_TEXT_TEXT_TRAIN_H

#include "text/conllu.h"
#include "text/gap.h"
#include "text/lemma.h"
#include "text/name.h"
#include "text/net.h"
#include "text/net_kernel.h"
#include "text/segment.h"
#include "text/token.h"

#endif
