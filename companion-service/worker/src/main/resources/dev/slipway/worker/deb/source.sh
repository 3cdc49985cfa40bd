#!/bin/sh
# Makes a Debian source package, as the build user: source.sh NAME UPSTREAM-VERSION SUFFIX EPOCH-SECONDS
# Reads /slipway/in/repository.tar; UPSTREAM-VERSION is empty for a native package, and EPOCH-SECONDS is the time stamp of
# every file in the upstream archive, so that all revisions of one upstream version have the same archive.
set -eu
name=$1 upstream=$2 suffix=$3 stamp=$4
umask 022

# The patches of the quilt series in this directory, last one first.
patches() {
    [ ! -e debian/patches/series ] || sed 's/#.*//' debian/patches/series | awk 'NF { print $1 }' | tac
}

# Whether the series is applied here already, as in repositories that keep the patched tree.
applied() {
    last=$(patches | head -n 1)
    [ -n "$last" ] && patch -p1 -R -f -s --dry-run -i "debian/patches/$last" >/dev/null 2>&1
}

mkdir -p work/tree
cd work
tar -x -f /slipway/in/repository.tar -C tree
if [ -n "$upstream" ]; then
    mv tree "$name-$upstream"
    archive=${name}_$upstream.orig.tar
    if [ -e "/slipway/in/$archive.gz" ]; then
        cp "/slipway/in/$archive.gz" .
    else
        if (cd "$name-$upstream" && applied); then
            # upstream's archive is what the patches were made for
            cp -a "$name-$upstream" patched
            (cd "$name-$upstream" && patches | while read -r each; do
                patch -p1 -R -f -s -i "debian/patches/$each"
            done)
        fi
        tar -c -f "$archive" --sort=name --format=gnu --mtime="@$stamp" --owner=0 --group=0 --numeric-owner \
            --mode=u+rw,go=rX --exclude="$name-$upstream/debian" "$name-$upstream"
        gzip -9n "$archive"
        if [ -d patched ]; then
            rm -r "$name-$upstream"
            mv patched "$name-$upstream"
        fi
    fi
    cd "$name-$upstream"
else
    cd tree
fi
if [ -n "$suffix" ]; then sed -i "1s/(\([^)]*\))/(\1$suffix)/" debian/changelog; fi
exec dpkg-buildpackage -S -us -uc -d -nc
