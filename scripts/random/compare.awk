# Compares two outputs of a script made by wrap.awk: awk -f compare.awk cases octave-output theta-output
# Prints every case that differs with both outputs, then how many of how many did.
FNR == 1 { file++ ; id = 0 }
file == 1 { source[FNR] = $0; count = FNR; next }
/^@@ [0-9]+$/ { id = $2; seen[file, id] = 1; next }
id { output[file, id] = output[file, id] "    " $0 "\n" }
END {
  for (i = 1; i <= count; i++) {
    if (!((2, i) in seen)) { missing++; continue }
    compared++
    if (!((3, i) in seen)) output[3, i] = "    (nothing: the program ended before)\n"
    if (output[2, i] == output[3, i]) continue
    different++
    printf "#%d  %s\n  octave:\n%s  theta:\n%s", i, source[i], output[2, i], output[3, i]
  }
  printf "%d of %d random cases differ (%d not run by Octave)\n", different, compared, missing
}
