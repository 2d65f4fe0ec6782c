/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Names, hyperparameters and specs of update rules and schedules.  */

#include <config.h>
#include <stdio.h>
#include <string.h>
#include "optim/optim.h"
#include "tests/tap/tap.h"

static unsigned
type_count (void)
{
  unsigned n = 0;

  while (optim_types[n] != NULL)
    n++;
  return n;
}

/* spec as its rule or schedule prints it, or the sentence. */
static const char *
rule_of (const char *spec)
{
  static char text[600];
  numsys_error error;
  optim *rule = optim_new (spec, &error);

  snprintf (text, sizeof text, "%s",
            rule != NULL ? optim_spec (rule) : error.text);
  optim_free (rule);
  return text;
}

static const char *
schedule_of (const char *spec)
{
  static char text[600];
  numsys_error error;
  optim_schedule *schedule = optim_schedule_new (spec, &error);

  snprintf (text, sizeof text, "%s",
            schedule != NULL ? optim_schedule_spec (schedule) : error.text);
  optim_schedule_free (schedule);
  return text;
}

/* Whether every preset, least and most of a rule can be given and read back,
   and what lies outside cannot. */
static void
check_type (const optim_type *type)
{
  const char *name = optim_type_name (type);
  int in_range = 1, refused = 1;
  char canonical[600];

  for (const optim_param *p = optim_type_params (type); p->key != NULL; p++)
    {
      char spec[200], wanted[100];

      in_range &= p->preset >= p->least && p->preset <= p->most
                  && p->meaning != NULL;
      for (int end = 0; end < 2; end++)
        {
          snprintf (wanted, sizeof wanted, "%s=%.15g", p->key,
                    end ? p->most : p->least);
          snprintf (spec, sizeof spec, "%s:%s", name, wanted);
          in_range &= strstr (rule_of (spec), wanted) != NULL;
          snprintf (spec, sizeof spec, "%s:%s=%.17g", name, p->key,
                    end ? 2 * p->most + 1 : p->least - 1);
          refused &= strstr (rule_of (spec), "is not a ") != NULL;
        }
    }
  ok (in_range, "%s: presets and limits are allowed", name);
  ok (refused, "%s: what lies beyond is refused", name);
  snprintf (canonical, sizeof canonical, "%s", rule_of (name));
  is_string (canonical, rule_of (canonical), "%s: canonical spec reads back",
             name);
  ok (optim_type_summary (type) != NULL && optim_type_lr (type) > 0,
      "%s: has a summary and a customary learning rate", name);
}

static void
check_values (void)
{
  is_string ("sgd:momentum=0.9,nesterov=0,weight_decay=0",
             rule_of ("sgd:0.9"), "values by position");
  is_string ("mul:p_scale=0.0078125", rule_of ("mul:p_scale=2^-7"),
             "powers of two");
  is_string ("mul:p_scale=0.3", rule_of ("mul:p-scale=.3"),
             "the fewest digits that read back, and - for _");
  is_string ("mul:p_scale=0.30000000000000004",
             rule_of ("mul:0.30000000000000004"), "...all 17 if need be");
}

static void
check_refused (void)
{
  is_string ("unknown optimizer 'lns-madan', did you mean 'lns-madam'? (known:"
             " sgd, adam, adamw, madam, lns-madam, mul, signmul,"
             " integer-madam)",
             rule_of ("lns-madan"), "unknown name");
  is_string ("adam has no key 'beta3', did you mean 'beta1'? (keys: beta1,"
             " beta2, eps, weight_decay)",
             rule_of ("adam:beta3=0.9"), "unknown key");
  is_string ("adam: beta1=1 is not a number from 0 to 0.99999 (share of the"
             " mean gradient kept)",
             rule_of ("adam:beta1=1"), "value out of range");
  is_string ("sgd: nesterov=0.5 is not a whole number from 0 to 1 (1: look"
             " ahead along the new direction)",
             rule_of ("sgd:nesterov=0.5"), "fraction for a whole number");
  ok (strstr (rule_of ("sgd:momentum=0.9x"), "is not a number") != NULL,
      "trailing letters");
  ok (strstr (rule_of ("sgd:momentum=nan"), "is not a number") != NULL, "NaN");
  ok (strstr (rule_of ("mul:p_scale=2^"), "is not a number") != NULL,
      "a power without exponent");
  is_string ("mul gives 'p_scale' twice", rule_of ("mul:1,p-scale=2"),
             "a key twice");
  is_string ("mul takes 1 values without keys, '2' is one too many",
             rule_of ("mul:1,2"), "one value too many");
}

static void
check_schedules (void)
{
  is_string ("constant:warm-up=0", schedule_of ("constant"), "constant");
  is_string ("step:every=0.5,factor=0.1,warm-up=0",
             schedule_of ("step:every=0.5"), "step");
  is_string ("cosine:warm-up=0.05", schedule_of ("cosine:warm_up=0.05"),
             "cosine");
  is_string ("unknown schedule 'cosin', did you mean 'cosine'? (known:"
             " constant, step, cosine)",
             schedule_of ("cosin"), "unknown schedule");
  is_string ("step: every=0 is not a number from 0.0001 to 1 (share of all"
             " steps between two drops)",
             schedule_of ("step:every=0"), "value out of range");
}

int
main (void)
{
  plan (4 * type_count () + 4 + 9 + 5 + 1);
  for (const optim_type *const *type = optim_types; *type != NULL; type++)
    check_type (*type);
  check_values ();
  check_refused ();
  check_schedules ();
  optim_free (NULL);
  optim_schedule_free (NULL);
  optim_tensor_free (NULL);
  optim_elements_free (NULL);
  ok (1, "NULL may be freed");
  return 0;
}
