import {registry} from "@web/core/registry";

/** Somebody is absent at 7:15: the lessons, the fittest teacher, done. */

const row = ".o_ej_subst_lesson:contains(Algebra)";

registry.category("web_tour.tours").add("school_ejournal_substitution", {
    steps: () => [
        {trigger: ".o_ej_subst:contains(Nobody is absent)"},
        {trigger: ".o_ej_subst_head .o_ej_primary", run: "click"},
        {trigger: "select.o_ej_subst_teacher", run: "selectByLabel Токтогулова Айнура"},
        {trigger: ".o_ej_subst_form button[type=submit]", run: "click"},
        {content: "the lesson waits", trigger: ".o_ej_subst_summary:contains(1)"},
        {
            content: "one click names the substitute",
            trigger: `${row} .o_ej_subst_choice:contains(Бакиров)`,
            run: "click",
        },
        {trigger: `${row} .o_ej_subst_done:contains(Бакиров)`},
        {content: "all is provided for", trigger: ".o_ej_subst_summary:contains(Every lesson)"},
        {content: "taken back", trigger: `${row} .o_ej_link:contains(Take back)`, run: "click"},
        {trigger: `${row} .o_ej_subst_way select`, run: "select supervision"},
        {trigger: `${row} .o_ej_subst_choice:contains(Бакиров)`, run: "click"},
        {trigger: `${row} .o_ej_subst_done:contains(Supervision)`},
    ],
});
