// What of the C library Swift cannot call as it is: snprintf for one number, without a list of arguments (Swift's CVarArg
// boxes every one of them), and strptime, which its headers show only to programs that ask for it.

#ifndef THETA_CPRINT_H
#define THETA_CPRINT_H

#include <stddef.h>
#include <stdio.h>
#include <time.h>

extern char *strptime(const char *text, const char *format, struct tm *parts);

// The flags of a conversion as bits.
enum { THETA_LEFT = 1, THETA_PLUS = 2, THETA_SPACE = 4, THETA_ZERO = 8, THETA_ALTERNATE = 16 };

// Writes "%<flags>*.*<size><letter>" and gives its end.
static inline char *theta_conversion(char *format, unsigned flags, const char *size, char letter) {
  *format++ = '%';
  if (flags & THETA_LEFT) *format++ = '-';
  if (flags & THETA_PLUS) *format++ = '+';
  if (flags & THETA_SPACE) *format++ = ' ';
  if (flags & THETA_ZERO) *format++ = '0';
  if (flags & THETA_ALTERNATE) *format++ = '#';
  *format++ = '*';
  *format++ = '.';
  *format++ = '*';
  while (*size) *format++ = *size++;
  *format++ = letter;
  *format = 0;
  return format;
}

// As snprintf; a negative precision leaves it out.
static inline int theta_print_real(
    char *text, size_t size, unsigned flags, char letter, int width, int precision, double x) {
  char format[16];
  theta_conversion(format, flags, "", letter);
  return snprintf(text, size, format, width, precision, x);
}

static inline int theta_print_integer(
    char *text, size_t size, unsigned flags, char letter, int width, int precision, unsigned long long bits) {
  char format[16];
  theta_conversion(format, flags, "ll", letter);
  return snprintf(text, size, format, width, precision, bits);
}

#endif
