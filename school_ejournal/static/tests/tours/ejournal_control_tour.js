import {registry} from "@web/core/registry";

/** The deputy director looks at the day and decides what waits. */
registry.category("web_tour.tours").add("ejournal_board", {
    steps: () => [
        {trigger: ".o_ejournal_board h1"},
        {trigger: ".o_ejournal_board_lesson.o_empty"},
        {trigger: ".o_ejournal_board_requests button:contains(Decide)", run: "click"},
        {trigger: ".modal .o_field_widget[name=until] input[data-value=hours]", run: "click"},
        {trigger: ".modal .o_field_widget[name=hours] input", run: "edit 3"},
        {trigger: ".modal button[name=action_approve]", run: "click"},
        {trigger: ".o_ejournal_board:not(:has(.o_ejournal_board_requests))"},
    ],
});

/** The teacher reads the remark and goes to where it is mended. */
registry.category("web_tour.tours").add("ejournal_remark_read", {
    steps: () => [
        {trigger: ".o_form_view button[name=action_open_page]", run: "click"},
        {trigger: ".o_ej_grid"},
    ],
});
