"""scheme: the governance scheme printed, exported, changed and put in place of the document's; what is refused."""

import json
import shutil

import xq_cli
import xq_tap
from xq_cli import REJECTED, USAGE


class Scheme(xq_cli.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.sample = cls.folder / "璧山.xiaoqu"
        result = xq_cli.run("sample", "bishan", cls.sample)
        assert result.returncode == 0, result.stderr

    def copy(self):
        document = self.folder / f"{self._testMethodName}.xiaoqu"
        shutil.copy(self.sample, document)
        return document

    def write(self, scheme, name="new.json"):
        path = self.folder / name
        path.write_text(json.dumps(scheme, ensure_ascii=False, indent=1), encoding="utf-8")
        return path

    def test_print(self):
        text = self.done("scheme", self.sample)
        for words in ("璧山", "founding_members", "楼栋长(单元长)", "急事快办", "国庆节", "2026-10-10", "国办发明电〔2023〕7号"):
            self.assertIn(words, text)

    def test_export_is_the_whole_scheme(self):
        scheme = self.json("scheme", self.sample)
        self.assertEqual("bishan", scheme["id"])
        # what the scheme takes from the standard one is there too
        self.assertEqual(90, scheme["thresholds"]["grace_days"])
        self.assertEqual([2022, 2023, 2024, 2025, 2026], [year["year"] for year in scheme["holidays"]])
        # putting it back is no change, and no step of the history
        document = self.copy()
        before = len(self.json("history", document)["entries"])
        result = self.json("scheme", document, "--apply", self.write(scheme))
        self.assertEqual({"applied": False, "differences": []}, result)
        self.assertEqual(before, len(self.json("history", document)["entries"]))

    def test_apply_and_undo(self):
        document = self.copy()
        scheme = self.json("scheme", document)
        scheme["thresholds"]["minimum_sample"] = 50
        scheme["departments"].append({"id": "water", "label": "示例部门(水务)"})
        scheme["appraisal_grades"].reverse()
        year = scheme["holidays"][2]
        year["worked"].remove("2024-10-12")
        path = self.write(scheme)
        expected = {"$.thresholds.minimum_sample", "$.departments[water]", "$.appraisal_grades", "$.holidays[2024].worked[2024-10-12]"}
        preview = self.json("scheme", document, "--apply", path, "--preview")
        self.assertFalse(preview["applied"])
        self.assertEqual(expected, {one["path"] for one in preview["differences"]})
        self.assertEqual(30, self.json("scheme", document)["thresholds"]["minimum_sample"])
        done = self.json("scheme", document, "--apply", path)
        self.assertTrue(done["applied"])
        self.assertEqual(preview["differences"], done["differences"])
        changed = self.json("scheme", document)
        self.assertEqual(50, changed["thresholds"]["minimum_sample"])
        self.assertNotIn("2024-10-12", changed["holidays"][2]["worked"])
        self.assertEqual("scheme", self.json("history", document, "--limit", 1)["entries"][0]["kind"])
        self.assertEqual({"ok": True, "problems": []}, self.json("verify", document))
        self.done("undo", document)
        self.assertEqual(30, self.json("scheme", document)["thresholds"]["minimum_sample"])
        self.done("redo", document)
        self.assertEqual(changed, self.json("scheme", document))

    def test_what_is_used_stays(self):
        document = self.copy()
        scheme = self.json("scheme", document)
        scheme["ticket_categories"] = [one for one in scheme["ticket_categories"] if one["id"] != "fire"]
        path = self.write(scheme)
        for more in ([], ["--preview"]):
            self.refused(REJECTED, "invalid", "scheme", document, "--apply", path, *more, words="$.ticket_categories[fire]")
        message = xq_cli.run("scheme", document, "--apply", path).stderr
        self.assertIn("璧山区/", message, "it says where the records are")
        self.assertRegex(message, r"\d+", "and how many")
        # closed, it stays for those that have it
        scheme = self.json("scheme", document)
        next(one for one in scheme["ticket_categories"] if one["id"] == "fire")["closed"] = True
        self.assertTrue(self.json("scheme", document, "--apply", self.write(scheme))["applied"])

    def test_what_is_refused(self):
        document = self.copy()
        good = self.json("scheme", document)
        cases = [
            (("thresholds", "founding_members"), 0, "$.thresholds.founding_members"),
            (("posts", 0, "label"), "", "$.posts[0].label"),
            (("ticket_levels", 0, "close_days"), 0, "$.ticket_levels[0].close_days"),
            (("holidays", 2, "worked", 0), "2024-10-08", "$.holidays[2].worked[0]"),
            (("id",), "echeng", "$.id"),
        ]
        for keys, value, path in cases:
            scheme = json.loads(json.dumps(good))
            place = scheme
            for key in keys[:-1]:
                place = place[key]
            place[keys[-1]] = value
            self.refused(REJECTED, "invalid", "scheme", document, "--apply", self.write(scheme), words=path)
        broken = self.folder / "broken.json"
        broken.write_text("{", encoding="utf-8")
        self.refused(REJECTED, "invalid", "scheme", document, "--apply", broken)
        self.refused(xq_cli.FAILED, "io", "scheme", document, "--apply", self.folder / "nowhere.json")
        self.refused(USAGE, "usage", "scheme", document, "--preview", words="--apply")
        self.assertEqual(good, self.json("scheme", document))


if __name__ == "__main__":
    xq_tap.main()
