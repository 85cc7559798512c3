import {registry} from "@web/core/registry";

/** A teacher's day: closed in one table, one roll call, a lesson of the days before asked for. */

const tours = registry.category("web_tour.tours");

const row = (subject) => `.o_ej_close tr:has(th:contains(${subject}))`;
const cell = (subject, field) => `${row(subject)} [data-field='${field}']`;

tours.add("school_ejournal_day_close", {
    steps: () => [
        {trigger: ".o_ej_day_lesson[data-filling='empty']:contains(Algebra)"},
        {trigger: ".o_ej_spans button:contains(Close the day)", run: "click"},
        {trigger: cell("Algebra", "topic"), run: "edit Roots"},
        {trigger: cell("Algebra", "topic"), run: "press Enter"},
        {trigger: `${cell("Algebra", "classwork")}:focus`, run: "edit № 12"},
        {trigger: cell("Algebra", "classwork"), run: "press Enter"},
        {trigger: `${cell("Algebra", "homework")}:focus`, run: "edit № 15"},
        {
            content: "two lessons of the class have one roll call",
            trigger: ".o_ej_close_rolls button:contains(2 lessons at once)",
            run: "click",
        },
        {trigger: ".o_ej_roll_name:contains(Ёлкин)", run: "click"},
        {trigger: ".o_ej_roll_name[aria-pressed='true']:contains(Ёлкин)"},
        {
            content: "he comes to the second lesson: absent, late, here",
            trigger: ".o_ej_roll_cell[aria-label*='Ёлкин']:last",
            run: "click",
        },
        {trigger: ".o_ej_roll_cell.o_ej_is_late[aria-label*='Ёлкин']", run: "click"},
        {trigger: ".o_ej_sheet footer .o_ej_primary:contains(1 absent)", run: "click"},
        {trigger: `${row("Algebra")}.o_ej_is_filled`},
        {trigger: `${row("Physics")} .o_ej_confirmed:contains(all are there)`},
        {trigger: ".o_ej_status[data-state='saved']:contains(/All saved \\d/)"},
    ],
});

tours.add("school_ejournal_day_phone", {
    steps: () => [
        {trigger: ".o_ej_day_ask:contains(Ask to open)", run: "click"},
        {trigger: ".o_ej_ask .o_ej_button:contains(ill)", run: "click"},
        {trigger: ".o_ej_message:contains(Asked)"},
        {trigger: ".o_ej_day_old .o_ej_day_ask:contains(/^asked$/)"},
        {trigger: ".o_ej_day_lesson:contains(Algebra):first", run: "click"},
        {content: "one tap opens the lesson", trigger: ".o_ej_phone_pupil:contains(Асанов)"},
        {trigger: ".o_ej_phone_head [aria-label='My day']", run: "click"},
        {trigger: ".o_ej_my_day .o_ej_day_lesson"},
    ],
});
