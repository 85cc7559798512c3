import {Component, onWillStart, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {registry} from "@web/core/registry";
import {useService} from "@web/core/utils/hooks";
import {standardActionServiceProps} from "@web/webclient/actions/action_service";
import {JournalChooser} from "../journal_page/frame/journal_chooser";
import {shownAverage} from "../journal_page/store/averages";
import {FiguresLine} from "./figures_line";
import {chosenByKey} from "./mark_keys";

/**
 * The period marks of a journal: what the averages propose, what is missing, and one action for
 * the whole class. Opened by a record, or with the journal's id in the address
 * (`/odoo/period-marks/7`).
 */
export class PeriodMarks extends Component {
    static template = "school_ejournal.PeriodMarks";
    static components = {FiguresLine, JournalChooser};
    static props = {...standardActionServiceProps};

    setup() {
        this.orm = useService("orm");
        this.root = useRef("root");
        this.shownAverage = shownAverage;
        this.saving = Promise.resolve();
        this.state = useState({
            journalId: this.askedJournal(),
            page: null,
            failed: "",
            message: "",
            unsaved: 0,
            byOrder: null,
        });
        onWillStart(() => this.state.journalId && this.load(this.askedPeriod()));
    }

    askedJournal() {
        const {action, resId, state} = this.props;
        const {context = {}, params = {}} = action;
        const ofRecord = context.active_model === "ejournal.journal" && context.active_id;
        return state?.journalId || resId || params.journal_id || ofRecord || false;
    }

    askedPeriod() {
        return this.props.action.params?.period_id || false;
    }

    async load(periodId) {
        const asked = [[this.state.journalId], periodId || false];
        try {
            this.state.page = await this.orm.call("ejournal.journal", "load_period_marks", asked);
            this.state.failed = "";
        } catch (error) {
            this.state.failed = error.data?.message || _t("The marks could not be opened.");
            return;
        }
        this.env.config?.setDisplayName?.(`${this.journal.name} · ${this.period.name}`);
        this.props.updateActionState?.({resId: this.state.journalId});
    }

    choose(journalId) {
        this.state.journalId = journalId;
        return this.load(false);
    }

    askWhich() {
        Object.assign(this.state, {journalId: false, page: null, failed: ""});
    }

    async show(periodId) {
        await this.saving;
        Object.assign(this.state, {message: "", byOrder: null});
        await this.load(periodId);
    }

    // ---- what is shown -----------------------------------------------------------------

    get journal() {
        return this.state.page.journal;
    }

    get period() {
        return this.state.page.period;
    }

    get isYear() {
        return this.period.kind === "year";
    }

    /** Other periods whose marks stand beside: before the year, and before this one. */
    get parts() {
        return this.state.page.periods.filter(
            (each) =>
                each.kind !== "year" &&
                each.id !== this.period.id &&
                each.date_start < this.period.date_end,
        );
    }

    get kindNames() {
        return {
            period: this.isYear ? _t("Year") : this.period.name,
            exam: _t("Exam"),
            autumn: _t("Autumn exam"),
            final: _t("Final mark"),
        };
    }

    get choices() {
        const {values, instead} = this.journal;
        return [...values.map((value) => ({value, text: value})), ...instead];
    }

    get canSet() {
        return (this.period.may_write || this.period.by_order) && this.choices.length > 0;
    }

    /** @param {String} kind how many have no mark yet and are proposed one */
    waiting(kind) {
        return this.state.page.pupils.filter(
            (pupil) => pupil.proposed[kind] && !pupil.marks[kind]?.value,
        ).length;
    }

    textOf(value) {
        return this.choices.find((choice) => choice.value === value)?.text || value || "";
    }

    differs(pupil, kind) {
        const mark = pupil.marks[kind];
        const proposed = mark?.proposed || pupil.proposed[kind];
        return Boolean(mark?.value && proposed && mark.value !== proposed);
    }

    /** What the teacher should look at: nothing of it keeps a mark from being set. */
    hints(pupil) {
        const {reckoned, marks} = pupil;
        const hints = [];
        if (reckoned.lacking) {
            hints.push(
                _t("Marks are few: %(n)s of %(least)s", {
                    n: reckoned.count,
                    least: reckoned.needed,
                }),
            );
        }
        if (reckoned.lessons && reckoned.missed * 3 > reckoned.lessons * 2) {
            hints.push(_t("Missed %(missed)s of %(lessons)s lessons", reckoned));
        }
        for (const kind of this.state.page.kinds) {
            if (this.differs(pupil, kind)) {
                const proposed = marks[kind].proposed || pupil.proposed[kind];
                hints.push(_t("Proposed: %s", this.textOf(proposed)));
            }
        }
        if (marks.period?.origin === "former") {
            hints.push(_t("From the former school"));
        }
        for (const kind of this.state.page.kinds) {
            const mark = marks[kind];
            if (mark?.closed_text) {
                hints.push(
                    _t("Was %(mark)s; by order %(order)s", {
                        mark: mark.closed_text,
                        order: mark.order_ref,
                    }),
                );
            }
        }
        return hints;
    }

    // ---- setting -------------------------------------------------------------------------

    async takeOver(kind) {
        await this.saving;
        this.state.unsaved++;
        try {
            const count = await this.orm.call("ejournal.journal", "take_proposals", [
                [this.journal.id],
                this.period.id,
                kind,
            ]);
            await this.load(this.period.id);
            this.state.message = _t("%s marks were set.", count);
        } finally {
            this.state.unsaved--;
        }
    }

    onKeydown(ev, pupil, kind) {
        const step = {ArrowDown: 1, ArrowUp: -1, Enter: 1}[ev.key];
        if (step && !ev.altKey) {
            ev.preventDefault();
            this.focusBeside(ev.target, step);
            return;
        }
        if (ev.ctrlKey || ev.metaKey || ev.altKey) {
            return;
        }
        const found = chosenByKey(ev.key, this.choices);
        if (found === undefined) {
            return;
        }
        ev.preventDefault();
        this.set(pupil, kind, found);
        if (found && !this.period.by_order) {
            this.focusBeside(ev.target, 1);
        }
    }

    focusBeside(target, step) {
        const {kind} = target.dataset;
        const cells = [...this.root.el.querySelectorAll(`select[data-kind="${kind}"]`)];
        cells[cells.indexOf(target) + step]?.focus();
    }

    /** Set a mark; after the closing first ask for the order. */
    set(pupil, kind, value) {
        const old = pupil.marks[kind]?.value || false;
        if (value === old) {
            return;
        }
        if (this.period.by_order) {
            this.state.byOrder = {pupil, kind, value, old, order: "", reason: ""};
            return;
        }
        this.save(pupil, kind, {value, old});
    }

    async setByOrder() {
        const {pupil, kind, value, old, order, reason} = this.state.byOrder;
        await this.save(pupil, kind, {value, old, order_ref: order, reason});
        this.state.byOrder = null;
    }

    setReason(pupil, kind, reason) {
        const value = pupil.marks[kind].value;
        this.save(pupil, kind, {value, old: value, reason});
    }

    /** Save one mark after the other: what was typed last is stored last. */
    save(pupil, kind, entry) {
        const before = pupil.marks[kind];
        const shown = {text: this.textOf(entry.value), origin: "own", ...before, ...entry};
        pupil.marks[kind] = {...shown, text: this.textOf(entry.value), proposed: false};
        this.state.unsaved++;
        const asked = [[this.journal.id], this.period.id, [{pupil_id: pupil.id, kind, ...entry}]];
        this.saving = this.saving.then(async () => {
            try {
                const [answer] = await this.orm.call(
                    "ejournal.journal",
                    "save_period_marks",
                    asked,
                );
                this.state.message = answer.reason;
                pupil.marks[kind] = {...pupil.marks[kind], value: answer.value, text: answer.text};
            } catch (error) {
                pupil.marks[kind] = before;
                this.state.message = error.data?.message || _t("Not saved: no connection.");
            }
            this.state.unsaved--;
            if (!this.state.unsaved) {
                await this.load(this.period.id);
            }
        });
        return this.saving;
    }
}

registry.category("actions").add("school_ejournal.period_marks", PeriodMarks);
