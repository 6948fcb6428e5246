#!/bin/sh
# session.sh COMMAND …: runs it with a display, a session bus and a home of its own, so that a test neither sees nor
# touches what is the user's. Ends with the command's status.
set -eu

scratch=$(mktemp -d "${TMPDIR:-/tmp}/xiaoqu-session.XXXXXX")
xvfb=
stop ()
{
  [ -z "$xvfb" ] || kill "$xvfb" 2>/dev/null || true
  rm -rf "$scratch"
}
trap stop EXIT
trap 'exit 1' HUP INT TERM

mkdir -m 700 "$scratch/runtime"
mkdir "$scratch/home"
export HOME="$scratch/home" XDG_RUNTIME_DIR="$scratch/runtime"
export XDG_CONFIG_HOME="$HOME/.config" XDG_DATA_HOME="$HOME/.local/share" XDG_STATE_HOME="$HOME/.local/state" \
  XDG_CACHE_HOME="$HOME/.cache"
unset WAYLAND_DISPLAY DBUS_SESSION_BUS_ADDRESS AT_SPI_BUS_ADDRESS || true
# Software drawing: the same picture everywhere, and no graphics driver is needed.
export GDK_BACKEND=x11 GSK_RENDERER=cairo

Xvfb -displayfd 3 -screen 0 1600x1000x24 -noreset -nolisten tcp 3>"$scratch/display" >"$scratch/xvfb.log" 2>&1 &
xvfb=$!
tries=0
until [ -s "$scratch/display" ]; do
  tries=$((tries + 1))
  if [ "$tries" -gt 150 ] || ! kill -0 "$xvfb" 2>/dev/null; then
    echo "Xvfb did not start:" >&2
    cat "$scratch/xvfb.log" >&2
    exit 1
  fi
  sleep 0.1
done
DISPLAY=:$(cat "$scratch/display")
export DISPLAY
dbus-run-session -- "$@"
