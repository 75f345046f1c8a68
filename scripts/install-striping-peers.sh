#!/usr/bin/env bash
# Installs the peers of the striping comparison, where they are missing and where that is possible: a Debian-like system, as root.
# The comparison starts them on ports of its own; the services that come with the packages are neither started nor left to start at boot.
# What is missing then is left out, and its figures are open.
set -euo pipefail

programs="haproxy nginx mptcpize iperf3"
module=/usr/lib/nginx/modules/ngx_stream_module.so
policy=/usr/sbin/policy-rc.d

missing=()
for program in $programs; do
  [[ -n $(PATH="$PATH:/usr/sbin:/sbin" command -v "$program") ]] || missing+=("$program")
done
[[ -e $module ]] || missing+=(libnginx-mod-stream)
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
  echo "missing: ${missing[*]} (expected: installed by hand, as this user cannot); they are left out" >&2
  exit 0
fi

# Packages ask this script whether they may start services; one that is there already is the administrator's.
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
if ! { apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"; }; then
  echo "missing: ${missing[*]} (expected: installed by apt-get, which failed); they are left out" >&2
  exit 0
fi
for program in haproxy nginx; do
  if [[ " ${missing[*]} " == *" $program "* ]]; then
    if command -v systemctl >/dev/null; then
      systemctl disable --now "$program" >/dev/null 2>&1 || true
    fi
    update-rc.d "$program" disable >/dev/null 2>&1 || true
  fi
done
