import {registry} from "@web/core/registry";

const tours = registry.category("web_tour.tours");

/** The deputy director changes what counts as filled and sets a closing time by order. */
tours.add("ejournal_settings", {
    url: "/odoo",
    steps: () => [
        {
            content: "The e-journal is the first thing that staff see",
            trigger: ".o_main_navbar button[data-menu-xmlid='school_ejournal.menu_settings']",
            run: "click",
        },
        {
            trigger: "a[data-menu-xmlid='school_ejournal.ejournal_settings_menu']",
            run: "click",
        },
        {
            content: "Each setting has its sentence",
            trigger: ".o_form_view:contains('only when the work done is entered')",
        },
        {
            trigger: "div[name='count_classwork'] input:checked",
            run: "uncheck",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        {
            trigger: "button:contains('New closing time')",
            run: "click",
        },
        {
            trigger: ".modal div[name='date_start'] :is(input, button)",
            run: "click",
        },
        {
            trigger: ".modal div[name='date_start'] input",
            run: "edit 12/31/2099",
        },
        {
            trigger: ".modal div[name='closing_time'] input",
            run: "edit 21:30",
        },
        {
            trigger: ".modal div[name='order_ref'] input",
            run: "edit No. 17",
        },
        {
            trigger: ".modal .o_form_button_save",
            run: "click",
        },
        {
            content: "The new closing time stands in the list, acting later",
            trigger: "div[name='lock_rule_ids'] tr:contains('21:30'):contains('Later')",
        },
    ],
});

/** A teacher opens a lesson of today and enters topic and mark; a wrong mark is refused. */
tours.add("ejournal_enter_mark", {
    url: "/odoo/my-lessons",
    steps: () => [
        {
            content: "The lessons of today are filtered",
            trigger: ".o_data_row:contains('Algebra') td[name='journal_id']",
            run: "click",
        },
        {
            trigger: ".alert:contains('Open today until 24:00')",
        },
        {
            trigger: "div[name='topic'] input",
            run: "edit Fractions",
        },
        {
            trigger: "button[name='action_add_answer_column']",
            run: "click",
        },
        {
            trigger: "div[name='mark_ids'] .o_field_x2many_list_row_add a",
            run: "click",
        },
        {
            trigger: "div[name='mark_ids'] .o_selected_row div[name='pupil_id'] input",
            run: "edit Асанов",
        },
        {
            trigger: ".o-autocomplete--dropdown-item:contains('Асанов')",
            run: "click",
        },
        {
            trigger: "div[name='mark_ids'] .o_selected_row div[name='value'] input",
            run: "edit 7",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            content: "The model's own sentence says what is wrong",
            trigger: ".modal:contains('is no mark here; the scale has')",
        },
        {
            trigger: ".modal footer button",
            run: "click",
        },
        {
            trigger: "div[name='mark_ids'] .o_data_row td[name='value']",
            run: "click",
        },
        {
            trigger: "div[name='mark_ids'] .o_selected_row div[name='value'] input",
            run: "edit 5",
        },
        {
            trigger: ".o_form_button_save",
            run: "click",
        },
        {
            trigger: ".o_form_saved",
        },
        {
            content: "The history of the cell stands beside it",
            trigger: "div[name='mark_ids'] .o_data_row button:contains('History')",
            run: "click",
        },
        {
            trigger: ".modal .o_data_row:contains('On the day of the lesson')",
        },
    ],
});
