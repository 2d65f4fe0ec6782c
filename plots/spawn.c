/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Running a program and reading what it complains of.  */

#include <config.h>

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "numsys/spec.h"
#include "plots/spawn.h"

extern char **environ;

/* A complaint worth a sentence fits; the rest is read and dropped, so that
   the program never waits for us. */
#define MOST_BYTES 4000

/* Starts words with nothing to read, nowhere to print, and a pipe to complain
   to, whose reading end goes to *pipe_end.  0 or an errno. */
static int
start (const char *const words[], pid_t *child, int *pipe_end)
{
  posix_spawn_file_actions_t actions;
  int end[2], trouble;

  if (pipe2 (end, O_CLOEXEC) != 0)
    return errno;
  trouble = posix_spawn_file_actions_init (&actions);
  if (trouble == 0)
    {
      posix_spawn_file_actions_addopen (&actions, STDIN_FILENO, "/dev/null",
                                        O_RDONLY, 0);
      posix_spawn_file_actions_addopen (&actions, STDOUT_FILENO, "/dev/null",
                                        O_WRONLY, 0);
      posix_spawn_file_actions_adddup2 (&actions, end[1], STDERR_FILENO);
      trouble = posix_spawnp (child, words[0], &actions, NULL,
                              (char *const *) words, environ);
      posix_spawn_file_actions_destroy (&actions);
    }
  close (end[1]);
  *pipe_end = end[0];
  if (trouble != 0)
    close (end[0]);
  return trouble;
}

/* Reads to the end, keeping what fits as a string. */
static void
read_all (int file, char text[MOST_BYTES])
{
  size_t used = 0;
  char dropped[512];
  ssize_t got;

  do
    {
      int is_full = used == MOST_BYTES - 1;
      got = is_full ? read (file, dropped, sizeof dropped)
                    : read (file, text + used, MOST_BYTES - 1 - used);
      if (got > 0 && !is_full)
        used += (size_t) got;
    }
  while (got > 0 || (got < 0 && errno == EINTR));
  text[used] = '\0';
}

static int
is_remark (const char *line)
{
  static const char *const heads[] = { "Fontconfig ", "(process:", "(gnuplot:",
                                       NULL };

  for (const char *const *head = heads; *head != NULL; head++)
    if (strncmp (line, *head, strlen (*head)) == 0)
      return 1;
  return strspn (line, " \t^") == strlen (line);
}

/* 1 for `... line NUMBER: ...'. */
static int
is_placed (const char *line)
{
  const char *at = strstr (line, "line ");

  return at != NULL && at[5 + strspn (at + 5, "0123456789")] == ':';
}

/* The line of a complaint that says what is wrong; "" without complaint.
   gnuplot echoes the command, points at a place in it, and then says what is
   wrong and in which line; the first such line is the cause of later ones.
   text is cut into lines. */
static const char *
complaint (char *text)
{
  const char *last = "";
  char *state;

  for (char *line = strtok_r (text, "\n", &state); line != NULL;
       line = strtok_r (NULL, "\n", &state))
    if (!is_remark (line))
      {
        last = line + strspn (line, " \t");
        if (is_placed (line))
          break;
      }
  return last;
}

plots_status
plots_spawn (const char *const words[], const char *what, numsys_error *error)
{
  char text[MOST_BYTES];
  const char *said;
  pid_t child = -1;
  int file = -1, status = 0, trouble = start (words, &child, &file);

  if (trouble == ENOENT || trouble == EACCES)
    {
      numsys_error_set (error, "Figure %s is not drawn because there is no "
                        "program %s: install gnuplot, or name it in the "
                        "environment variable GNUPLOT.", what, words[0]);
      return PLOTS_NO_GNUPLOT;
    }
  if (trouble != 0)
    {
      numsys_error_set (error, "Cannot start %s for figure %s: %s.", words[0],
                        what, strerror (trouble));
      return PLOTS_FAILED;
    }
  read_all (file, text);
  close (file);
  while ((trouble = waitpid (child, &status, 0)) < 0 && errno == EINTR)
    continue;
  said = complaint (text);
  if (trouble == child && WIFEXITED (status) && WEXITSTATUS (status) == 0
      && *said == '\0')
    return PLOTS_DRAWN;
  numsys_error_set (error, "%s could not draw figure %s: %s", words[0], what,
                    *said != '\0' ? said : "it ended before it was done.");
  return PLOTS_FAILED;
}
