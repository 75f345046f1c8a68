#!/usr/bin/env bash
# Installs the routers that address sharding is tested with, where they are missing and where that is possible: a Debian-like system, as
# root. The tests start them in network namespaces of their own; the services that come with the packages are neither started nor left to
# start at boot. What is missing then is left out: its tests are skipped, and its figures are open.
set -euo pipefail

declare -A package_of=(
  [bird]=bird2
  [vtysh]=frr
  [ip]=iproute2
)
policy=/usr/sbin/policy-rc.d

missing=()
for program in "${!package_of[@]}"; do
  [[ -n $(PATH="$PATH:/usr/sbin:/sbin" command -v "$program") ]] || missing+=("${package_of[$program]}")
done
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
declare -A service_of=([bird2]=bird [frr]=frr)
for package in "${missing[@]}"; do
  service=${service_of[$package]:-}
  if [[ -n $service ]]; then
    if command -v systemctl >/dev/null; then
      systemctl disable --now "$service" >/dev/null 2>&1 || true
    fi
    update-rc.d "$service" disable >/dev/null 2>&1 || true
  fi
done
