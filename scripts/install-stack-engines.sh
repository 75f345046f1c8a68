#!/usr/bin/env bash
# Installs the container runtimes that stack virtualisation is tested with, where they are missing and where that is possible: a
# Debian-like system, as root. BIRD is there as a stack, busybox as the smallest one. Services that come with the packages are neither
# started nor left to start at boot. What is missing then is left out: its tests are skipped, and its figures are open.
set -euo pipefail

declare -A package_of=(
  [runc]=runc
  [crun]=crun
  [runsc]=runsc
  [busybox]=busybox-static
  [bird]=bird2
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
apt="apt-get -qq -o DPkg::Lock::Timeout=300"
$apt update || true
# One by one: a system that lacks one of them has the others.
for package in "${missing[@]}"; do
  if ! DEBIAN_FRONTEND=noninteractive $apt install -y --no-install-recommends "$package" >/dev/null; then
    echo "missing: $package (expected: installed by apt-get, which failed); it is left out" >&2
  fi
done
if [[ " ${missing[*]} " == *" bird2 "* ]]; then
  if command -v systemctl >/dev/null; then
    systemctl disable --now bird >/dev/null 2>&1 || true
  fi
  update-rc.d bird disable >/dev/null 2>&1 || true
fi
