#!/bin/sh
# Unpacks a source RPM and its first archive, as the build user: unpack-rpm.sh FILE DIRECTORY. Prints the folder of the source.
set -eu
mkdir -p "$2/tree"
rpm -i --nosignature --nodigest --dbpath "$2/database" --define "_topdir $2" "/slipway/in/$1" >&2
cd "$2/tree"
for archive in ../SOURCES/*.tar ../SOURCES/*.tar.* ../SOURCES/*.tgz; do
    if [ -f "$archive" ]; then
        tar -x -f "$archive" --no-same-owner >&2
        break
    fi
done
set -- *
if [ $# = 1 ] && [ -d "$1" ]; then echo "$PWD/$1"; else echo "$PWD"; fi
