#!/usr/bin/python3
"""screenshots.py FOLDER: pictures of the pages of the sample district, light and dark, in two sizes."""

import os
import pathlib
import subprocess
import sys
import tempfile
import time

import xq_window
from xq_window import says, wait_for

SIZES = [(1440, 900), (1280, 720)]
# What must be there before the picture is taken.
PAGES = {
    "overview": ("push button", says("治理单元 545")),
    "ledger": ("table cell", says("名称 ")),
    "planner": ("push button", says("当前方案：现行划分 545")),
    "reports": ("image", lambda name: "第 1 页" in name),
}


def write_settings(home, width, height, scheme):
    """The window's size and colours, as the program keeps them."""
    folder = pathlib.Path(home) / "glib-2.0/settings"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "keyfile").write_text(f"[org/xiaoqu/Xiaoqu]\nwindow-width={width}\nwindow-height={height}\ncolor-scheme='{scheme}'\n",
                                    encoding="utf-8")


def main():
    target = pathlib.Path(sys.argv[1])
    target.mkdir(parents=True, exist_ok=True)
    # Out of the way: no tooltip.
    subprocess.run(["xdotool", "mousemove", "1599", "999"], check=True)
    with tempfile.TemporaryDirectory() as scratch:
        document = pathlib.Path(scratch) / "鄂城区.xiaoqu"
        subprocess.run([xq_window.CLI, "sample", "echeng", document], check=True, stdout=subprocess.DEVNULL)
        for width, height in SIZES:
            for scheme in ("light", "dark"):
                for page, (role, name) in PAGES.items():
                    write_settings(scratch, width, height, scheme)
                    os.environ.update(GSETTINGS_BACKEND="keyfile", XDG_CONFIG_HOME=scratch)
                    unit = ["--unit", "鄂城区/凤凰街道/澜湖社区/丰润园"] if page == "ledger" else []
                    window = xq_window.Window(document, "--page", page, *unit)
                    window.find((role, name))
                    time.sleep(3 if page == "planner" else 1.5)  # transitions end, the map is drawn
                    picture = target / f"{page}{'-dark' if scheme == 'dark' else ''}-{width}x{height}.png"
                    subprocess.run(["import", "-window", "root", "-crop", f"{width}x{height}+0+0", "+repage", picture], check=True)
                    wait_for("the picture", picture.exists)
                    window.close()
                    print(picture)


if __name__ == "__main__":
    main()
