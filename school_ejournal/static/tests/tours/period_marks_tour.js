import {registry} from "@web/core/registry";

/** The period marks of a class: proposals taken over at once, one changed by a key. */

const markOf = (name) => `tr:has(.o_pm_name:contains(${name})) .o_pm_mark`;
const focus = (name) => ({
    trigger: markOf(name),
    run() {
        this.anchor.focus();
    },
});
const saved = {content: "all is saved", trigger: ".o_pm_acts [role=status]:contains(All saved)"};

registry.category("web_tour.tours").add("school_ejournal_period_marks", {
    steps: () => [
        {
            content: "three marks are proposed",
            trigger: ".o_pm_acts .btn-primary:contains(Take over proposals: 3)",
            run: "click",
        },
        {trigger: ".o_pm_acts [role=status]:contains(3 marks were set)"},
        focus("Ермеков"),
        {trigger: `${markOf("Ермеков")}:focus`, run: "press 5"},
        {content: "the cursor goes down", trigger: `${markOf("Ёлкин")}:focus`},
        {
            content: "another than proposed is a hint, no wall",
            trigger: "tr:has(.o_pm_name:contains(Ермеков)) .o_pm_hint:contains(Proposed: 4)",
        },
        focus("Ңурманов"),
        {trigger: `${markOf("Ңурманов")}:focus`, run: "press n"},
        {trigger: `${markOf("Ңурманов")}:value(н/а)`},
        saved,
        {
            content: "the figures follow",
            trigger: ".o_pm_figures:contains(not attested 1)",
        },
    ],
});
