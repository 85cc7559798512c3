"""axe-core over the pages on which teachers work: WCAG 2.2 A and AA, without exceptions."""

import json
from importlib import resources

from odoo.tests import tagged

from .test_my_day_page import DayCase

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Fewer rules than this have looked at a page that was not there.
LEAST_RULES = 12

CHECK = """
(async () => {
    const steps = %(steps)s;
    const there = async (selector) => {
        for (let tries = 0; tries < 1200; tries++) {
            if (document.querySelector(selector)) {
                return;
            }
            await new Promise((resolve) => setTimeout(resolve, 50));
        }
        throw new Error(`not there: ${selector}`);
    };
    for (const [click, wanted] of steps) {
        if (click) {
            document.querySelector(click).click();
        }
        await there(wanted);
        await new Promise((resolve) => setTimeout(resolve, 300));
        const found = await axe.run(".o_action", {runOnly: {type: "tag", values: %(tags)s}});
        for (const {id, help, nodes} of found.violations) {
            const first = nodes[0];
            const where = `${nodes.length} times, first ${first.html.slice(0, 200)}`;
            console.error(`${wanted}: ${id}: ${help}: ${where}: ${first.failureSummary}`);
            return;
        }
        if (found.passes.length < %(least)d) {
            console.error(`${wanted}: only ${found.passes.length} rules have looked`);
            return;
        }
    }
    console.log("test successful");
})().catch((error) => console.error(String(error)));
"""


class AxeCase(DayCase):
    def check(self, url, *steps):
        """Look at a page in several states.

        :param steps: pairs of what to click, or None, and what is there then
        """
        axe = resources.files("axe_playwright_python").joinpath("axe.min.js")
        code = CHECK % {
            "steps": json.dumps(steps),
            "tags": json.dumps(TAGS),
            "least": LEAST_RULES,
        }
        self.browser_js(
            url,
            axe.read_text(encoding="utf-8") + code,
            "document.readyState === 'complete'",
            login="page_teacher",
            timeout=180,
        )


@tagged("post_install", "-at_install")
class TestAxeDesk(AxeCase):
    browser_size = "1366x768"

    def test_my_day_its_table_and_roll_call(self):
        self.check(
            "/odoo/my-day",
            (None, ".o_ej_day_lesson"),
            (".o_ej_day_ask", ".o_ej_ask"),
            (".o_ej_spans button:nth-child(2)", ".o_ej_close tbody tr"),
            (".o_ej_close_rolls button", ".o_ej_sheet tbody tr"),
        )

    def test_the_journal_page_its_menu_and_its_keys(self):
        self.check(
            f"/odoo/ejournal/{self.journal.id}",
            (None, "td.o_ej_today:focus"),
            (".o_ej_right_page tr:last-child button", ".o_ej_panel_closed"),
            (".o_ej_tools:last-child button:last-child", ".o_ej_help"),
        )


@tagged("post_install", "-at_install")
class TestAxePhone(AxeCase):
    browser_size = "360x740"
    touch_enabled = True

    def test_my_day(self):
        self.check(
            "/odoo/my-day",
            (None, ".o_ej_day_lesson"),
            (".o_ej_spans button:nth-child(2)", ".o_ej_close tbody tr"),
            (".o_ej_close_rolls button", ".o_ej_sheet tbody tr"),
        )

    def test_a_lesson_in_its_three_parts(self):
        self.check(
            f"/odoo/ejournal/{self.journal.id}",
            (None, ".o_ej_phone_roll"),
            (".o_ej_tabs button:nth-child(2)", ".o_ej_phone_marks"),
            (".o_ej_tabs button:nth-child(3)", ".o_ej_panel"),
        )
