// Cairo's declarations only: the library itself is opened when a picture is first drawn with it, so that starting
// a program stays fast and Theta runs where Cairo is absent. Hence no pkg-config and no link line.
#if __has_include(<cairo/cairo.h>)
#include <cairo/cairo.h>
#include <cairo/cairo-pdf.h>
#elif __has_include("/opt/homebrew/include/cairo/cairo.h")
#include "/opt/homebrew/include/cairo/cairo.h"
#include "/opt/homebrew/include/cairo/cairo-pdf.h"
#else
#include "/usr/local/include/cairo/cairo.h"
#include "/usr/local/include/cairo/cairo-pdf.h"
#endif
