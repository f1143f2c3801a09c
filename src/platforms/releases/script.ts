/**
 * Runs where the releases are, by `sh -s -- ACT MACHINE ROOT CURRENT RELEASES FROM TO [RELOAD…]`, POSIX with GNU or
 * BusyBox `mv -T`. `begun` tells a connection that was never made from one that was lost; exit code 3 is a refusal.
 */
export const SCRIPT = String.raw`set -u
echo begun
act=$1 machine=$2 root=$3 current=$4 releases=$5 from=$6 to=$7
shift 7
refuse() { echo "$1: nothing was done" >&2; exit 3; }
if [ "$machine" != - ]; then
  there=$(cat /etc/machine-id 2>/dev/null || hostname)
  [ "$there" = "$machine" ] || refuse "this machine is $there, not $machine as configured"
fi
cd "$root" 2>/dev/null || refuse "there is no folder $root"
[ -L "$current" ] || refuse "$root/$current is no link"
path=$(readlink -f "$current") || refuse "$root/$current leads nowhere"
base=$(readlink -f "$releases") || refuse "there is no folder $root/$releases"
[ "$(dirname "$path")" = "$base" ] || refuse "$root/$current leads to $path, which is no release in $base"
now=$(basename "$path")
case $act in
  version) echo "$now" ;;
  serving) [ "$now" = "$to" ] || refuse "$root/$current leads to $now"; echo "$root/$current leads to $now" ;;
  facts)
    echo "$now"
    ls -1t "$releases" ;;
  link)
    [ "$now" = "$from" ] || refuse "$root/$current leads to $now, not to $from"
    [ -d "$releases/$to" ] && [ ! -L "$releases/$to" ] || refuse "there is no release $to in $base"
    draft=.$current.rollwatch.$$
    ln -s "$releases/$to" "$draft" || refuse "no link can be made in $root"
    mv -T "$draft" "$current" || { rm -f "$draft"; refuse "the link cannot be replaced"; }
    [ "$(basename "$(readlink -f "$current")")" = "$to" ] || { echo "$root/$current does not lead to $to" >&2; exit 1; }
    echo "$root/$current leads to $to again, before it was $from" ;;
  reload)
    [ "$now" = "$to" ] || refuse "$root/$current leads to $now, not to $to"
    "$@" </dev/null || { echo "$1 exited with $?" >&2; exit 1; }
    echo "$1 has ended" ;;
esac
`;
