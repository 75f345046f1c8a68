#!/usr/bin/env bash
# Installs what the build and the tests call, where it is missing and where that is possible.
# Without tcpdump, the tests that look at captured packets are skipped; without ip, iperf3 and ethtool, how fair we are beside TCP stays
# open; without nginx and wrk, the gateway example uses the JDK's server and a client of its own.
set -euo pipefail
source "$(dirname "$0")/packages.sh"

"$(dirname "$0")/install-telemetry-peers.sh"
"$(dirname "$0")/install-address-peers.sh"

need javac openjdk-17-jdk-headless
need mvn maven
install_missing "nothing can be built"
missing=()
need tcpdump
need ip iproute2
need iperf3
need ethtool
need nginx
need wrk
install_missing "the tests that call them are skipped" || true
