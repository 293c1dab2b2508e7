# Makes a script of the cases: each prints its number, what it displays, the class and size of x, or its error.
# With -v first=N the numbers start there.
BEGIN { if (first == "") first = 1; print "1;" }
{
  printf "printf (\"\\n@@ %d\\n\"); clear x y z a c s err\n", first + NR - 1
  print "try"
  print "  " $0
  print "  printf (\"%s %s\\n\", class (x), mat2str (size (x)));"
  print "catch err"
  print "  format; printf (\"error: %s [%s]\\n\", err.message, err.identifier);"
  print "end"
}
