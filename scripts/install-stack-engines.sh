#!/usr/bin/env bash
# Installs the container runtimes that stack virtualisation is tested with, where they are missing and where that is possible. BIRD is there
# as a stack, busybox as the smallest one. What is missing then is left out: its tests are skipped, and its figures are open.
set -euo pipefail
source "$(dirname "$0")/packages.sh"

need runc
need crun
need runsc
need busybox busybox-static
need bird bird2
install_missing "they are left out" || true
