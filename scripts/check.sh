#!/bin/sh
# Runs every check even when one fails, and says at the end which parts are broken.
set -u
cd "$(dirname "$0")/.."
export PATH="$PWD/.venv/bin:$PATH"
broken=""

run() { # a name for people, then the command
    name=$1
    shift
    echo "== $name"
    "$@" || broken="$broken, $name"
}

run "format" ruff format --check .
run "lint" ruff check --quiet .
run "types" mypy
run "generated files" python scripts/generate.py --check

if [ -n "$broken" ]; then
    echo "check failed: ${broken#, }. \`make format\` and \`make generate\` mend what can be mended." >&2
    exit 1
fi
echo "check passed: format, lint, types, generated files"
