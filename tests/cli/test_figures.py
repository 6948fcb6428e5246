#!/usr/bin/python3
"""tree, indicators and rows on the sample district."""

import unicodedata

import xq_cli
import xq_tap
from xq_cli import REJECTED

# What DESIGN's contract names; a program that reads the output relies on them.
IDS = ["compounds", "households", "residents", "resident_full_members", "formal_members", "checked_in_members", "branch_rate",
       "organisational_coverage", "work_coverage", "coverage_own", "coverage_joint", "coverage_group", "coverage_contact",
       "coverage_none", "should_have_branch", "short_of_three", "owners_body_coverage", "cross_appointment_branch",
       "cross_appointment_body", "property_coverage", "satisfaction"]


def width(text):
    return sum(0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


class Figures(xq_cli.SampleCase):
    def test_the_published_figures(self):
        figures = self.indicators()
        self.assertEqual([], [id for id in IDS if id not in figures])
        self.assertEqual(545, figures["compounds"]["value"])
        for id, parts in {"branch_rate": (540, 545), "organisational_coverage": (540, 545), "work_coverage": (545, 545)}.items():
            self.assertEqual(parts, (figures[id]["numerator"], figures[id]["denominator"]), id)
            self.assertAlmostEqual(parts[0] / parts[1], figures[id]["value"])
        for id, value in {"coverage_own": 540, "coverage_joint": 0, "coverage_group": 0, "coverage_contact": 5, "coverage_none": 0}.items():
            self.assertEqual(value, figures[id]["value"], id)
        self.assertNotIn("plan_completion", figures, "Echeng's scheme has no plan")

    def test_shapes(self):
        document = self.json("indicators", self.sample)
        self.assertEqual(["period", "division", "rows"], list(document))
        self.assertEqual(("2024Q4", "then"), (document["period"], document["division"]))
        unit = document["rows"][0]["unit"]
        self.assertEqual(["id", "level", "code", "name", "path"], list(unit))
        self.assertEqual(("district", "鄂城区", "鄂城区"), (unit["level"], unit["name"], unit["path"]))
        self.assertIsInstance(unit["id"], str)
        for id, figure in document["rows"][0]["indicators"].items():
            self.assertEqual(["value", "numerator", "denominator", "low", "high", "suppressed"], list(figure), id)
            if figure["denominator"] > 0 and figure["value"] is not None:
                self.assertTrue(0 <= figure["value"] <= 1, f"{id}: shares are not percentages")
        satisfaction = document["rows"][0]["indicators"]["satisfaction"]
        self.assertTrue(0 < satisfaction["low"] < satisfaction["value"] < satisfaction["high"] < 1)

    def test_children_sum_to_the_whole(self):
        """What has its home above the compounds (a community's committee, petitions) is not a compound's."""
        whole = self.indicators()
        above = {"organisations", "committee_members", "petitions", "petition_people", "approvals", "approvals_founding",
                 "approvals_election", "secretaries_retired_cadre", "secretaries_body_member", "secretaries_manager",
                 "secretaries_five_elders", "secretaries_other", "secretaries_by_self", "communities_confirmed",
                 "communities_unchanged"}
        district = {"surveys"}
        for level, least in (("street", 15), ("community", 100), ("compound", 545)):
            rows = self.json("indicators", self.sample, "--by", level)["rows"]
            self.assertGreaterEqual(len(rows), least)
            self.assertEqual({level}, {row["unit"]["level"] for row in rows})
            for id, figure in whole.items():
                for part in ("numerator", "denominator"):
                    total = sum(row["indicators"][id][part] for row in rows)
                    if id in district or level == "compound" and id in above:
                        self.assertLessEqual(total, figure[part], f"{id} by {level}: {part}")
                    else:
                        self.assertEqual(figure[part], total, f"{id} by {level}: {part}")

    def test_rows_are_as_many_as_the_figure_says(self):
        counted = ["compounds", "coverage_own", "coverage_joint", "coverage_group", "coverage_contact", "coverage_none",
                   "should_have_branch", "short_of_three"]
        figures = self.indicators()
        for id, figure in figures.items():
            for part in ("numerator", "denominator"):
                if part == "denominator" and figure["denominator"] == 0:
                    continue
                answer = self.json("rows", self.sample, id, "--part", part)
                self.assertEqual(["indicator", "part", "rows"], list(answer))
                self.assertEqual((id, part), (answer["indicator"], answer["part"]))
                self.assertEqual(figure[part], sum(row["amount"] for row in answer["rows"]), f"{id} {part}")
                self.assertEqual([], [row for row in answer["rows"] if row["amount"] == 0])
                if id in counted:
                    self.assertEqual(figure[part], len(answer["rows"]), f"{id} {part}")
        for id in ("branch_rate", "organisational_coverage"):
            self.assertEqual(540, len(self.json("rows", self.sample, id)["rows"]))
            self.assertEqual(545, len(self.json("rows", self.sample, id, "--part", "denominator")["rows"]))
        contacted = self.json("rows", self.sample, "coverage_contact")["rows"]
        self.assertEqual({"compound"}, {row["unit"]["level"] for row in contacted})

    def test_only(self):
        figures = self.indicators("--only", "branch_rate,compounds")
        self.assertEqual({"branch_rate", "compounds"}, set(figures))
        self.refused(REJECTED, "not-found", "indicators", self.sample, "--only", "compounds,nonsense", words="nonsense")
        self.refused(REJECTED, "not-found", "rows", self.sample, "nonsense", words="nonsense")

    def test_a_unit_is_named_by_code_name_or_path(self):
        rows = self.json("indicators", self.sample, "--by", "street")["rows"]
        for row in rows:
            unit = row["unit"]
            for name in (unit["code"], unit["path"]):
                again = self.json("indicators", self.sample, "--unit", name)["rows"]
                self.assertEqual([row], again, name)
        compound = self.json("indicators", self.sample, "--unit", "鄂城区/凤凰街道/澜湖社区/丰润园", "--only", "households")["rows"][0]
        self.assertEqual("compound", compound["unit"]["level"])
        self.assertEqual(993, compound["indicators"]["households"]["value"])
        self.refused(REJECTED, "not-found", "indicators", self.sample, "--unit", "无此单位", words="无此单位")
        self.refused(REJECTED, "not-found", "tree", self.sample, "--unit", "鄂城区/无此单位")

    def test_periods(self):
        before = self.json("indicators", self.sample, "--period", "2022Q4", "--only", "compounds")
        self.assertEqual("2022Q4", before["period"])
        self.assertEqual(936, before["rows"][0]["indicators"]["compounds"]["value"])
        after = self.json("indicators", self.sample, "--period", "2024年三季度", "--only", "compounds")
        self.assertEqual("2024Q3", after["period"])
        self.assertEqual(545, after["rows"][0]["indicators"]["compounds"]["value"])
        for period in ("2024Q5", "yesterday", "2024-13"):
            self.refused(REJECTED, "invalid-period", "indicators", self.sample, "--period", period, words=period)

    def test_a_small_sample_of_answers_is_suppressed(self):
        rows = self.json("indicators", self.sample, "--by", "compound", "--only", "satisfaction")["rows"]
        suppressed = [row["indicators"]["satisfaction"] for row in rows if row["indicators"]["satisfaction"]["suppressed"]]
        for figure in suppressed:
            self.assertEqual((None, None, None), (figure["value"], figure["low"], figure["high"]))
            self.assertLess(figure["denominator"], 30)
        self.assertGreater(len(rows), len(suppressed))

    def test_text_says_what_is_sample_data(self):
        text = self.done("indicators", self.sample)
        self.assertIn("示例数据，不得上报", text)
        self.assertIn("99.1%", text)
        self.assertIn("2024年四季度", text)

    def test_columns_line_up(self):
        """A Chinese character is two cells wide: the numbers of a column end in one place."""
        lines = self.done("indicators", self.sample, "--by", "street", "--only", "compounds").splitlines()
        rule = next(number for number, line in enumerate(lines) if line.startswith("─"))
        body = [line for line in lines[rule + 1:] if line.startswith("鄂城区/")]
        self.assertGreaterEqual(len(body), 15)
        self.assertEqual({width(lines[rule])}, {width(line) for line in body})


class Tree(xq_cli.SampleCase):
    def walk(self, nodes):
        for node in nodes:
            yield node
            yield from self.walk(node.get("children", []))

    def test_the_whole_tree(self):
        document = self.json("tree", self.sample)
        nodes = list(self.walk(document["units"]))
        count = {level: sum(node["unit"]["level"] == level for node in nodes) for level in ("district", "street", "community", "compound")}
        self.assertEqual(1, count["district"])
        self.assertEqual(15, count["street"])
        self.assertEqual(48 + 123, count["community"])
        self.assertEqual(545, count["compound"])
        coverage = [node["coverage"] for node in nodes if node["unit"]["level"] == "compound"]
        self.assertEqual((540, 5), (coverage.count("own"), coverage.count("contact")))
        top = document["units"][0]
        self.assertEqual((545, 540, 5), (top["compounds"], top["covered"], top["contacted"]))
        for node in nodes:
            self.assertTrue(node["unit"]["path"].endswith(node["unit"]["name"]))
            for child in node.get("children", []):
                self.assertEqual(f"{node['unit']['path']}/{child['unit']['name']}", child["unit"]["path"])

    def test_depth_and_unit(self):
        document = self.json("tree", self.sample, "--depth", 1)
        self.assertEqual(15, len(document["units"][0]["children"]))
        self.assertTrue(all("children" not in node for node in document["units"][0]["children"]))
        street = self.json("tree", self.sample, "--unit", "凤凰街道", "--depth", 0)["units"]
        self.assertEqual(["鄂城区/凤凰街道"], [node["unit"]["path"] for node in street])
        compound = self.json("tree", self.sample, "--unit", "丰润园")["units"]
        self.assertEqual(["building"] * 25, [node["unit"]["level"] for node in compound[0]["children"]])
        self.assertEqual("鄂城区/凤凰街道/澜湖社区/丰润园", compound[0]["unit"]["path"])

    def test_as_it_stood(self):
        then = self.json("tree", self.sample, "--period", "2022Q4", "--depth", 3)
        compounds = [node for node in self.walk(then["units"]) if node["unit"]["level"] == "compound"]
        self.assertEqual(936, len(compounds))

    def test_text(self):
        lines = self.done("tree", self.sample, "--depth", 2).splitlines()
        self.assertEqual(1 + 1 + 15 + 171, len(lines))
        self.assertRegex(lines[1], r"^鄂城区 +540/545")
        self.assertTrue(any(line.startswith("├─ 凤凰街道") for line in lines))


if __name__ == "__main__":
    xq_tap.main()
