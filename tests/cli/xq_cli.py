"""Runs xiaoqu-cli for the tests."""

import json
import os
import pathlib
import resource
import subprocess
import tempfile
import unittest

CLI = os.environ["XIAOQU_CLI"]
EDIT = os.environ["XIAOQU_EDIT"]
DONE, FAILED, USAGE, REJECTED = 0, 1, 2, 3


def run(*arguments, limit=None, prefix=(), environment=None):
    """The command with text output. @limit: the largest file it may write, in bytes."""
    def before():
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    return subprocess.run([*prefix, CLI, *map(str, arguments)], capture_output=True, text=True, check=False, preexec_fn=before,
                          env=environment, stdin=subprocess.DEVNULL)


def edit(document, unit, column, text):
    result = subprocess.run([EDIT, str(document), unit, column, text], capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise AssertionError(result.stderr)


class Case(unittest.TestCase):
    """A folder of its own for each class, and checks of how a command ends."""

    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory(prefix="xiaoqu-cli-")
        cls.addClassCleanup(folder.cleanup)
        cls.folder = pathlib.Path(folder.name)

    def done(self, *arguments, **options):
        result = run(*arguments, **options)
        self.assertEqual(DONE, result.returncode, result.stderr)
        self.assertEqual("", result.stderr)
        return result.stdout

    def json(self, *arguments, **options):
        return json.loads(self.done(*arguments, "--json", **options))

    def refused(self, status, code, *arguments, words="", **options):
        """Ends with @status and says so on stderr, in both forms; nothing on stdout."""
        result = run(*arguments, **options)
        self.assertEqual(status, result.returncode, f"{arguments}: {result.stdout}{result.stderr}")
        self.assertEqual("", result.stdout)
        self.assertEqual(1, result.stderr.count("\n"), result.stderr)
        self.assertRegex(result.stderr, r"[\u4e00-\u9fff]", "an error is said in Chinese")
        self.assertIn(words, result.stderr)
        as_json = run("--json", *arguments, **options)
        self.assertEqual(status, as_json.returncode)
        error = json.loads(as_json.stderr)["error"]
        self.assertEqual({"code", "message", "where"}, set(error))
        self.assertEqual(code, error["code"])
        self.assertIn(error["message"], result.stderr)
        if error["where"] is not None:
            self.assertTrue(result.stderr.startswith(error["where"] + ": "), result.stderr)
            self.assertFalse(error["message"].startswith(error["where"]))
        return error


class SampleCase(Case):
    """With the sample district, made once for the class."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sample = cls.folder / "鄂城区.xiaoqu"
        result = run("sample", "echeng", cls.sample)
        if result.returncode != 0:
            raise AssertionError(result.stderr)

    def indicators(self, *arguments):
        """The figures of the one row asked for."""
        rows = self.json("indicators", self.sample, *arguments)["rows"]
        self.assertEqual(1, len(rows))
        return rows[0]["indicators"]
