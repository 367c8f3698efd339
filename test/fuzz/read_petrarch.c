/* Any bytes read as petrarch. */
#define FROM "petrarch"
#include "read_as.h"
