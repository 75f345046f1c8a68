#!/usr/bin/env bash
# Installs the routers that address sharding is tested with, where they are missing and where that is possible. The tests start them in
# network namespaces of their own. What is missing then is left out: its tests are skipped, and its figures are open.
set -euo pipefail
source "$(dirname "$0")/packages.sh"

need bird bird2
need vtysh frr
need ip iproute2
install_missing "they are left out" || true
