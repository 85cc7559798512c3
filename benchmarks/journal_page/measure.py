"""Speed of the journal page as a teacher feels it, in Chromium slowed down six times.

    python benchmarks/journal_page/measure.py URL JOURNAL_ID

of a server whose database holds the journal of ``make_journal.py``. Needs Playwright's
Python package and Chromium; see README.md beside this file.
"""

import statistics
import sys

from playwright.sync_api import sync_playwright

LOGIN = "bench_teacher"
SLOW_DOWN = 6
BETWEEN_KEYS = 300
CHROMIUM = "/usr/bin/chromium"
OPTIONS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

# Notes when a key was pressed and when the next frame had been painted; when the page's
# data had arrived and when the first cell had the focus.
WATCH = """
window.ejKeys = [];
const afterPaint = (note) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => note(performance.now());
    channel.port2.postMessage(0);
});
window.addEventListener("keydown", (ev) => {
    const began = ev.timeStamp;
    afterPaint((now) => window.ejKeys.push(now - began));
}, true);
window.addEventListener("focusin", (ev) => {
    if (!window.ejFirst && ev.target.matches("td[role=gridcell]")) {
        afterPaint((now) => { window.ejFirst = now; });
    }
}, true);
"""
ARRIVED = """() => {
    const calls = performance.getEntriesByType("resource");
    return calls.findLast(({name}) => name.includes("open_page")).responseEnd;
}"""


# The least a browser needs: a bare table of the same size, a key writes and moves the focus.
FLOOR = (
    f"<script>{WATCH}</script><table>"
    + ("<tr>" + "<td tabindex=-1>5</td>" * 60 + "</tr>") * 40
    + """</table><script>
const table = document.querySelector("table");
let row = 0;
table.rows[0].cells[0].focus();
window.addEventListener("keydown", (ev) => {
    if (/[0-9]/.test(ev.key)) { document.activeElement.textContent = ev.key; }
    row = (row + 1) % 40;
    table.rows[row].cells[0].focus();
});
</script>"""
)


class Page:
    """The journal page in a slow Chromium."""

    def __init__(self, playwright, url, journal_id):
        self.browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=OPTIONS
        )
        self.page = self.browser.new_page(viewport={"width": 1366, "height": 768})
        self.page.set_default_timeout(120000)
        self.address = f"{url}/odoo/ejournal/{journal_id}"
        self.devtools = self.page.context.new_cdp_session(self.page)
        self._log_in(url)

    def _log_in(self, url):
        self.page.goto(f"{url}/web/login")
        self.page.wait_for_selector("input[name=login]", state="visible")
        self.page.fill("input[name=login]", LOGIN)
        self.page.fill("input[name=password]", LOGIN)
        self.page.press("input[name=password]", "Enter")
        self.page.wait_for_selector(".o_main_navbar")
        self.page.add_init_script(WATCH)

    def slow_down(self, rate):
        self.devtools.send("Emulation.setCPUThrottlingRate", {"rate": rate})

    def open(self):
        """Open the journal; milliseconds from its data's arrival to a usable view."""
        self.page.goto(self.address)
        self.page.wait_for_function("window.ejFirst")
        first = self.page.evaluate("window.ejFirst")
        return first - self.page.evaluate(ARRIVED)

    def press(self, keys):
        """Milliseconds from each key to its paint; nothing else is asked meanwhile."""
        self.page.evaluate("window.ejKeys = []")
        for key in keys:
            self.page.keyboard.press(key)
            self.page.wait_for_timeout(BETWEEN_KEYS)
        self.page.wait_for_function(f"window.ejKeys.length >= {len(keys)}")
        return self.page.evaluate("window.ejKeys")

    def open_floor(self):
        self.page.goto("about:blank")
        self.page.set_content(FLOOR)

    def wait_until_saved(self):
        self.page.wait_for_function(
            "/All saved .*\\d/.test(document.querySelector('.o_ej_status')?.textContent)"
        )

    def memory(self):
        """Megabytes of JavaScript objects that are alive."""
        self.devtools.send("HeapProfiler.enable")
        self.devtools.send("HeapProfiler.collectGarbage")
        used = self.devtools.send("Runtime.getHeapUsage")["usedSize"]
        return used / 1e6


def shown(name, values):
    values = sorted(values)
    middle, late = statistics.median(values), values[int(len(values) * 0.95)]
    print(f"{name:44} median {middle:6.1f} ms   95 % {late:6.1f} ms")


def measure_speed(page):
    page.slow_down(SLOW_DOWN)
    shown("data arrived to usable view", [page.open() for _round in range(5)])
    marks = [key for _round in range(10) for key in "5432"]
    shown("a mark typed to its paint", page.press(marks)[1:])
    page.press(["Home"])
    shown("an arrow key to its paint", page.press(["ArrowDown", "ArrowUp"] * 20)[1:])
    page.slow_down(1)
    page.wait_until_saved()


def measure_floor(page):
    page.slow_down(SLOW_DOWN)
    page.open_floor()
    shown("floor: a mark in a bare table", page.press(["5", "4"] * 20)[1:])
    shown("floor: an arrow key in a bare table", page.press(["ArrowDown"] * 30)[1:])
    page.slow_down(1)


def measure_memory(page):
    """1,000 entries into the column of today, over and over."""
    page.open()
    amounts = []
    for done in range(6):
        if done:
            page.page.keyboard.press("Home")
            for at in range(200):
                page.page.keyboard.press("2345"[(at + done) % 4])
                if at % 40 == 39:
                    page.page.keyboard.press("Home")
            page.wait_until_saved()
        amounts.append(page.memory())
    print("memory after 0, 200 … 1000 entries           ", end="")
    print("  ".join(f"{amount:.1f}" for amount in amounts), "MB")


def count_keys(page):
    """3 absences, 27 marks, topic from the plan, homework of one line, roll call."""
    page.open()
    keys = ["5", "4", "n"] + ["4"] * 12 + ["n"] + ["3"] * 7 + ["n"] + ["5"] * 6
    keys += ["Tab", "Enter"]  # to the topic, take it from the plan
    keys += ["Enter"]  # work done stays empty: on to the homework
    for key in keys:
        page.page.keyboard.press(key)
    page.page.keyboard.type("No 15")
    last = ["Enter", "Enter"]  # on to the roll call, confirm it
    for key in last:
        page.page.keyboard.press(key)
    page.page.wait_for_selector(".o_ej_confirmed")
    page.wait_until_saved()
    assert page.page.input_value("[data-field=topic]") == "Quadratic equations"
    print(f"keys beside the homework's text                {len(keys) + len(last)}")


def main(url, journal_id):
    with sync_playwright() as playwright:
        page = Page(playwright, url.rstrip("/"), journal_id)
        count_keys(page)
        measure_speed(page)
        measure_floor(page)
        measure_memory(page)
        page.browser.close()


if __name__ == "__main__":
    main(*sys.argv[1:3])
