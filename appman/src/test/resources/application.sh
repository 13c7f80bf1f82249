#!/bin/sh
# An application that reads a directory and knows nothing of Hydra.
# usage: application.sh MODE CURRENT DIRECTORY
#   MODE       signal: loads again on SIGHUP; watch: when CURRENT leads elsewhere; plain: never
#   DIRECTORY  gets pid, loaded (one line a dataset: name digest) and loads (one line a load)
mode=$1
current=$2
directory=$3

load() {
  # One look at the link, so that all that is read is of one release.
  seen=$(readlink -f "$current") || return
  if [ -f "$seen/index/broken" ] && [ "$mode" = plain ]; then exit 3; fi
  for dataset in "$seen"/*; do
    [ -f "$dataset/digest" ] && echo "$(basename "$dataset") $(cat "$dataset/digest")"
  done >"$directory/loaded.new"
  mv "$directory/loaded.new" "$directory/loaded"
  echo "${HYDRA_SEQUENCE-} ${HYDRA_RELEASE-} $seen" >>"$directory/loads"
}

trap load HUP
trap 'rm -f "$directory/loaded"; exit 0' TERM
load
echo $$ >"$directory/pid.new"
mv "$directory/pid.new" "$directory/pid"
while :; do
  sleep 0.05 &
  wait $!
  if [ "$mode" = watch ] && [ "$(readlink -f "$current")" != "${seen-}" ]; then load; fi
done
