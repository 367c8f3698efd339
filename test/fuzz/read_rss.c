/* Any bytes read as rss. */
#define FROM "rss"
#include "read_as.h"
