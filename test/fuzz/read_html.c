/* Any bytes read as html. */
#define FROM "html"
#include "read_as.h"
