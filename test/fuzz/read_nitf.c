/* Any bytes read as nitf. */
#define FROM "nitf"
#include "read_as.h"
