#!/usr/bin/env bash
# Installs what the build and the tests call, where it is missing and where that is possible: a Debian-like system, as root.
set -euo pipefail

declare -A package_of=(
  [javac]=openjdk-17-jdk-headless
  [mvn]=maven
)

missing=()
for tool in "${!package_of[@]}"; do
  command -v "$tool" >/dev/null || missing+=("${package_of[$tool]}")
done
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
  echo "missing: ${missing[*]} (expected: installed by hand, as this user cannot)" >&2
  exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
