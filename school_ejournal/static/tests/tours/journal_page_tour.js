import {registry} from "@web/core/registry";

/** A lesson filled on the journal page, at a desk and by phone. */

const tours = registry.category("web_tour.tours");

const TODAY = "td.o_ej_today[role='gridcell']";
const cellOf = (name) => `tr:has(.o_ej_name:contains(${name})) ${TODAY}`;
const saved = {
    content: "all is saved",
    trigger: ".o_ej_status[data-state='saved']:contains(/All saved \\d/)",
};

function type(key, name) {
    return {
        content: `the cursor is on ${name}: ${key}`,
        trigger: `${cellOf(name)}:focus`,
        run: `press ${key}`,
    };
}

function paste(text) {
    const clipboardData = new DataTransfer();
    clipboardData.setData("text/plain", text);
    document.activeElement.dispatchEvent(
        new ClipboardEvent("paste", {clipboardData, bubbles: true, cancelable: true}),
    );
}

tours.add("school_ejournal_page_fill", {
    steps: () => [
        type("5", "Асанов"),
        type("4", "Ермеков"),
        type("n", "Ёлкин"),
        type("3", "Ңурманов"),
        {...type("Tab", "Өмүров"), content: "to the topic"},
        {trigger: "[data-field='topic']:focus", run: "edit Roots"},
        {trigger: "[data-field='classwork']", run: "edit № 12"},
        {trigger: "[data-field='homework']", run: "edit № 15"},
        {
            content: "the absent are counted before it is confirmed",
            trigger: ".o_ej_confirm:contains(1 absent)",
            run: "click",
        },
        {content: "nothing is missing", trigger: ".o_ej_filled"},
        {trigger: `${cellOf("Ёлкин")}[data-state~='absent']`},
        saved,
    ],
});

tours.add("school_ejournal_page_closed", {
    steps: () => [
        {trigger: `${TODAY}:focus`, run: "press ArrowLeft"},
        {content: "the rule", trigger: ".o_ej_message:contains(Regulation)"},
        {trigger: "td.o_ej_closed:focus", run: "press 5"},
        {content: "a shake, no dialog", trigger: "td.o_ej_closed.o_ej_shake:not(:contains(5))"},
        {trigger: ".o_ej_message .o_ej_link", run: "click"},
        {trigger: ".o_ej_ask .o_ej_button:contains(ill)", run: "click"},
        {trigger: ".o_ej_message:contains(Asked)"},
    ],
});

tours.add("school_ejournal_page_paste", {
    steps: () => [
        {
            trigger: `${cellOf("Асанов")}:focus`,
            run: () => paste("Үсөнов Б.\t3\nАсанов Бакыт\t5,0\nЕрмеков\t4\nИванов\t5\n"),
        },
        {trigger: ".o_ej_offer:contains(3 new):contains(1 not understood)"},
        {trigger: `${cellOf("Үсөнов")}[data-state~='ghost']`},
        {trigger: `${cellOf("Асанов")}:focus`, run: "press Enter"},
        {trigger: `${cellOf("Үсөнов")}:contains(3):not([data-state~='ghost'])`},
        {trigger: "[aria-label='Undo'][aria-disabled='false']", run: "click"},
        {trigger: `${cellOf("Үсөнов")}:not(:contains(3))`},
        {trigger: "[aria-label='Redo'][aria-disabled='false']", run: "click"},
        {trigger: `${cellOf("Үсөнов")}:contains(3)`},
        saved,
    ],
});

tours.add("school_ejournal_page_column", {
    steps: () => [
        {trigger: "th.o_ej_today button", run: "click"},
        {trigger: ".o_ej_card select", run: "selectByLabel Dictation"},
        {trigger: ".o_ej_card input", run: "edit Autumn"},
        {trigger: ".o_ej_card .o_ej_primary", run: "click"},
        {trigger: "th.o_ej_today.o_ej_control"},
        {trigger: cellOf("Асанов"), run: "click"},
        type("5", "Асанов"),
        {trigger: `${cellOf("Ермеков")}:focus`, run: "press /"},
        {...type("4", "Асанов"), content: "the second mark of the pupil before"},
        {trigger: `${cellOf("Асанов")}:contains(5/4)`},
        saved,
    ],
});

tours.add("school_ejournal_page_choose", {
    steps: () => [
        {trigger: ".o_ej_chooser button:contains(Algebra)", run: "click"},
        {trigger: `${TODAY}:focus`},
    ],
});

const row = (name) => `.o_ej_phone_pupil:contains(${name})`;

tours.add("school_ejournal_page_phone", {
    steps: () => [
        {trigger: row("Ёлкин"), run: "click"},
        {trigger: `${row("Ёлкин")}[aria-pressed='true']`},
        {trigger: ".o_ej_numbers input", run: "edit 6"},
        {trigger: ".o_ej_numbers input", run: "press Enter"},
        {trigger: `${row("Үсөнов")}[aria-pressed='true']`},
        {trigger: ".o_ej_phone_foot button:contains(4 of 6)", run: "click"},
        {trigger: ".o_ej_tabs button:contains(Marks)", run: "click"},
        {trigger: `${row("Асанов")}[aria-current='true']`},
        {trigger: ".o_ej_pad_keys button:contains(5)", run: "click"},
        {trigger: `${row("Ермеков")}[aria-current='true']`},
        {trigger: ".o_ej_pad_keys button:contains(4)", run: "click"},
        {
            content: "the absent pupil is passed over",
            trigger: `${row("Ңурманов")}[aria-current='true']`,
        },
        {trigger: ".o_ej_pad_keys button:contains(3)", run: "click"},
        {trigger: ".o_ej_tabs button:contains(Lesson)", run: "click"},
        {trigger: "[data-field='topic']", run: "edit Roots"},
        {trigger: "[data-field='topic']", run: "press Enter"},
        saved,
    ],
});
