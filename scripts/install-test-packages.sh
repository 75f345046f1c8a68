#!/usr/bin/env bash
# Installs what the build and the tests call, where it is missing and where that is possible: a Debian-like system, as root.
# Without tcpdump, the tests that look at captured packets are skipped; without ip, iperf3 and ethtool, how fair we are beside TCP stays
# open; without nginx and wrk, the gateway example uses the JDK's server and a client of its own.
set -euo pipefail

"$(dirname "$0")/install-telemetry-peers.sh"
"$(dirname "$0")/install-address-peers.sh"

declare -A package_of=(
  [javac]=openjdk-17-jdk-headless
  [mvn]=maven
  [tcpdump]=tcpdump
  [ip]=iproute2
  [iperf3]=iperf3
  [ethtool]=ethtool
  [nginx]=nginx
  [wrk]=wrk
)
needed="javac mvn"
policy=/usr/sbin/policy-rc.d

missing=()
for tool in "${!package_of[@]}"; do
  [[ -n $(PATH="$PATH:/usr/sbin:/sbin" command -v "$tool") ]] || missing+=("$tool")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
  echo "missing: ${missing[*]} (expected: installed by hand, as this user cannot)" >&2
  for tool in "${missing[@]}"; do
    [[ " $needed " != *" $tool "* ]] || exit 1
  done
  exit 0
fi
# A package may start no service, unless the administrator has said otherwise.
if [[ ! -e $policy ]]; then
  printf '#!/bin/sh\nexit 101\n' >"$policy"
  chmod +x "$policy"
  trap 'rm -f "$policy"' EXIT
fi
apt-get update -qq
packages=()
for tool in "${missing[@]}"; do
  packages+=("${package_of[$tool]}")
done
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${packages[@]}"
if [[ " ${missing[*]} " == *" nginx "* ]]; then
  if command -v systemctl >/dev/null; then
    systemctl disable --now nginx >/dev/null 2>&1 || true
  fi
  update-rc.d nginx disable >/dev/null 2>&1 || true
fi
