#!/usr/bin/env bash
# Read by the install scripts: notes packages that are missing and installs them where that is possible, which is on a Debian-like system, as
# root. Services that come with them are neither started nor left to start at boot.

missing=()

declare -A service_of=(
  [bird2]=bird
  [frr]=frr
  [haproxy]=haproxy
  [nginx]=nginx
  [prometheus]=prometheus
  [prometheus-node-exporter]=prometheus-node-exporter
)

# need PROGRAM [PACKAGE]: notes the package, of the same name if none is given, where the program is not there.
need() {
  [[ -n $(PATH="$PATH:/usr/sbin:/sbin" command -v "$1") ]] || missing+=("${2:-$1}")
}

# install_missing THEN: installs what was noted; says of what cannot be installed what happens then, and returns 1.
install_missing() {
  local then=$1
  [[ ${#missing[@]} -gt 0 ]] || return 0
  if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
    lacks "installed by hand, as this user cannot" "$then" "${missing[@]}"
    return 1
  fi
  forbid_services
  apt_get update || true
  if ! apt_get install "${missing[@]}"; then
    install_one_by_one "$then"
  fi
}

# A system that lacks one of them has the others.
install_one_by_one() {
  local package failed=()
  for package in "${missing[@]}"; do
    apt_get install "$package" || failed+=("$package")
  done
  if [[ ${#failed[@]} -gt 0 ]]; then
    lacks "installed by apt-get, which failed" "$1" "${failed[@]}"
    return 1
  fi
}

apt_get() {
  local verb=$1
  shift
  DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300 "$verb" -y --no-install-recommends "$@" >/dev/null || return 1
  [[ $verb != install ]] || stop_services "$@"
}

lacks() {
  local expected=$1 then=$2
  shift 2
  echo "missing: $* (expected: $expected); $then" >&2
}

# Packages ask this script whether they may start services; one that is there already is the administrator's.
forbid_services() {
  local policy=/usr/sbin/policy-rc.d
  if [[ ! -e $policy ]]; then
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod +x "$policy"
    # shellcheck disable=SC2064 # the path of now
    trap "rm -f '$policy'" EXIT
  fi
}

stop_services() {
  local package service
  for package in "$@"; do
    service=${service_of[$package]:-}
    [[ -n $service ]] || continue
    if command -v systemctl >/dev/null; then
      systemctl disable --now "$service" >/dev/null 2>&1 || true
    fi
    update-rc.d "$service" disable >/dev/null 2>&1 || true
  done
}
