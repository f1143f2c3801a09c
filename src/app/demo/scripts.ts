/**
 * The rollback of the demo: a real script that takes a few seconds and changes what serves.
 *
 * `rollback.sh PIPELINE VERSION` writes the pipeline's version file, as a deployment tool would move a symlink or a tag.
 */
export const ROLLBACK_SCRIPT = `#!/bin/sh
# Puts a version of a demo pipeline back: rollback.sh PIPELINE VERSION
set -eu
PATH=/usr/bin:/bin
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
pipeline=$1
version=$2
file=$here/versions/$pipeline
if [ ! -f "$file" ]; then
  echo "no pipeline named $pipeline in $here/versions" >&2
  exit 1
fi
echo "1/4 draining $pipeline $(cat "$file")"
sleep 1
echo "2/4 starting $version"
sleep 1
printf '%s\\n' "$version" >"$file.new"
mv -- "$file.new" "$file"
echo "3/4 traffic goes to $version"
sleep 1
echo "4/4 $pipeline serves $(cat "$file")"
`;

/** Prints the version that serves: \`version.sh PIPELINE\`. */
export const VERSION_SCRIPT = `#!/bin/sh
# Prints the version of a demo pipeline that serves now: version.sh PIPELINE
set -eu
PATH=/usr/bin:/bin
here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
cat "$here/versions/$1"
`;
