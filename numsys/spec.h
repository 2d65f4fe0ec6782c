/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Specs: NAME:key=value,key=value.  The one place where they are taken apart
   and printed; optim and experiments use it for theirs.  */

#ifndef NUMSYS_SPEC_H
#define NUMSYS_SPEC_H

#include "numsys/type.h"

#define NUMSYS_SPEC_ITEMS 24
#define NUMSYS_SPEC_TEXT 512   /* room for any canonical spec */

/* A spec taken apart.  key[i] == NULL: a value given by position.  Strings
   point into text. */
typedef struct numsys_split
{
  char text[NUMSYS_SPEC_TEXT];
  const char *name;
  size_t count;
  const char *key[NUMSYS_SPEC_ITEMS];
  const char *value[NUMSYS_SPEC_ITEMS];
} numsys_split;

/* Takes spec apart; what names the kind of thing in sentences ("number
   system").  A key may contain no '=', a value may.  Values by position come
   before keys, and no key comes twice.  0, or -1 and a sentence. */
int numsys_spec_split (const char *spec, const char *what, numsys_split *out,
                       numsys_error *error);

/* Writes a sentence, cut to fit. */
void numsys_error_set (numsys_error *error, const char *format, ...)
  __attribute__ ((format (printf, 2, 3)));

/* ", did you mean 'WORD'?" for the word of words[0..n) nearest to text in
   edits, or "" when none is near.  buffer has room for 64. */
const char *numsys_nearest_word (const char *text, size_t n,
                                 const char *const words[], char buffer[64]);

/* One value, an integer or a word, within its parameter's bounds; family names
   its owner in the sentence.  0, or -1 and a sentence. */
int numsys_param_read (const char *family, const numsys_param *param,
                       const char *text, int64_t *out, numsys_error *error);

/* Appends "KEY=VALUE" after a separator. */
void numsys_param_print (char out[NUMSYS_SPEC_TEXT], char separator,
                         const numsys_param *param, int64_t value);

/* values[i] of every parameter, the preset where split has none.  0, or -1
   and a sentence. */
int numsys_params_read (const char *what, const numsys_param params[],
                        const numsys_split *split, int64_t values[],
                        numsys_error *error);

/* A quantizer's keys. */
typedef struct numsys_quantizer_values
{
  numsys_rounding rounding;
  unsigned random_bits;
  int scaling;            /* numsys_scaling */
  uint64_t block;         /* scale=block=N */
  int scale_step;         /* numsys_scale_step */
} numsys_quantizer_values;

typedef struct numsys_parsed
{
  const numsys_type *type;
  int64_t values[NUMSYS_MOST_PARAMS];   /* derived ones filled in */
  numsys_quantizer_values quantizer;    /* purpose training only */
} numsys_parsed;

/* Reads a spec; quantizer keys are allowed for training only. */
int numsys_spec_parse (const char *spec, numsys_purpose purpose,
                       numsys_parsed *out, numsys_error *error);

/* Canonical text, the quantizer's keys included for training. */
void numsys_spec_print (const numsys_parsed *parsed, numsys_purpose purpose,
                        char out[NUMSYS_SPEC_TEXT]);

/* A system of parsed values, as numsys_new. */
struct numsys *numsys_new_parsed (const numsys_parsed *parsed,
                                  numsys_error *error);

#endif
