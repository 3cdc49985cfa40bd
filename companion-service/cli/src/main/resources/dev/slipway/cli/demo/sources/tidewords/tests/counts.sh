#!/bin/sh
# Takes the program to test as its argument; the installed one otherwise.
set -eu
program=${1:-tidewords}
got=$(printf 'Ebb and flow, ebb and EBB' | "$program" 2)
want='3 ebb
2 and'
[ "$got" = "$want" ] || { printf 'expected:\n%s\ngot:\n%s\n' "$want" "$got"; exit 1; }
[ -z "$("$program" </dev/null)" ]
echo "counts are right"
