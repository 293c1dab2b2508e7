# Expands the grammar in the first file into random cases, one a line: awk -v count=N -v seed=S -f expand.awk cases.grammar
# The numbers come from the minimal standard generator, so that a seed gives the same cases with every awk.

function random(n) {
  state = (state * 16807) % 2147483647
  return int(state / 2147483647 * n)
}

function choose(rule, depth,    i, place) {
  if (!(rule in alternatives)) { print "no rule " rule > "/dev/stderr"; exit 2 }
  if (depth > deepest) return text[rule, 1]
  place = random(total[rule])
  for (i = 1; place >= weight[rule, i]; i++) place -= weight[rule, i]
  return text[rule, i]
}

function expand(rule, depth,    line, made, name) {
  line = choose(rule, depth)
  made = ""
  while (match(line, /<[a-z0-9]+>/)) {
    name = substr(line, RSTART + 1, RLENGTH - 2)
    made = made substr(line, 1, RSTART - 1)
    line = substr(line, RSTART + RLENGTH)
    made = made expand(name, depth + 1)
  }
  return made line
}

# Calls without the space before "(", which would separate elements inside brackets.
function tight(line,    made) {
  while (match(line, /[A-Za-z0-9_] \(/)) {
    made = made substr(line, 1, RSTART) "("
    line = substr(line, RSTART + 3)
  }
  return made line
}

BEGIN { deepest = 7; state = (seed * 7919 + 12345) % 2147483646 + 1 }
/^#/ || /^$/ { next }
/^[a-z]/ { rule = $1; next }
{
  sub(/^ +/, "")
  amount = 1
  if (match($0, /^[0-9]+\| /)) { amount = $0 + 0; sub(/^[0-9]+\| /, "") }
  alternatives[rule]++
  text[rule, alternatives[rule]] = $0
  weight[rule, alternatives[rule]] = amount
  total[rule] += amount
}
END {
  for (i = 0; i < 20; i++) random(2)
  for (i = 1; i <= count; i++) {
    line = expand("case", 0)
    gsub(/@LT@/, "<", line)
    line = tight(line)
    print line
  }
}
