/* Names and bounds of the limits as data. */
#include "base/limits.h"

#include <stddef.h>

static const struct {
  const char *name;
  size_t at; /* offset in dem_limits */
  uint64_t most;
} known[] = {
    {"input", offsetof(dem_limits, input), (uint64_t)1 << 40},
    {"text", offsetof(dem_limits, text), 64u << 20},
    {"depth", offsetof(dem_limits, depth), 10000},
    {"attributes", offsetof(dem_limits, attributes), 10000},
    {"layers", offsetof(dem_limits, layers), 8},
    {"ratio", offsetof(dem_limits, ratio), (uint64_t)1 << 40},
};

static bool number(dem_str s, uint64_t most, uint64_t *value) {
  *value = 0;
  for (size_t i = 0; i < s.len; i++) {
    if (!dem_is_digit((unsigned char)s.data[i])) return false;
    *value = *value * 10 + (uint64_t)(s.data[i] - '0');
    if (*value > most) return false;
  }
  return s.len > 0 && *value > 0;
}

static bool set_one(dem_limits *limits, dem_str part) {
  dem_str name = dem_str_trim(dem_str_cut(&part, '='));
  uint64_t value;
  for (size_t i = 0; i < sizeof known / sizeof known[0]; i++) {
    if (!dem_str_is(name, known[i].name)) continue;
    if (!number(dem_str_trim(part), known[i].most, &value)) return false;
    memcpy((char *)limits + known[i].at, &value, sizeof value);
    return true;
  }
  return false;
}

bool dem_limits_set(dem_limits *limits, dem_str text, const char **why) {
  dem_limits set = *limits;
  while (text.len) {
    if (set_one(&set, dem_str_cut(&text, ','))) continue;
    *why = "limits are NAME=NUMBER with commas between: input (bytes), text (bytes), depth, attributes, layers, ratio";
    return false;
  }
  *limits = set;
  return true;
}
