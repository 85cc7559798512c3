import {Component, onMounted, onWillUnmount, useRef} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";

/** All keys of the page. */
export class KeyHelp extends Component {
    static template = "school_ejournal.KeyHelp";
    static props = {page: Object};

    setup() {
        this.root = useRef("root");
        onMounted(() => {
            this.before = document.activeElement;
            this.root.el.focus();
        });
        onWillUnmount(() => this.before?.focus?.());
    }

    get groups() {
        const {values, letters} = this.props.page.store.journal;
        return [
            {
                title: _t("Entering"),
                keys: [
                    [values.slice(0, 5), _t("mark, and down to the next pupil")],
                    [["н", "n"], _t("absent (%(sign)s)", {sign: letters.absent})],
                    [
                        ["о", "o"],
                        _t("late (%(sign)s); digits after it are minutes", {sign: letters.late}),
                    ],
                    [["/"], _t("after a mark: the second mark of that pupil, 5/4")],
                    [["Delete"], _t("empty the cell")],
                    [["F2"], _t("comment and history of the cell")],
                ],
            },
            {
                title: _t("Moving"),
                keys: [
                    [["↑", "↓", "←", "→"], _t("one cell")],
                    [["Enter", "Shift+Enter"], _t("down, up")],
                    [["Tab"], _t("next open column, then the lesson's topic")],
                    [["Home", "End"], _t("first and last pupil")],
                    [["Ctrl+←", "Ctrl+→"], _t("first and last column")],
                    [[_t("Space")], _t("find a pupil by letters; a digit marks him at once")],
                    [["F7", "F8", "F9"], _t("today, month, quarter")],
                ],
            },
            {
                title: _t("Many cells"),
                keys: [
                    [["Ctrl+V"], _t("paste a column, a block, or names with marks")],
                    [["Ctrl+C"], _t("copy the column")],
                    [["Ctrl+Z", "Ctrl+Y"], _t("undo, redo")],
                ],
            },
        ];
    }

    close() {
        this.props.page.view.help = false;
    }

    onKeydown(ev) {
        if (["Escape", "?", "Enter"].includes(ev.key)) {
            ev.preventDefault();
            ev.stopPropagation();
            this.close();
        }
    }
}
