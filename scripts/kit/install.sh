#!/bin/sh
# Linux: sh install.sh [--folder FOLDER]
set -eu
here=$(cd "$(dirname "$0")" && pwd)
for python in python3.13 python3.12 python3.11 python3; do
    if command -v "$python" >/dev/null 2>&1 &&
        "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null; then
        exec "$python" "$here/install.py" "$@"
    fi
done
echo 'Python 3.11、3.12、3.13 のどれかを入れてから、もう一度実行してください。' >&2
exit 1
