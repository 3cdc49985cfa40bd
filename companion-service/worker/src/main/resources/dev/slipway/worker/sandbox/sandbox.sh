#!/bin/sh
# Runs one command of a task, as the first process of new mount, pid, ipc and uts namespaces (and a new network namespace
# when S_NETWORK is "none"), as root or as the root of a user namespace.
#
# The command sees the "jail": a temporary file system with the host's /usr (read-only), a few harmless files of the host's
# /etc, /scratch, and the task's root at /target. With S_VIEW=target it sees the task's root alone; should it break out of
# that, it finds itself in the jail and no further.
#
#   S_MODE      root | rootless
#   S_DIR       the task's directory: upper, work, jail, scratch
#   S_LOWER     the root below the overlay; empty: S_TARGET itself is used, writable
#   S_TARGET    a directory to be changed for good
#   S_VIEW      tools | target
#   S_USER      root | build (uid 2000, no capabilities, no new privileges)
#   S_NETWORK   host | none
#   S_PERSONALITY  argument of setarch, or empty
#   S_CD        working directory of the command
#   S_BINDS     lines "source destination": read-only below the view's root; S_OUT: a directory writable as /slipway/out
#   S_CGROUPS   directories of the control groups to join
#   S_MEMORY_MB, S_DISK_MB, S_PROCESSES   limits; S_WATCH_MEMORY, S_LIMIT_PROCESSES: yes where no control group does it
#   "$@"        NAME=VALUE… command argument…
#
# What went wrong outside the command is written to S_DIR/verdict: "setup …", "disk …" or "memory …".
set -eu
exec 3<&0 </dev/null
PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
export PATH LC_ALL

verdict() { printf '%s\n' "$1" >"$S_DIR/verdict"; }
trap 'verdict "setup ${doing:-}"; exit 125' EXIT

doing='could not join the control groups'
for group in $S_CGROUPS; do echo 0 >"$group/cgroup.procs"; done

doing='could not set the host name'
hostname localhost
if [ "$S_NETWORK" = none ]; then
    doing='could not bring up the loopback interface'
    ip link set lo up
fi

doing='could not make the jail'
jail=$S_DIR/jail
mount -t tmpfs -o mode=755,size=64m tmpfs "$jail"
cd "$jail"
mkdir -m 755 usr etc proc dev sys run var var/lib var/cache var/log scratch target home slipway
mkdir -m 1777 tmp var/tmp
mount -o bind,ro /usr usr
for dir in bin sbin lib lib32 lib64 libx32; do
    if [ -L "/$dir" ]; then
        ln -s "usr/${dir}" "$dir"
    elif [ -d "/$dir" ]; then
        mkdir "$dir"
        mount -o bind,ro "/$dir" "$dir"
    fi
done
for file in alternatives ca-certificates crypto-policies hosts group ld.so.cache ld.so.conf ld.so.conf.d localtime mime.types \
        nsswitch.conf passwd pki/tls pki/ca-trust protocols python3 services ssl/certs ssl/openssl.cnf; do
    [ -e "/etc/$file" ] || continue
    mkdir -p "etc/$(dirname "$file")"
    if [ -d "/etc/$file" ]; then mkdir "etc/$file"; else : >"etc/$file"; fi
    mount -o bind,ro "/etc/$file" "etc/$file"
done
mount --bind "$S_DIR/scratch" scratch

doing='could not mount the root'
if [ -n "$S_LOWER" ]; then
    options="lowerdir=$S_LOWER,upperdir=$S_DIR/upper,workdir=$S_DIR/work"
    if [ "$S_MODE" = rootless ]; then options="userxattr,$options"; fi
    mount -t overlay -o "$options" overlay target
else
    mount --bind "$S_TARGET" target
fi

# An earlier command of the task may have put links where mounts are to go.
plain_dir() {
    if [ -L "target/$1" ]; then rm -f "target/$1"; fi
    if [ ! -d "target/$1" ]; then mkdir -m 755 "target/$1"; fi
}

doing='could not fill /proc, /dev and /sys'
for dir in proc dev sys etc run tmp; do plain_dir "$dir"; done
mount -t proc -o nosuid,noexec,nodev proc proc
if [ "$S_MODE" = root ]; then
    for path in sys bus irq fs acpi; do
        if [ -e "proc/$path" ]; then mount -o bind,ro "proc/$path" "proc/$path"; fi
    done
    for path in sysrq-trigger kcore keys timer_list kmsg; do
        if [ -e "proc/$path" ]; then mount --bind /dev/null "proc/$path"; fi
    done
fi
mount --rbind proc target/proc
mount -t tmpfs -o mode=755,size=1m,nosuid tmpfs dev
for node in null zero full random urandom; do
    : >"dev/$node"
    mount --bind "/dev/$node" "dev/$node"
done
mkdir dev/pts dev/shm
mount -t devpts -o newinstance,nosuid,noexec,ptmxmode=0666,mode=0620 devpts dev/pts
mount -t tmpfs -o "mode=1777,nosuid,nodev,size=$((S_MEMORY_MB / 2))m" tmpfs dev/shm
ln -s pts/ptmx dev/ptmx
ln -s /proc/self/fd dev/fd
ln -s /proc/self/fd/0 dev/stdin
ln -s /proc/self/fd/1 dev/stdout
ln -s /proc/self/fd/2 dev/stderr
mount --rbind dev target/dev
# Some programs look here for processors; a container may forbid it.
mount -t sysfs -o ro,nosuid,noexec,nodev sysfs target/sys 2>/dev/null || :

doing='could not mount what the command needs'
if [ "$S_NETWORK" = host ]; then
    plain_dir etc
    for at in etc target/etc; do
        if [ -L "$at/resolv.conf" ]; then rm -f "$at/resolv.conf"; fi
        if [ ! -e "$at/resolv.conf" ]; then : >"$at/resolv.conf"; fi
        mount -o bind,ro /etc/resolv.conf "$at/resolv.conf"
    done
fi
if [ "$S_VIEW" = target ]; then view=target; else view=.; fi
printf '%s' "$S_BINDS" | while IFS=' ' read -r source destination; do
    doing="could not mount $source"
    if [ "$view" = target ]; then plain_dir "${destination%%/*}"; fi
    if [ -d "$source" ]; then
        mkdir -p "$view/$destination"
    else
        mkdir -p "$view/$(dirname "$destination")"
        : >"$view/$destination"
    fi
    mount -o bind,ro "$source" "$view/$destination"
done
if [ -n "$S_OUT" ]; then
    plain_dir slipway
    mkdir -p "$view/slipway/out"
    mount --bind "$S_OUT" "$view/slipway/out"
fi

stop_all() {
    verdict "$1"
    kill -KILL -1
}
watch() {
    pause=1
    while sleep "$pause"; do
        before=$(date +%s)
        if [ -n "$S_LOWER" ]; then used=$(du -smx "$S_DIR/upper" 2>/dev/null | cut -f1); else used=0; fi
        if [ "${used:-0}" -gt "$S_DISK_MB" ]; then stop_all "disk $used"; fi
        free=$(df --output=avail -B1M "$S_DIR" | tail -n 1)
        if [ "$free" -lt 200 ]; then stop_all "disk-free $free"; fi
        if [ "$S_WATCH_MEMORY" = yes ]; then
            used=$(cat proc/[0-9]*/statm 2>/dev/null | awk '{ pages += $2 - $3 } END { print int(pages / 256) }')
            if [ "$used" -gt "$S_MEMORY_MB" ]; then stop_all "memory $used"; fi
        fi
        # Looking costs no more than a tenth of the time, however many files there are.
        pause=$((1 + 10 * ($(date +%s) - before)))
    done
}
{
    cat <&3
    kill -KILL -1
} >/dev/null 2>&1 &
watch >/dev/null 2>&1 3<&- &
exec 3<&-

if [ "$S_USER" = build ]; then
    limits="--core=0 --fsize=$((S_DISK_MB * 1048576))"
    if [ "$S_WATCH_MEMORY" = yes ]; then limits="$limits --data=$((S_MEMORY_MB * 1048576))"; fi
    if [ "$S_LIMIT_PROCESSES" = yes ]; then limits="$limits --nproc=$S_PROCESSES"; fi
    privileges='--no-new-privs --inh-caps=-all --bounding-set=-all,+setuid,+setgid,+sys_chroot'
    become='--setgid=2000 --setuid=2000'
else
    limits='--core=0'
    privileges='--inh-caps=-all --bounding-set=-all,+chown,+dac_override,+fowner,+fsetid,+kill,+setgid,+setuid,+setpcap,+setfcap'
    privileges="$privileges,+net_bind_service,+sys_chroot,+audit_write"
    become=
fi
if [ "$S_VIEW" = target ]; then top=/target; else top=/; fi

trap - EXIT
# Word splitting of the options is meant.
# shellcheck disable=SC2086
unshare --mount --propagation private -- sh -c '
    limits=$1 privileges=$2 personality=$3 become=$4 top=$5 cd=$6
    shift 6
    { pivot_root . . && umount -l . && cd /; } || exit 125
    unset S_MODE S_DIR S_LOWER S_TARGET S_VIEW S_USER S_NETWORK S_CD S_BINDS S_OUT S_CGROUPS S_MEMORY_MB S_DISK_MB
    unset S_PERSONALITY S_PROCESSES S_WATCH_MEMORY S_LIMIT_PROCESSES LC_ALL PWD OLDPWD
    while case ${1-} in *=*) true ;; *) false ;; esac do export "$1"; shift; done
    exec prlimit $limits -- setpriv $privileges -- $personality unshare $become --root="$top" --wd="$cd" -- "$@"
' sandbox "$limits" "$privileges" "${S_PERSONALITY:+setarch $S_PERSONALITY}" "$become" "$top" "$S_CD" "$@" &
wait "$!"
