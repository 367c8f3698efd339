/* Any bytes read as newsml1. */
#define FROM "newsml1"
#include "read_as.h"
