"""Drives the real window from outside, through AT-SPI as a screen reader does.

Targets are found by a path of roles and names; where a list is long only what is shown is there.
"""

import atexit
import json
import os
import pathlib
import shutil
import subprocess
import tempfile
import time
import warnings

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402

import xq_tap  # noqa: E402

# The interfaces are asked for by the functions that this version of the library has; it calls them deprecated.
warnings.filterwarnings("ignore", category=DeprecationWarning)

PROGRAM = os.environ["XIAOQU_PROGRAM"]
CLI = os.environ["XIAOQU_CLI"]
# Under a sanitizer and on a busy machine everything takes longer.
PATIENCE = float(os.environ.get("XIAOQU_PATIENCE", "30"))


class NotThere(AssertionError):
    """What was looked for did not come."""


def wait_for(what, probe, seconds=PATIENCE):
    """The first true answer of @probe; fails with @what after @seconds."""
    until = time.monotonic() + seconds
    while True:
        try:
            answer = probe()
        except GLib.Error:
            answer = None  # the object went away meanwhile
        if answer:
            return answer
        if time.monotonic() > until:
            raise NotThere(f"{what} did not come within {seconds:.0f} s")
        time.sleep(0.05)


def children(node):
    node.clear_cache()
    for index in range(node.get_child_count()):
        child = node.get_child_at_index(index)
        if child is not None:
            yield child


def matches(node, role, name):
    if role is not None and node.get_role_name() != role:
        return False
    if name is None:
        return True
    text = node.get_name() or ""
    return name(text) if callable(name) else text == name


def says(text):
    """A test of names: GTK 4.8 tells the label of some buttons twice."""
    return lambda name: name.startswith(text)


def extents(node):
    component = node.get_component_iface()
    return component.get_extents(Atspi.CoordType.WINDOW) if component is not None else None


def shown(node):
    """Pages that are not on top keep their nodes, without a place in the window."""
    box = extents(node)
    return box is not None and box.width > 0 and box.height > 0


def search(node, role=None, name=None, depth=40):
    """The first node below @node with that role and name (a text or a test) that is shown, breadth first; %None without one."""
    level = [node]
    for _ in range(depth):
        following = []
        for parent in level:
            for child in children(parent):
                if matches(child, role, name) and shown(child):
                    return child
                following.append(child)
        level = following
        if not level:
            return None
    return None


def describe(node, depth=6, indent=""):
    """The tree below @node for a failing test's message."""
    lines = [f"{indent}{node.get_role_name()} “{node.get_name()}”"]
    if depth > 0:
        for child in children(node):
            lines += describe(child, depth - 1, indent + "  ").splitlines()
    return "\n".join(lines)


class Window:
    """A running program."""

    def __init__(self, *arguments, environment=None, prefix=()):
        self.log = tempfile.TemporaryFile(mode="w+", encoding="utf-8")
        self.process = subprocess.Popen([*prefix, PROGRAM, *map(str, arguments)], stdout=self.log, stderr=subprocess.STDOUT,
                                        env=dict(os.environ, **(environment or {})))
        try:
            self.application = wait_for("the program on the accessibility bus", self._find_application)
            self.root = wait_for("the window", lambda: next(children(self.application), None))
        except NotThere as error:
            self.close()
            raise NotThere(f"{error}\n{self.output()}") from None

    def _find_application(self):
        if self.process.poll() is not None:
            raise NotThere(f"the program ended with {self.process.returncode}: {self.output()}")
        for application in children(Atspi.get_desktop(0)):
            if application.get_process_id() == self.process.pid:
                return application
        return None

    def output(self):
        self.log.seek(0)
        return self.log.read()

    def find(self, *path, within=None):
        """Follows a path of (role, name) from the window down, each below the one before, and waits for it."""
        def probe():
            node = within or self.root
            for role, name in path:
                node = search(node, role, name)
                if node is None:
                    return None
            return node
        try:
            return wait_for(" > ".join(f"{role} “{name}”" for role, name in path), probe)
        except NotThere as error:
            raise NotThere(f"{error}\n{describe(within or self.root, 12)}\n{self.output()}") from None

    def is_shown(self, role, name, within=None):
        return search(within or self.root, role, name) is not None

    def wait_until_gone(self, role, name):
        wait_for(f"the end of {role} “{name}”", lambda: not self.is_shown(role, name))

    def dialog(self, heading=None):
        """The dialog in front, once it is there."""
        def probe():
            for window in list(children(self.application))[1:]:
                if heading is None or window.get_name() == heading:
                    return window
            return None
        try:
            return wait_for(f"a dialog “{heading or ''}”", probe)
        except NotThere as error:
            raise NotThere(f"{error}\n{describe(self.application, 12)}\n{self.output()}") from None

    def dialog_text(self, dialog):
        """Everything that stands in a dialog."""
        texts = [dialog.get_name()]
        level = [dialog]
        while level:
            level = [child for node in level for child in children(node)]
            texts += [child.get_name() for child in level if child.get_role_name() in ("label", "push button")]
        return "\n".join(texts)

    def write(self, node, text):
        """Puts text in the place of what an entry holds."""
        node.get_editable_text_iface().set_text_contents(text)

    def click(self, node):
        """The node's own action: what a screen reader does on Enter."""
        action = node.get_action_iface()
        if action is None or action.get_n_actions() == 0:
            raise NotThere(f"{node.get_role_name()} “{node.get_name()}” has nothing to do")
        action.do_action(0)

    def point(self, node, button=1):
        """Clicks in the middle of the node with the pointer."""
        box = extents(node)
        x, y = box.x + box.width // 2, box.y + box.height // 2
        subprocess.run(["xdotool", "mousemove", "--sync", str(x), str(y), "click", str(button)], check=True)

    def select(self, node):
        """Selects the node in its list."""
        parent = node.get_parent()
        parent.get_selection_iface().select_child(node.get_index_in_parent())

    def type(self, text):
        subprocess.run(["xdotool", "type", "--delay", "25", text], check=True)

    def key(self, *keys):
        subprocess.run(["xdotool", "key", "--delay", "30", *keys], check=True)

    def close(self):
        """Ends the program; returns its status."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(PATIENCE)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        return self.process.returncode


class Case(xq_tap.Case):
    """A folder, and a window that is closed again."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="xiaoqu-e2e-")
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)

    def open(self, *arguments, **options):
        window = Window(*arguments, **options)
        self.addCleanup(window.close)
        return window

    def cli(self, *arguments, status=0):
        result = subprocess.run([CLI, *map(str, arguments)], capture_output=True, text=True, check=False)
        self.assertEqual(status, result.returncode, result.stderr)
        return result.stdout

    def figures(self, document, *arguments):
        """The figures of one row of "indicators"."""
        return json.loads(self.cli("indicators", document, "--json", *arguments))["rows"][0]["indicators"]

    def sample(self):
        """A copy of the sample district, made once for the program."""
        made = pathlib.Path(tempfile.gettempdir()) / f"xiaoqu-e2e-sample-{os.getpid()}.xiaoqu"
        if not made.exists():
            self.cli("sample", "echeng", made)
            atexit.register(made.unlink)
        copy = self.folder / "鄂城区.xiaoqu"
        shutil.copy(made, copy)
        return copy
