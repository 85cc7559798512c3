import {registry} from "@web/core/registry";

/** The class teacher marks absence at a desk and by phone, and confirms the day. */

const tours = registry.category("web_tour.tours");

const TODAY = "td.o_ej_today[role='gridcell']";
const cellOf = (name) => `tr:has(.o_ej_name:contains(${name})) ${TODAY}`;
const saved = {content: "saved", trigger: ".o_ej_status[data-state='saved']"};

tours.add("school_ejournal_class_desk", {
    steps: () => [
        {
            content: "the cursor stands on today",
            trigger: `${cellOf("Асанов")}:focus`,
            run: "press 2",
        },
        {content: "ill, by its sign", trigger: `${cellOf("Асанов")}:contains(✚)`},
        saved,
        {trigger: `${cellOf("Асанов")}:focus`, run: "press ArrowDown"},
        {trigger: `${cellOf("Ермеков")}:focus`, run: "press Shift+ArrowDown"},
        {content: "two pupils", trigger: ".o_ej_attendance_panel:contains(2 pupils)"},
        {trigger: `${cellOf("Ёлкин")}:focus`, run: "press н"},
        {trigger: `${cellOf("Ермеков")}:contains(?)`},
        {trigger: `${cellOf("Ёлкин")}:contains(?)`},
        saved,
        {trigger: `${cellOf("Ёлкин")}:focus`, run: "press ArrowDown"},
        {trigger: `${cellOf("Ңурманов")}:focus`, run: "press ArrowUp"},
        {trigger: `${cellOf("Ёлкин")}:focus`, run: "press Delete"},
        {trigger: `${cellOf("Ёлкин")}:not(:contains(?))`},
        saved,
        {trigger: "[data-tab='missing']", run: "click"},
        {trigger: ".o_ej_missing li:contains(Ермеков) .o_ej_button:first", run: "click"},
        {content: "the call is noted", trigger: ".o_ej_missing li:contains(Ермеков) .o_ej_filled"},
        {trigger: "[data-tab='day']", run: "click"},
        {trigger: ".o_ej_class_lessons .o_ej_button", run: "click"},
        {content: "the teacher was asked", trigger: ".o_ej_class_lessons:contains(asked)"},
        {trigger: ".o_ej_confirm_day", run: "click"},
        {trigger: ".o_ej_filled:contains(Day confirmed)"},
    ],
});

tours.add("school_ejournal_class_phone", {
    steps: () => [
        {trigger: ".o_ej_tap:contains(Асанов)", run: "click"},
        {trigger: "[data-reason='excused']", run: "click"},
        {trigger: ".o_ej_tap:contains(Асанов) b:contains(✓)"},
        saved,
    ],
});
