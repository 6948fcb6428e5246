#!/usr/bin/python3
"""The five sample districts: the published figures of each come out of its rows exactly."""

import json
import pathlib
import unittest

import xq_cli
import xq_tap

SAMPLES = pathlib.Path(__file__).resolve().parents[2] / "data" / "samples"

# What was published: an indicator's numerator, or numerator and denominator.
FIGURES = {
    "echeng": {"compounds": 545, "original_compounds": 936, "merged_compounds": 200, "coverage_own": 540, "coverage_contact": 5,
               "coverage_none": 0, "branch_rate": (540, 545), "organisational_coverage": (540, 545), "work_coverage": (545, 545)},
    "bishan": {"functional_branches": 242, "coverage_functional": 242, "coverage_own": 0, "branches": 0},
    "xianan": {"old_compounds": 181},
    "longquanyi": {"organisations": 2633, "instructors": 64, "self_governing_no_firm": (479, 479)},
    "hongan": {"compounds": 301, "branches": 257, "coverage_own": 257, "groups": 787, "committee_members": 771, "post_holders": 4735,
               "member_households": 842, "big_committees": 19, "employers": 116, "employer_members": 6352, "checked_in_members": 6352,
               "owners_committee_with_firm": (52, 52), "cobuilding_three_none": (107, 107), "stations": 56, "practice_stations": 13},
}
PERIODS = {"echeng": "2024Q4", "bishan": "2024H2", "xianan": "2019Q4", "longquanyi": "2024Q2", "hongan": "2020Q4"}
TOPS = {"echeng": "鄂城区", "bishan": "璧山区", "xianan": "咸安区", "longquanyi": "龙泉驿区", "hongan": "红安县"}
# Counted at their home unit: the figure of the rows is the figure itself.
COUNTED = {
    "echeng": ["compounds", "coverage_own", "coverage_contact", "merged_compounds"],
    "bishan": ["functional_branches", "coverage_functional", "checked_in_members"],
    "xianan": ["old_compounds", "coverage_own"],
    "longquanyi": ["organisations", "instructors", "self_governing_no_firm"],
    "hongan": ["branches", "groups", "committee_members", "post_holders", "member_households", "big_committees", "employers",
               "checked_in_members", "stations", "practice_stations", "owners_committee_with_firm", "cobuilding_three_none"],
}
# Rules that give warnings: departments that are late, compounds that the plan has not come to.
WARNINGS = {"bishan": {"ticket_overdue"}, "xianan": {"uncovered"}}


class Samples(xq_cli.Case):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.documents = {}
        for id in FIGURES:
            cls.documents[id] = cls.folder / f"{id}.xiaoqu"
            result = xq_cli.run("sample", id, cls.documents[id])
            if result.returncode != 0:
                raise AssertionError(result.stderr)

    def figures(self, id, *arguments):
        document = self.json("indicators", self.documents[id], *arguments)
        self.assertEqual(1, len(document["rows"]))
        return document["rows"][0]["indicators"]

    def test_figures(self):
        for id, expected in FIGURES.items():
            figures = self.figures(id)
            for indicator, value in expected.items():
                figure = figures[indicator]
                found = (figure["numerator"], figure["denominator"]) if isinstance(value, tuple) else figure["numerator"]
                self.assertEqual(value, found, f"{id}: {indicator}")

    def test_the_open_period(self):
        for id, period in PERIODS.items():
            document = self.json("indicators", self.documents[id], "--only", "compounds")
            self.assertEqual((period, TOPS[id]), (document["period"], document["rows"][0]["unit"]["name"]))

    def test_rows_behind_the_figures(self):
        for id, indicators in COUNTED.items():
            figures = self.figures(id, "--only", ",".join(indicators))
            for indicator in indicators:
                rows = self.json("rows", self.documents[id], indicator)["rows"]
                self.assertEqual(figures[indicator]["numerator"], sum(row["amount"] for row in rows), f"{id}: {indicator}")
                self.assertGreater(len(rows), 0, f"{id}: {indicator}")

    def test_children_sum_to_the_whole(self):
        for id, expected in FIGURES.items():
            only = ",".join(expected)
            whole = self.figures(id, "--only", only)
            rows = self.json("indicators", self.documents[id], "--by", "street", "--only", only)["rows"]
            for indicator, figure in whole.items():
                for part in ("numerator", "denominator"):
                    self.assertEqual(figure[part], sum(row["indicators"][indicator][part] for row in rows), f"{id}: {indicator}")

    def test_bishan_counts_checked_in_members_as_nothing_else(self):
        figures = self.figures("bishan")
        self.assertTrue(9500 <= figures["checked_in_members"]["numerator"] <= 9999)
        self.assertNotEqual(figures["checked_in_members"]["numerator"], figures["formal_members"]["numerator"])
        for id in ("branch_rate", "organisational_coverage"):
            self.assertEqual(0, figures[id]["numerator"], "functional branches are no formal ones")
        self.assertEqual(242, figures["organisational_coverage_with_functional"]["numerator"])

    def test_bishan_began_with_a_pilot_of_seven(self):
        for period, branches in (("2018H2", 0), ("2019H1", 7), ("2019H2", 7), ("2024H1", 242)):
            self.assertEqual(branches, self.figures("bishan", "--period", period)["functional_branches"]["numerator"], period)
        rows = self.json("indicators", self.documents["bishan"], "--by", "compound", "--period", "2019H1")["rows"]
        self.assertEqual(7, sum(row["indicators"]["functional_branches"]["numerator"] for row in rows))

    def test_xianan_in_three_sub_districts_with_a_target(self):
        rows = self.json("indicators", self.documents["xianan"], "--by", "street", "--only", "old_compounds")["rows"]
        self.assertEqual({"温泉街道", "浮山街道", "永安街道"},
                         {row["unit"]["name"] for row in rows if row["indicators"]["old_compounds"]["numerator"] > 0})
        self.assertGreater(self.figures("xianan")["plan_completion"]["denominator"], 0)
        for id in FIGURES.keys() - {"xianan"}:
            self.assertNotIn("plan_completion", self.figures(id), f"{id} has no plan")

    def test_fee_collection_of_fuxingcheng(self):
        rates = []
        for period in ("2018Q1", "2018Q3", "2019Q1", "2019Q4"):
            figure = self.figures("xianan", "--unit", "福星城", "--period", period)["fee_collection"]
            rates.append(figure["numerator"] / figure["denominator"])
        self.assertAlmostEqual(0.3, rates[0])
        self.assertGreaterEqual(rates[-1], 0.8)
        self.assertEqual(sorted(rates), rates)

    def test_five_set_of_longquanyi_item_by_item(self):
        figures = self.figures("longquanyi")
        for id in ["five_set_complete"] + [f"five_set_{i}" for i in range(1, 6)]:
            self.assertEqual(figures["compounds"]["numerator"], figures[id]["numerator"], id)
        for id in ("grid_total", "grid_general", "grid_micro", "grid_dedicated"):
            self.assertGreater(figures[id]["numerator"], 0, id)

    def test_big_committees_of_hongan(self):
        rows = self.json("indicators", self.documents["hongan"], "--by", "street", "--only", "big_committees")["rows"]
        self.assertEqual({"城关镇": 13, "杏花乡": 6}, {row["unit"]["name"]: row["indicators"]["big_committees"]["numerator"]
                                                  for row in rows if row["indicators"]["big_committees"]["numerator"] > 0})
        figures = self.figures("hongan")
        six = sum(figures[id]["numerator"] for id in ("group_leaders", "building_heads", "officers"))
        self.assertEqual(4735, six)

    def test_a_scheme_shows_its_own_mechanisms_only(self):
        has = {id: self.figures(id) for id in FIGURES}
        self.assertEqual({"bishan"}, {id for id in has if "tickets" in has[id]})
        self.assertEqual({"longquanyi"}, {id for id in has if "five_set_complete" in has[id]})
        self.assertEqual({"echeng"}, {id for id in has if "kit_complete" in has[id]})

    def test_sound(self):
        for id, document in self.documents.items():
            self.assertTrue(self.json("verify", document)["ok"], id)

    def test_errors_are_those_planted(self):
        for id, document in self.documents.items():
            planted = json.loads((SAMPLES / f"{id}.json").read_text("utf-8"))["planted"]
            findings = self.json("check", document)["findings"]
            self.assertEqual({(p["rule"], p["unit"]) for p in planted},
                             {(f["rule"], f["unit"]["path"]) for f in findings if f["severity"] == "error"}, id)
            self.assertTrue(all(p["why"] for p in planted))

    def test_warnings_are_few(self):
        """A warning is about work that a district has to do, never about figures that were made up badly."""
        for id, document in self.documents.items():
            findings = self.json("check", document)["findings"]
            self.assertEqual(set(), {f["rule"] for f in findings if f["severity"] == "warning"} - WARNINGS.get(id, set()), id)
            incomplete = {f["unit"]["id"] for f in findings if f["rule"] == "checklist_incomplete"}
            compounds = self.figures(id, "--only", "compounds")["compounds"]["numerator"]
            self.assertLess(len(incomplete), compounds / 7, f"{id}: most checklists are complete")
            if id in ("echeng", "hongan"):
                self.assertGreater(len(incomplete), compounds / 20, f"{id}: not all checklists are complete")

    def test_no_persons(self):
        for id in FIGURES:
            text = (SAMPLES / f"{id}.json").read_text("utf-8")
            for word in ("同志", "书记：", "主任："):
                self.assertNotIn(word, text)


if __name__ == "__main__":
    xq_tap.main()
