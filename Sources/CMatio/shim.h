// matio's declarations only: the library itself is opened when a MAT file is first read or written, because
// starting every program with it and all it depends on costs several milliseconds. Hence no pkg-config and no link line.
#if __has_include(<matio.h>)
#include <matio.h>
#elif __has_include("/opt/homebrew/include/matio.h")
#include "/opt/homebrew/include/matio.h"
#else
#include "/usr/local/include/matio.h"
#endif
// zlib's, which matio is built on: gzip-compressed files and PNG images use it, opened in the same way.
#include <zlib.h>
