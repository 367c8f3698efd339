/* Any bytes read as newsmlg2. */
#define FROM "newsmlg2"
#include "read_as.h"
