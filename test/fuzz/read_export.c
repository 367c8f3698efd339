/* Any bytes read as lexis. */
#define FROM "lexis"
#include "read_as.h"
