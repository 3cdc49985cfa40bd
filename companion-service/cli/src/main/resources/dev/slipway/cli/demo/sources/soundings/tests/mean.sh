#!/bin/sh
# Takes the program to test as its argument; the installed one otherwise.
set -eu
got=$(printf '5\n15\n' | "${1:-soundings}")
[ "$got" = '2 soundings, mean 18.29 m' ] || { echo "unexpected: $got"; exit 1; }
echo "the mean is right"
