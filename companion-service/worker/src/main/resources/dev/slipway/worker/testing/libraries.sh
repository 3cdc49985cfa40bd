#!/bin/sh
# Reads paths of /slipway/in/paths and prints those programs and libraries that lack a library. Libraries of a program's own
# folder are left alone: whoever loads them tells the loader where they are.
while read -r path; do
    case $path in
        /usr/lib/debug/*) continue ;;
        */bin/* | */sbin/* | /usr/libexec/*) ;;
        /lib/*.so* | /lib64/*.so* | /usr/lib/*.so* | /usr/lib64/*.so* | /usr/lib32/*.so*)
            case ${path#/usr} in /lib*/*/*/*) continue ;; esac
            ;;
        *) continue ;;
    esac
    if [ ! -f "$path" ] || [ -L "$path" ]; then continue; fi
    if [ "$(head -c 4 "$path" | tr -d '\000-\010\177')" != ELF ]; then continue; fi
    ldd "$path" 2>/dev/null | sed -n "s|^[[:space:]]*\\([^ ]*\\) => not found.*|$path needs \\1|p"
done </slipway/in/paths
