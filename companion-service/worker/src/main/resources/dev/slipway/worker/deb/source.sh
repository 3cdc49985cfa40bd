#!/bin/sh
# Makes a Debian source package, as the build user: source.sh NAME UPSTREAM-VERSION SUFFIX EPOCH-SECONDS
# Reads /slipway/in/repository.tar; UPSTREAM-VERSION is empty for a native package, and EPOCH-SECONDS is the time stamp of
# every file in the upstream archive, so that all revisions of one upstream version have the same archive.
set -eu
name=$1 upstream=$2 suffix=$3 stamp=$4
umask 022
mkdir -p work/tree
cd work
tar -x -f /slipway/in/repository.tar -C tree
if [ -n "$upstream" ]; then
    mv tree "$name-$upstream"
    archive=${name}_$upstream.orig.tar
    if [ -e "/slipway/in/$archive.gz" ]; then
        cp "/slipway/in/$archive.gz" .
    else
        tar -c -f "$archive" --sort=name --format=gnu --mtime="@$stamp" --owner=0 --group=0 --numeric-owner \
            --mode=u+rw,go=rX --exclude="$name-$upstream/debian" "$name-$upstream"
        gzip -9n "$archive"
    fi
    cd "$name-$upstream"
else
    cd tree
fi
if [ -n "$suffix" ]; then sed -i "1s/(\([^)]*\))/(\1$suffix)/" debian/changelog; fi
exec dpkg-buildpackage -S -us -uc -d -nc
