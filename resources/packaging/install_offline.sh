#!/bin/sh
# Installs Annotator without a network. Another Python than python3: PYTHON=python3.12 sh install_offline.sh
exec "${PYTHON:-python3}" "$(dirname "$0")/install_offline.py" "$@"
