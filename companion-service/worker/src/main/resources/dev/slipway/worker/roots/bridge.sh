#!/bin/bash
# Installs a package without files into the rpm database of the Debian root at /target, whose Provides tell what that root
# holds: bridge.sh VERSION ARCH. Sonames and symbol versions come from rpm's own generator.
set -euo pipefail
version=$1 arch=$2
top=/scratch/bridge
mkdir -p "$top"
cd /target

libraries() {
    local dir
    for dir in usr/lib usr/lib32 usr/lib64 usr/libx32; do
        if [ -d "$dir" ] && [ ! -L "$dir" ]; then find "$dir" -xdev -type f -name '*.so*' -size +0; fi
    done
}

commands() {
    local dir
    for dir in bin sbin usr/bin usr/sbin usr/local/bin; do
        if [ -d "$dir" ]; then find "$dir/" -maxdepth 1 \( -type f -o -type l \) -printf '/%p\n'; fi
    done | tr -s /
    if [ -e usr/share/misc/magic.mgc ]; then echo /usr/share/misc/magic.mgc; fi
}

# What other distributions call some of Debian's packages.
alias_of() {
    case $1 in
        libc6) echo glibc ;;
        libc6-dev) echo glibc-devel ;;
        g++) echo gcc-c++ ;;
        pkg-config | pkgconf) echo pkgconfig ;;
        xz-utils) echo xz ;;
        zlib1g-dev) echo zlib-devel ;;
        libssl-dev) echo openssl-devel ;;
        python3-dev) echo python3-devel ;;
        libncurses-dev) echo ncurses-devel ;;
        libreadline-dev) echo readline-devel ;;
        perl-base) echo perl-interpreter ;;
    esac
}

# Debian's "1:2.0~rc1-3+b1" as rpm's "1:2.0~rc1-3+b1": no second hyphen, and always a release.
packages() {
    dpkg-query --admindir=/target/var/lib/dpkg -W -f '${binary:Package} ${Version} ${db:Status-Status}\n' |
        while read -r package full status; do
            if [ "$status" != installed ]; then continue; fi
            local name=${package%%:*} epoch='' upstream release other
            case $full in *:*) epoch=${full%%:*}: full=${full#*:} ;; esac
            upstream=${full%-*} release=${full##*-}
            if [ "$upstream" = "$full" ]; then release=0; fi
            echo "$name = $epoch${upstream//-/.}-$release"
            other=$(alias_of "$name")
            if [ -n "$other" ] && [ "$other" != "$name" ]; then echo "$other = $epoch${upstream//-/.}-$release"; fi
        done
}

provides() {
    libraries | /usr/lib/rpm/elfdeps --provides || :
    echo 'rtld(GNU_HASH)'
    commands
    packages
    find usr/lib usr/share -xdev -path '*/pkgconfig/*.pc' -type f | /usr/lib/rpm/pkgconfigdeps.sh --provides || :
    find usr/share/perl usr/share/perl5 usr/lib/*/perl usr/lib/*/perl-base -xdev -name '*.pm' 2>/dev/null |
        /usr/lib/rpm/perl.prov 2>/dev/null || :
    local python
    for python in usr/bin/python3.[0-9] usr/bin/python3.[0-9][0-9]; do
        if [ -x "$python" ]; then echo "python(abi) = ${python#usr/bin/python}"; fi
    done
}

{
    printf 'Name: slipway-bridge\nVersion: %s\nRelease: 1\n' "$version"
    printf 'Summary: What the Debian parts of this root provide\nLicense: MIT\nAutoReqProv: no\n'
    provides | grep -E '^[][A-Za-z0-9/()._+:=~^,*@ -]+$' | sort -u | sed 's/^/Provides: /'
    printf '%%description\nDependency bridge, no files.\n%%files\n'
    # Where rpm comes from, glibc does this: packages with libraries do not run ldconfig themselves any more.
    for when in transfiletriggerin transfiletriggerpostun; do
        printf '%%%s -P 2000000 -- /lib /usr/lib /lib64 /usr/lib64\n/sbin/ldconfig\n' "$when"
    done
} >"$top/slipway-bridge.spec"
rpmbuild -bb --quiet --target "$arch" --define "_topdir $top" --define '_build_id_links none' "$top/slipway-bridge.spec"
rpm --root /target --dbpath /var/lib/rpm -i --ignorearch "$top"/RPMS/*/slipway-bridge-*.rpm
rpm --root /target --dbpath /var/lib/rpm -q --provides slipway-bridge | wc -l | sed 's/$/ provides in the bridge package/'
