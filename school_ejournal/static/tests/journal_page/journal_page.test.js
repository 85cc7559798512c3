import {defineMailModels} from "@mail/../tests/mail_test_helpers";
import {describe, expect, test} from "@odoo/hoot";
import {
    manuallyDispatchProgrammaticEvent,
    press,
    queryAll,
    queryAllTexts,
    queryOne,
} from "@odoo/hoot-dom";
import {advanceTime, animationFrame} from "@odoo/hoot-mock";
import {acceptAll, pageData} from "@school_ejournal/../tests/journal_page/page_data";
import {
    contains,
    defineModels,
    getService,
    models,
    mountWithCleanup,
    onRpc,
} from "@web/../tests/web_test_helpers";
import {WebClient} from "@web/webclient/webclient";

class Journal extends models.Model {
    _name = "ejournal.journal";
}

class Lesson extends models.Model {
    _name = "ejournal.lesson";
}

defineMailModels();
defineModels([Journal, Lesson]);
describe.current.tags("desktop");

const TODAY = ".o_ej_grid tbody td:nth-child(3)";

async function openPage(save = acceptAll) {
    onRpc("ejournal.journal", "open_page", () => pageData());
    onRpc("ejournal.journal", "load_page", () => pageData());
    onRpc("ejournal.journal", "save_entries", ({args}) => {
        expect.step(args[1].map(({key, value}) => `${key}=${value}`).join(" "));
        return save(args[1]);
    });
    await mountWithCleanup(WebClient);
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "school_ejournal.journal_page",
        params: {journal_id: 7},
    });
    await animationFrame();
}

const focused = () => document.activeElement.getAttribute("aria-label") || "";

test("today's column is chosen, the cursor is on the first pupil", async () => {
    await openPage();
    expect(focused()).toInclude("Асанов Бакыт");
    expect(queryAll("td[role='gridcell'][tabindex='0']").length).toBe(1);
    expect(queryAllTexts("tbody .o_ej_name").length).toBe(4);
    expect("th.o_ej_today").toHaveCount(1);
    expect("th.o_ej_closed").toHaveCount(1);
    expect(".o_ej_status").toHaveText("✓All saved");
});

test("digits mark and go down, all in one call; the status follows", async () => {
    await openPage();
    await press("5");
    await animationFrame();
    expect(focused()).toInclude("Ёлкин");
    await press("4");
    await press("n");
    await animationFrame();
    expect(queryAllTexts(TODAY)).toEqual(["5", "4", "кж", ""]);
    expect(".o_ej_status").toHaveText("Saving…");
    await advanceTime(400);
    await animationFrame();
    expect.verifySteps([
        "102.answer.11.mark=5 102.answer.12.mark=4 102...attendance".replace("102...", "102..13.") +
            "=absent",
    ]);
    expect(".o_ej_status").toHaveText(/All saved \d/);
});

test("a wrong key shakes the cell and says why in one line", async () => {
    await openPage();
    await press("z");
    await animationFrame();
    expect(queryAll(TODAY)[0]).toHaveClass("o_ej_shake");
    expect(".o_ej_message").toHaveText(/“z” is no mark here/);
    expect(".modal").toHaveCount(0);
});

test("a closed cell says its rule at the bottom and offers to ask", async () => {
    onRpc("ejournal.lesson", "ask_to_open", ({args, kwargs}) => {
        expect.step(`ask ${args[0]} ${args[1]} ${kwargs.reason_code}`);
        return 1;
    });
    await openPage();
    await press("ArrowLeft");
    await animationFrame();
    expect(".o_ej_message").toHaveText(
        /The lesson closed: marks only on the day\.\s*Ask to open ›/,
    );
    await contains(".o_ej_message .o_ej_link").click();
    await contains(".o_ej_ask .o_ej_button:first").click();
    expect.verifySteps(["ask 101 I forgot forgot"]);
    expect(".o_ej_message").toHaveText(/Asked/);
});

test("paste shows ghosts and counts; Enter enters, undo takes all back at once", async () => {
    await openPage();
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", "5\n4,0\nx\n3\n");
    await manuallyDispatchProgrammaticEvent(document.activeElement, "paste", {clipboardData});
    await animationFrame();
    expect(".o_ej_offer strong").toHaveText("3 new · 1 not understood");
    expect("td[data-state~='ghost']").toHaveCount(3);
    await press("Enter");
    await animationFrame();
    expect("td[data-state~='ghost']").toHaveCount(0);
    expect(queryAllTexts(TODAY)).toEqual(["5", "4", "кж", "3"]);
    await press(["ctrl", "z"]);
    await animationFrame();
    expect(queryAllTexts(TODAY)).toEqual(["", "", "кж", ""]);
});

test("space finds by letters, a digit marks at once", async () => {
    await openPage();
    await press(" ");
    await animationFrame();
    await contains(".o_ej_search input").edit("ому", {confirm: false});
    expect(queryAllTexts(".o_ej_search li").length).toBe(1);
    await press("4");
    await animationFrame();
    expect(queryAllTexts(TODAY)[2]).toBe("4");
    expect(".o_ej_search input").toHaveValue("");
    await press("Escape");
    await animationFrame();
    expect(".o_ej_search").toHaveCount(0);
});

test("Tab goes to the topic, Enter takes it from the plan", async () => {
    await openPage();
    await press("Tab");
    await animationFrame();
    expect("[data-field='topic']").toBeFocused();
    await press("Enter");
    await animationFrame();
    expect("[data-field='topic']").toHaveValue("Equations");
    expect("[data-field='classwork']").toBeFocused();
    await advanceTime(400);
    expect.verifySteps(["102...topic=Equations"]);
    expect(queryAllTexts(".o_ej_filling .o_ej_done")[0]).toInclude("topic");
});

test("attendance is confirmed with the absent that are offered", async () => {
    await openPage();
    expect(".o_ej_confirm").toHaveText("Confirm: 1 absent");
    await contains(".o_ej_confirm").click();
    await advanceTime(400);
    await animationFrame();
    expect.verifySteps(["102..13.attendance=absent 102...attendance_confirmed=true"]);
    expect(".o_ej_confirmed").toHaveCount(1);
});

test("a conflict shows both values and lets choose", async () => {
    let calls = 0;
    await openPage((entries) =>
        calls++
            ? acceptAll(entries)
            : entries.map(({key}) => ({
                  key,
                  status: "conflict",
                  value: "2",
                  by: "Бакиров",
                  at: "2026-10-14 04:00:00",
              })),
    );
    await press("5");
    await advanceTime(400);
    await animationFrame();
    expect(".o_ej_chip_trouble").toHaveText("1 not saved ›");
    await contains(".o_ej_chip_trouble").click();
    expect(".o_ej_message").toHaveText(/Бакиров entered “2”.*yours is “5”/);
    await contains(".o_ej_message .o_ej_button:last").click();
    await advanceTime(400);
    await animationFrame();
    expect(queryAllTexts(TODAY)[0]).toBe("5");
    expect(".o_ej_chip_trouble").toHaveCount(0);
    expect.verifySteps(["102.answer.11.mark=5", "102.answer.11.mark=5"]);
});

test("history and comment of a cell", async () => {
    onRpc("ejournal.lesson", "load_history", () => [
        {
            at: "2026-10-14 04:00:00",
            by: "Токтогулова",
            field: "value",
            old: "",
            new: "5",
            basis: "same_day",
            basis_text: "On the day of the lesson",
        },
    ]);
    await openPage();
    await press("5");
    await press("ArrowUp");
    await press("F2");
    await animationFrame();
    expect(".o_ej_history li").toHaveText(/— → 5.*Токтогулова/s);
    await contains(".o_ej_card input").edit("neat", {confirm: false});
    await press("Enter");
    await animationFrame();
    expect(".o_ej_card").toHaveCount(0);
    expect(queryAll(TODAY)[0]).toHaveAttribute("data-state", "mark commented sending");
    expect(focused()).toInclude("neat");
});

test("the projector hides the marks of all but the chosen pupil", async () => {
    await openPage();
    await contains("[aria-label='Projector']").click();
    expect(".o_ej_projector").toHaveCount(1);
    expect(".o_ej_average").toHaveCount(0);
    expect(getComputedStyle(queryOne(".o_ej_grid tbody tr:last-child td:nth-child(2)")).color).toBe(
        "rgba(0, 0, 0, 0)",
    );
});

test("? shows the keys, Escape brings the cursor back", async () => {
    await openPage();
    const before = focused();
    await press("?");
    await animationFrame();
    expect(".o_ej_help dt").toHaveCount(16);
    await press("Escape");
    await animationFrame();
    expect(focused()).toBe(before);
});

test("leaving the page sends what waits", async () => {
    await openPage();
    await press("5");
    await getService("action").doAction({
        type: "ir.actions.client",
        tag: "school_ejournal.journal_page",
        params: {journal_id: 7},
    });
    expect.verifySteps(["102.answer.11.mark=5"]);
});
