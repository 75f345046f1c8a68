#!/usr/bin/env bash
# Installs the peers of the striping comparison, where they are missing and where that is possible. The comparison starts them on ports of
# its own. What is missing then is left out, and its figures are open.
set -euo pipefail
source "$(dirname "$0")/packages.sh"

need haproxy
need nginx
need mptcpize
need iperf3
[[ -e /usr/lib/nginx/modules/ngx_stream_module.so ]] || missing+=(libnginx-mod-stream)
install_missing "they are left out" || true
