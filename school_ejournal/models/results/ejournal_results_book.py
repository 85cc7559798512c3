from odoo import api, models

from ...tools.formulas import EXCELLENT, FAILING, GOOD, SATISFACTORY, UNGRADED
from ...tools.xlsx_book import Sheet, workbook

_STANDINGS = (EXCELLENT, GOOD, SATISFACTORY, FAILING, UNGRADED)


class EjournalResults(models.AbstractModel):
    """The results as a workbook."""

    _inherit = "ejournal.results"

    @api.model
    def _results_book(self, period_id=None):
        """The page's tables as an Excel workbook; checks the caller as the page does.

        :returns: ``(name of the file, bytes)``
        """
        page = self.load_results(period_id)
        labels = self._labels()
        heading = (
            self.env.company.name,
            f"{page['period']['name']}, {page['period']['year']}",
            self.env._(
                "Shares are counted over: %(whom)s", whom=labels[page["denominator"]]
            ),
        )
        titles = {
            "class": self.env._("Classes"),
            "grade": self.env._("Grades"),
            "subject": self.env._("Subjects"),
            "teacher": self.env._("Teachers"),
            "course": self.env._("Classes and subjects"),
        }
        sheets = [
            self._figures_sheet(title, heading, page, page["rows"][group], labels)
            for group, title in titles.items()
        ]
        sheets.append(self._lists_sheet(heading, page, labels))
        sheets.append(self._objectivity_sheet(heading, page))
        return f"{self.env._('Results')} {page['period']['name']}.xlsx", workbook(
            sheets
        )

    @api.model
    def _figures_sheet(self, title, heading, page, rows, labels):
        with_standing = bool(rows) and "standing" in rows[0]
        values = page["values"]
        columns = [
            (title, 34),
            *((value, 6) for value in values),
            (self.env._("Not attested"), 10),
            (self.env._("Exempt"), 10),
            (self.env._("Without a mark"), 10),
            (self.env._("On the list"), 10),
            (self.env._("Counted (N)"), 10),
            (self.env._("Pass rate, %"), 10),
            (self.env._("Quality, %"), 10),
            (self.env._("Degree of learning, %"), 10),
            (self.env._("Average"), 10),
            (self.env._("Quality, change"), 10),
        ]
        if with_standing:
            columns += [(labels[name], 12) for name in _STANDINGS]
        return Sheet(
            title,
            columns,
            [
                [
                    row["name"],
                    *(row["counts"].get(value, 0) for value in values),
                    row["not_attested"],
                    row["exempt"],
                    row["unmarked"],
                    row["total"],
                    row["denominator"],
                    *(
                        _number(row[name])
                        for name in ("pass_rate", "quality", "sou", "average")
                    ),
                    row["change"].get("quality"),
                    *(
                        [row["standing"]["counts"][name] for name in _STANDINGS]
                        if with_standing
                        else []
                    ),
                ]
                for row in ([page["school"]] if with_standing else []) + rows
            ],
            heading,
        )

    @api.model
    def _lists_sheet(self, heading, page, labels):
        return Sheet(
            self.env._("Lists"),
            [
                (self.env._("List"), 18),
                (self.env._("Class"), 8),
                (self.env._("Pupil"), 34),
                (self.env._("Subject"), 24),
                (self.env._("Teacher"), 30),
            ],
            [
                [
                    labels[name],
                    row["class"],
                    row["pupil"],
                    one["subject"],
                    one["teacher"],
                ]
                for name, rows in page["lists"].items()
                for row in rows
                for one in row["subjects"] or [{"subject": "", "teacher": ""}]
            ],
            heading,
        )

    @api.model
    def _objectivity_sheet(self, heading, page):
        return Sheet(
            self.env._("Objectivity"),
            [
                (self.env._("Class"), 8),
                (self.env._("Pupil"), 34),
                (self.env._("Subject"), 24),
                (self.env._("Teacher"), 30),
                (self.env._("Period mark"), 10),
                (self.env._("Average"), 10),
                (self.env._("Control works"), 10),
                (self.env._("Exam"), 10),
            ],
            [
                [
                    row["class"],
                    row["pupil"],
                    row["subject"],
                    row["teacher"],
                    row["value"],
                    _number(row["average"]),
                    _number(row["control"]),
                    row["exam"],
                ]
                for row in page["objectivity"]
            ],
            heading,
        )

    @api.model
    def _class_book(self, period_id, class_id):
        """The sheet of a class as a workbook; checks the caller as the page does."""
        sheet = self.load_class_sheet(period_id, class_id)
        labels = self._labels()
        is_year = sheet["period"]["kind"] == "year"
        columns = [
            (self.env._("Pupil"), 34),
            *((subject["name"], 12) for subject in sheet["subjects"]),
            (self.env._("Average"), 10),
        ]
        if is_year:
            columns += [
                (self.env._("For the council"), 20),
                (self.env._("In what"), 40),
            ]
        rows = [
            [
                row["name"],
                *(row["values"].get(s["id"], "") for s in sheet["subjects"]),
                _number(row["average"]),
                *(
                    [
                        labels[row["decision"]],
                        ", ".join(row["failing"] or row["lacking"]),
                    ]
                    if is_year
                    else []
                ),
            ]
            for row in sheet["pupils"]
        ]
        name = f"{sheet['class']} {sheet['period']['name']}"
        heading = (self.env.company.name, f"{name}, {sheet['period']['year']}")
        return f"{name}.xlsx", workbook([Sheet(name, columns, rows, heading)])


def _number(value):
    """False stands for nothing to reckon; 0.0 is a number."""
    return None if value is False else value
