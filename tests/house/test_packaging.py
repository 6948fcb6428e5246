#!/usr/bin/python3
"""What is installed: everything is there, the desktop's own validators accept it, and both languages are in it."""

import os
import pathlib
import re
import subprocess
import tempfile
import xml.etree.ElementTree as ElementTree

import xq_tap

BUILD = pathlib.Path(os.environ["XIAOQU_BUILD_ROOT"])
SOURCE = pathlib.Path(os.environ["XIAOQU_SOURCE_ROOT"])
ID = "org.xiaoqu.Xiaoqu"
XML_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


def run(*command, **options):
    return subprocess.run(command, capture_output=True, text=True, check=False, **options)


class Packaging(xq_tap.Case):
    @classmethod
    def setUpClass(cls):
        cls.scratch = tempfile.TemporaryDirectory()
        cls.addClassCleanup(cls.scratch.cleanup)
        environment = dict(os.environ, DESTDIR=cls.scratch.name)
        result = run("meson", "install", "-C", str(BUILD), "--no-rebuild", "--quiet", env=environment)
        if result.returncode != 0:
            raise AssertionError(result.stdout + result.stderr)
        prefix = run("meson", "introspect", "--buildoptions", str(BUILD)).stdout
        import json
        options = {option["name"]: option["value"] for option in json.loads(prefix)}
        cls.prefix = pathlib.Path(cls.scratch.name + options["prefix"])
        cls.share = cls.prefix / options["datadir"]
        cls.libexec = cls.prefix / options["libexecdir"]

    def check(self, *command, **options):
        result = run(*command, **options)
        self.assertEqual(0, result.returncode, result.stdout + result.stderr)
        return result

    def test_everything_is_installed(self):
        expected = [
            self.prefix / "bin/xiaoqu",
            self.prefix / "bin/xiaoqu-cli",
            self.libexec / "xiaoqu-solve",
            self.share / f"applications/{ID}.desktop",
            self.share / f"metainfo/{ID}.metainfo.xml",
            self.share / f"mime/packages/{ID}.mime.xml",
            self.share / f"glib-2.0/schemas/{ID}.gschema.xml",
            self.share / f"icons/hicolor/scalable/apps/{ID}.svg",
            self.share / f"icons/hicolor/symbolic/apps/{ID}-symbolic.svg",
            self.share / "locale/zh_CN/LC_MESSAGES/xiaoqu.mo",
            self.share / "man/man1/xiaoqu.1",
            self.share / "man/man1/xiaoqu-cli.1",
        ]
        installed = {path for path in self.prefix.rglob("*") if path.is_file()}
        self.assertNothing([str(path) for path in expected if path not in installed])
        self.assertNothing([str(path) for path in installed if path not in expected], "installed without being asked for")

    def test_desktop_file(self):
        path = self.share / f"applications/{ID}.desktop"
        self.check("desktop-file-validate", "--no-hints", str(path))
        text = path.read_text(encoding="utf-8")
        for key in ("Name", "GenericName", "Comment", "Keywords"):
            self.assertIn(f"\n{key}[zh_CN]=", text)

    def test_metainfo(self):
        path = self.share / f"metainfo/{ID}.metainfo.xml"
        self.check("appstreamcli", "validate", "--no-net", "--explain", str(path))
        root = ElementTree.parse(path).getroot()
        for tag in ("name", "summary"):
            languages = [element.get(XML_LANGUAGE) for element in root.findall(tag)]
            self.assertEqual([None, "zh_CN"], sorted(languages, key=str), tag)
        chinese = [p for p in root.find("description").iter("p") if p.get(XML_LANGUAGE) == "zh_CN"]
        self.assertEqual(2, len(chinese))
        version = root.find("releases/release").get("version")
        project = run("meson", "introspect", "--projectinfo", str(BUILD)).stdout
        self.assertIn(f'"version": "{version}"', project)

    def test_mime_type(self):
        packages = self.share / "mime/packages"
        self.check("update-mime-database", str(packages.parent))
        self.assertIn("application/x-xiaoqu-district:*.xiaoqu", (packages.parent / "globs2").read_text(encoding="utf-8"))
        text = (packages / f"{ID}.mime.xml").read_text(encoding="utf-8")
        self.assertIn('<comment xml:lang="zh_CN">', text)
        desktop = (self.share / f"applications/{ID}.desktop").read_text(encoding="utf-8")
        self.assertIn("MimeType=application/x-xiaoqu-district;", desktop)

    def test_settings_schema(self):
        self.check("glib-compile-schemas", "--strict", "--dry-run", str(self.share / "glib-2.0/schemas"))

    def test_icons_can_be_drawn(self):
        for path in sorted(SOURCE.glob("icons/**/*.svg")):
            root = ElementTree.parse(path).getroot()
            size = root.get("viewBox").split()[2:]
            self.assertEqual(["16", "16"] if path.stem.endswith("-symbolic") else ["128", "128"], size, path.name)

    def test_man_pages(self):
        for name in ("xiaoqu.1", "xiaoqu-cli.1"):
            result = self.check("groff", "-man", "-ww", "-z", "-Kutf8", "-Tutf8", str(self.share / "man/man1" / name))
            self.assertEqual("", result.stderr)

    def test_man_page_knows_every_command_and_option(self):
        """The manual and --help say the same."""
        cli = str(BUILD / "src/cli/xiaoqu-cli")
        environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="en")
        manual = (self.share / "man/man1/xiaoqu-cli.1").read_text(encoding="utf-8").replace("\\-", "-")
        overview = self.check(cli, "--help", env=environment).stdout
        commands = [line.split()[0] for line in overview.splitlines() if line.startswith("  ")]
        self.assertGreater(len(commands), 12)
        for command in commands:
            self.assertIn(f".B xiaoqu-cli {command}", manual)
            lines = self.check(cli, command, "--help", env=environment).stdout.splitlines()
            for line in lines:
                if line.startswith("  --"):
                    self.assertIn(line.split()[0], manual, f"{command}: {line}")

    def test_man_page_of_the_window_knows_every_option(self):
        environment = dict(os.environ, LC_ALL="C.UTF-8", LANGUAGE="en")
        manual = (self.share / "man/man1/xiaoqu.1").read_text(encoding="utf-8").replace("\\-", "-")
        text = self.check(str(BUILD / "src/app/xiaoqu"), "--help", env=environment).stdout
        options = re.findall(r"^  --([a-z]+)", text.split("Application Options:")[1], re.M)
        self.assertGreater(len(options), 2)
        self.assertNothing([option for option in options if f".B --{option}" not in manual])

    def test_the_installed_program_runs(self):
        result = self.check(str(self.prefix / "bin/xiaoqu-cli"), "--version")
        self.assertRegex(result.stdout, r"^xiaoqu-cli \d+\.\d+\.\d+\n$")


if __name__ == "__main__":
    xq_tap.main()
