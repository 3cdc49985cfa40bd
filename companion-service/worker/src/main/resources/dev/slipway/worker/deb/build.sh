#!/bin/sh
# Builds a Debian source package, as the build user: build.sh DSC OPTION…
set -eu
dsc=$1
shift
umask 022
mkdir -p work
cd work
dpkg-source -x "/slipway/in/$dsc" source
cd source
exec dpkg-buildpackage -us -uc "$@"
