import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {useAutofocus} from "@web/core/utils/hooks";
import {_t} from "@web/core/l10n/translation";
import {useTypedValue} from "@school_ejournal/entry/typed_value";
import {shortMoment} from "@school_ejournal/entry/dates";
import {enterComment} from "../store/cell_entry";
import {idsOf} from "../store/page_rows";

/** What a cell holds, its comment and its history: who, when, what, on what basis. */
export class CellCard extends Component {
    static template = "school_ejournal.CellCard";
    static props = {page: Object, cell: Object, back: Function, close: Function};

    setup() {
        this.store = this.props.page.store;
        this.state = useState({history: null, failed: ""});
        this.comment = useRef("comment");
        this.typed = useTypedValue(this.comment, () => this.commentText);
        useAutofocus({refName: "comment"});
        onWillStart(() => {
            // the card opens at once, the history follows
            this.loadHistory();
        });
    }

    get ids() {
        return idsOf(this.props.cell);
    }

    get commentText() {
        return this.store.value({...this.ids, field: "comment"}) || "";
    }

    get canComment() {
        const hasMark = this.store.value({...this.ids, field: "mark"});
        return hasMark && !this.store.refusal(this.props.cell, "comment");
    }

    async loadHistory() {
        const {lesson_id, work_id, pupil_id} = this.ids;
        try {
            const rows = await this.props.page.orm.silent.call(
                "ejournal.lesson",
                "load_history",
                [[lesson_id]],
                {pupil_id, work_id},
            );
            this.state.history = rows.map((row) => this.shown(row));
        } catch (error) {
            this.state.failed =
                error.data?.message || _t("The history is not at hand: no connection.");
        }
    }

    shown(row) {
        const {letters} = this.store.journal;
        const named = (value) =>
            row.field === "minutes" && value
                ? _t("%(minutes)s min", {minutes: value})
                : letters[value] || value || "—";
        return {
            when: shortMoment(row.at),
            who: row.by,
            what: `${named(row.old)} → ${named(row.new)}`,
            kind: row.field === "comment" ? _t("comment") : "",
            basis: row.basis_text,
        };
    }

    save() {
        this.typed.release();
        const result = enterComment(this.store, this.props.cell, this.comment.el.value);
        if (result.refusal) {
            this.props.page.refuse(result.refusal, this.props.cell);
        } else {
            this.store.enter(result.changes);
        }
    }

    onKeydown(ev) {
        if (ev.key === "Enter" && !ev.isComposing) {
            ev.preventDefault();
            this.save();
            this.leave();
        }
        if (ev.key === "Escape") {
            ev.stopPropagation();
            this.leave();
        }
    }

    leave() {
        this.props.close();
        this.props.back();
    }
}
