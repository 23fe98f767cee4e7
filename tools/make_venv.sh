#!/usr/bin/env bash
# Makes .venv with pip in it, or says what is missing. Usage: make_venv.sh PYTHON
set -eu
python=${1:-python3}

if ! "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
    echo "Lotse needs Python 3.11 or newer; '$python' is not. Say which one: make PYTHON=python3.13 ..." >&2
    exit 1
fi

# Debian keeps the part of Python that makes virtual environments in a package of its own.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq python3-venv
    else
        echo "'$python' cannot make virtual environments. On Debian and Ubuntu: sudo apt-get install python3-venv" >&2
        exit 1
    fi
fi

"$python" -m venv .venv
