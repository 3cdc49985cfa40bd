#!/bin/sh
# Lets the root's apt use a job's repositories: setup.sh PREFERRED-URI…
# Reads /slipway/in/slipway.sources (keys beside it). Packages of the preferred repositories win over others of any version.
set -eu
cp /slipway/in/slipway.sources /etc/apt/sources.list.d/slipway.sources
if [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -print -quit)" ]; then
    # The root came with the lists of its own distribution; only the job's repositories are new.
    apt-get -q -o Dir::Etc::SourceParts=/dev/null -o Dir::Etc::SourceList=/etc/apt/sources.list.d/slipway.sources \
        -o APT::Get::List-Cleanup=false update
else
    apt-get -q update
fi
: >/etc/apt/preferences.d/slipway
for preferred in "$@"; do
    apt-get indextargets --format '$(FILENAME)' "Created-By: Packages" "Repo-URI: $preferred" |
        while read -r file; do
            /usr/lib/apt/apt-helper cat-file "$file" | awk '
                /^Package: / { name = $2 }
                /^Version: / { printf "Package: %s\nPin: version %s\nPin-Priority: 990\n\n", name, $2 }'
        done >>/etc/apt/preferences.d/slipway
done
