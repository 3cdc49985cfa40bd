#!/bin/sh
# Makes a fresh root at /target fit for tasks: prepare.sh FORMAT
# Every file is written once, by a root that ran nothing but its distribution's own scripts.
set -eu
format=$1
cd /target

if ! grep -q '^[^:]*:[^:]*:2000:' etc/passwd; then
    echo 'build:x:2000:2000:build:/build:/bin/sh' >>etc/passwd
    echo 'build:x:2000:' >>etc/group
    if [ -f etc/shadow ]; then echo 'build:!:19000::::::' >>etc/shadow; fi
fi
install -d -m 755 -o 2000 -g 2000 build
printf '127.0.0.1 localhost\n::1 localhost\n' >etc/hosts
echo localhost >etc/hostname
rm -f etc/resolv.conf

# Services of packages that are installed must not start.
install -d usr/sbin
printf '#!/bin/sh\nexit 101\n' >usr/sbin/policy-rc.d
chmod 755 usr/sbin/policy-rc.d

if [ -d etc/apt/apt.conf.d ]; then
    cat >etc/apt/apt.conf.d/99slipway <<'EOF'
APT::Install-Recommends "false";
APT::Update::Error-Mode "any";
Acquire::Languages "none";
Acquire::Retries "2";
Dpkg::Use-Pty "false";
EOF
fi
if [ -d etc/dpkg ]; then
    install -d etc/dpkg/dpkg.cfg.d
    # A root that is lost in a crash is made again.
    echo force-unsafe-io >etc/dpkg/dpkg.cfg.d/slipway
fi

[ "$format" = rpm ] || exit 0
install -d etc/rpm var/lib/rpm
if [ -f etc/debian_version ]; then
    # Debian's loader doesn't search %_libdir, and its rpm keeps the database in the user's home.
    install -d usr/lib64 etc/ld.so.conf.d
    echo /usr/lib64 >etc/ld.so.conf.d/slipway-lib64.conf
    echo '%_dbpath /var/lib/rpm' >etc/rpm/macros.slipway
fi
chroot . ldconfig
# Without a database rpmbuild would skip its check of build dependencies.
rpm --root /target --dbpath /var/lib/rpm --initdb
