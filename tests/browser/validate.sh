#!/usr/bin/env bash
# Validates the HTML, the style sheets and the pictures of built sites: bash tests/browser/validate.sh SITE_DIR...
# Uses the Nu HTML checker, which `npm ci` here installs; it needs Java. Ends with 1 if it found anything.
set -euo pipefail

checker=$(dirname "$0")/node_modules/vnu-jar/build/dist/vnu.jar
[[ -f $checker ]] || { echo "Run \`npm ci\` in $(dirname "$0") first." >&2; exit 2; }
command -v java >/dev/null || { echo 'The checker needs Java (Debian: apt-get install default-jre-headless).' >&2; exit 2; }

# A page on the disk has no origin, so that the checker takes all its own files for foreign ones; in a browser, look.mjs
# sees what a policy blocks. `vector-effect` of SVG 2 is a property that the checker does not know yet.
known='Resource violates Content Security Policy \(meta tag\): .*|CSS: “vector-effect”: Property “vector-effect” doesn.t exist\.'

failed=0
for site in "$@"; do
  for kind in '--skip-non-html' '--also-check-css --skip-non-css' '--also-check-svg --skip-non-svg'; do
    # shellcheck disable=SC2086
    java -jar "$checker" --Werror $kind --filterpattern "$known" "$site" || failed=1
  done
  echo "$site: $(find "$site" -name '*.html' | wc -l) pages were looked at."
done
exit "$failed"
