#!/bin/sh
# Runs a command as the first process of a pid namespace, so that whatever the command started ends with it.
# Standard input is a pipe that the worker never writes to: when the worker dies, its end closes, and all is killed.
exec 3<&0 </dev/null
"$@" 3<&- &
job=$!
{
    cat <&3
    kill -KILL -1
} >/dev/null 2>&1 &
exec 3<&-
wait "$job"
