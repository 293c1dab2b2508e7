// Embeds Sources/ThetaLibrary/Library/*.nn. A new file needs its two entries here; a test checks that none is missing.
#include "library.h"

static const unsigned char incomplete[] = {
#embed "../ThetaLibrary/Library/incomplete.nn"
};
static const unsigned char special[] = {
#embed "../ThetaLibrary/Library/special.nn"
};

#define FILE_ROW(name) {#name ".nn", name, sizeof name}

static const theta_library_file files[] = {
    FILE_ROW(incomplete),
    FILE_ROW(special),
};

const theta_library_file *theta_library_files(size_t *count) {
  *count = sizeof files / sizeof files[0];
  return files;
}
