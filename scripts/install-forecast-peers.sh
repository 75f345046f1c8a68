#!/usr/bin/env bash
# Installs what the forecast comparison runs beside ours, where it is missing and where that is possible: a Debian-like system, as root.
set -euo pipefail

# Libraries are no commands: each is there when it can be loaded.
has_r_forecast() { Rscript -e 'library(forecast)' >/dev/null 2>&1; }
has_python() { python3 -c "import $1" >/dev/null 2>&1 || /usr/bin/python3 -c "import $1" >/dev/null 2>&1; }

missing=()
has_r_forecast || missing+=(r-cran-forecast)
has_python numpy || missing+=(python3-numpy)
has_python statsmodels || missing+=(python3-statsmodels)
[[ ${#missing[@]} -gt 0 ]] || exit 0

if [[ $(id -u) -ne 0 ]] || ! command -v apt-get >/dev/null; then
  echo "missing: ${missing[*]} (expected: installed by hand, as this user cannot)" >&2
  exit 1
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}"
