/* Any bytes read as ninjs. */
#define FROM "ninjs"
#include "read_as.h"
