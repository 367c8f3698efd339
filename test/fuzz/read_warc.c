/* Any bytes read as warc. */
#define FROM "warc"
#include "read_as.h"
