// The files of the library that are written in the language, as they lie in the program.
#pragma once
#include <stddef.h>

typedef struct {
  const char *name;
  const unsigned char *bytes;
  size_t count;
} theta_library_file;

/// The files, and how many there are.
const theta_library_file *theta_library_files(size_t *count);

/// The forms that Octave's usage errors show: a line `name kind` for each function (kind is `builtin`, `file`, or `fixed` for a
/// file whose number of inputs is bounded), then its forms, indented.
const unsigned char *theta_usage_forms(size_t *count);
