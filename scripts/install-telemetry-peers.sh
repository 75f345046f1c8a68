#!/usr/bin/env bash
# Installs the programs that the telemetry tests ask, where they are missing and where that is possible. The tests start them on ports of
# their own.
set -euo pipefail
source "$(dirname "$0")/packages.sh"

need prometheus
need prometheus-node-exporter
install_missing "the tests that ask them are skipped" || true
