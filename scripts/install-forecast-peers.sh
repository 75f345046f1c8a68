#!/usr/bin/env bash
# Installs what the forecast comparison runs beside ours, where it is missing and where that is possible.
set -euo pipefail
source "$(dirname "$0")/packages.sh"

# Libraries are no commands: each is there when it can be loaded.
has_r_forecast() { Rscript -e 'library(forecast)' >/dev/null 2>&1; }
has_python() { python3 -c "import $1" >/dev/null 2>&1 || /usr/bin/python3 -c "import $1" >/dev/null 2>&1; }

has_r_forecast || missing+=(r-cran-forecast)
has_python numpy || missing+=(python3-numpy)
has_python statsmodels || missing+=(python3-statsmodels)
install_missing "there is nothing to compare with"
