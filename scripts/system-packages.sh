#!/usr/bin/env bash
# Install what the page tests need from Debian or Ubuntu, where it is missing: chromium and fonts.
# --check installs nothing and fails where the browser is missing.
set -euo pipefail

missing() {
    command -v chromium >/dev/null || echo chromium
    fc-list 2>/dev/null | grep -qi 'noto sans' || echo fonts-noto-core
}

if [ "${1:-}" = --check ]; then
    command -v chromium >/dev/null && exit 0
    echo "error: the page tests need chromium; get it with scripts/system-packages.sh" >&2
    exit 1
fi

mapfile -t packages < <(missing)
[ "${#packages[@]}" -eq 0 ] && exit 0

root=()
[ "$(id -u)" -eq 0 ] || root=(sudo)
apt_install() {
    "${root[@]}" env DEBIAN_FRONTEND=noninteractive \
        apt-get install -y -qq --no-install-recommends "${packages[@]}" >/dev/null
}

echo "==> Installing ${packages[*]}"
apt_install 2>/dev/null || { "${root[@]}" apt-get update -qq && apt_install; }
