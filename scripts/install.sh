#!/bin/sh
# Makes .venv and installs gxcrawl into it with what its development needs. When the system lacks
# something, prints the line that installs it.
set -eu
cd "$(dirname "$0")/.."

find_python() { # the first Python that the given code accepts
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c "$1" >/dev/null 2>&1; then
            command -v "$name"
            return
        fi
    done
}

stop_and_tell() { # what is missing, then its packages for apt, dnf and brew
    sudo=""
    [ "$(id -u)" = 0 ] || sudo="sudo "
    echo "gxcrawl needs $1. This line installs it; then run the same make command again:" >&2
    if command -v apt-get >/dev/null; then
        echo "    ${sudo}apt-get install -y $2" >&2
    elif command -v dnf >/dev/null; then
        echo "    ${sudo}dnf install -y $3" >&2
    else
        echo "    brew install $4" >&2
    fi
    exit 1
}

make_venv() {
    new='import sys; assert sys.version_info >= (3, 11)'
    python=$(find_python "$new; import ensurepip, venv")
    if [ -z "$python" ]; then
        half=$(find_python "$new")
        if [ -n "$half" ]; then
            version=$("$half" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
            stop_and_tell "Python's venv" "python$version-venv" "python$version-libs" "python@$version"
        elif command -v python3 >/dev/null; then
            stop_and_tell "Python 3.11 or newer" "python3.11 python3.11-venv" "python3.11" "python@3.12"
        fi
        stop_and_tell "Python 3.11 or newer" "python3 python3-venv" "python3" "python@3.12"
    fi
    echo "Making .venv with $("$python" -V) ..."
    rm -rf .venv
    "$python" -m venv .venv
}

.venv/bin/python -c 'import pip' 2>/dev/null || make_venv
echo "Installing gxcrawl and its dependencies into .venv (once, a minute or two) ..."
.venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
