import {reactive} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {spokenDay} from "@school_ejournal/entry/dates";
import {nameOf, signOf} from "./reasons";

/**
 * The month of a class: what the server says of each pupil and day, what is selected, what is being
 * saved. It holds no rule: sums, clashes and the lessons that take a reason come from the server.
 */
export class AttendanceStore {
    constructor(orm) {
        this.orm = orm;
        this.page = reactive({
            loaded: false,
            days: [],
            pupils: [],
            class: {},
            month: {},
            total: {},
        });
        this.state = reactive({saving: 0, saved: false, text: "", tone: ""});
        /** two corners of the selected cells: row and column */
        this.selected = reactive({row: 0, column: 0, toRow: 0, toColumn: 0});
    }

    async load(classId, day = false) {
        const page = await this.orm.call("ejournal.class", "load_attendance", [classId, day]);
        Object.assign(this.page, page, {loaded: true});
        const today = this.page.days.findIndex(({date}) => date >= page.class.today);
        this.select(this.selected.row, today < 0 ? this.page.days.length - 1 : today);
    }

    say(text, tone = "") {
        Object.assign(this.state, {text, tone});
    }

    // ---- selection -------------------------------------------------------------------------

    select(row, column, extend = false) {
        Object.assign(this.selected, {toRow: row, toColumn: column});
        if (!extend) {
            Object.assign(this.selected, {row, column});
        }
    }

    get span() {
        const {row, column, toRow, toColumn} = this.selected;
        return {
            rows: [Math.min(row, toRow), Math.max(row, toRow)],
            columns: [Math.min(column, toColumn), Math.max(column, toColumn)],
        };
    }

    isSelected(row, column) {
        const {rows, columns} = this.span;
        return row >= rows[0] && row <= rows[1] && column >= columns[0] && column <= columns[1];
    }

    get selectedPupils() {
        const {rows} = this.span;
        return this.page.pupils.slice(rows[0], rows[1] + 1);
    }

    get selectedDays() {
        const {columns} = this.span;
        return this.page.days.slice(columns[0], columns[1] + 1);
    }

    // ---- cells -----------------------------------------------------------------------------

    cell(pupil, date) {
        return pupil.cells[date];
    }

    isOnList(pupil, date) {
        return pupil.spans.some(
            (span) =>
                span.date_start <= date &&
                (!span.date_end || span.date_end >= date) &&
                span.form === "full",
        );
    }

    /** What a cell shows: the sign of the reason and how many lessons were missed. */
    text(cell) {
        if (!cell) {
            return "";
        }
        const count = cell.missed.length || "";
        const signs = cell.reasons.map(signOf).join("");
        const late = cell.late.length && !signs ? this.page.class.letters.late : "";
        return `${count}${signs}${late}${cell.clash.length ? "!" : ""}${cell.requested ? "✉" : ""}`;
    }

    look(cell) {
        if (!cell) {
            return "";
        }
        const reason = cell.reasons.length > 1 ? "mixed" : cell.reasons[0] || "";
        return [
            reason && `o_ej_reason_${reason}`,
            cell.clash.length && "o_ej_clash",
            cell.marked && !cell.missed.length && "o_ej_expected",
            cell.requested && "o_ej_asked",
        ]
            .filter(Boolean)
            .join(" ");
    }

    /** The cell in words, for those who hear the page. */
    spoken(pupil, date) {
        const cell = this.cell(pupil, date);
        return `${pupil.short_name}, ${spokenDay(date)}: ${this.describe(cell) || _t("nothing marked")}`;
    }

    describe(cell) {
        if (!cell) {
            return "";
        }
        const parts = [];
        if (cell.missed.length) {
            parts.push(_t("missed lessons %(numbers)s", {numbers: cell.missed.join(", ")}));
        } else if (cell.marked) {
            parts.push(_t("marked absent"));
        }
        parts.push(...cell.reasons.map(nameOf));
        if (cell.late.length) {
            const values = {numbers: cell.late.join(", "), minutes: cell.minutes};
            parts.push(_t("late in lessons %(numbers)s, %(minutes)s min", values));
        }
        if (cell.clash.length) {
            parts.push(
                _t("the teacher has the pupil present in lessons %(numbers)s", {
                    numbers: cell.clash.join(", "),
                }),
            );
        }
        if (cell.requested) {
            parts.push(_t("the parents have written"));
        }
        return parts.join("; ");
    }

    absencesOn(pupil, date) {
        return pupil.absences.filter((row) => row.date_start <= date && row.date_end >= date);
    }

    // ---- saving ----------------------------------------------------------------------------

    /**
     * Set or clear the reason of what is selected.
     *
     * @param {string|false} reason
     * @param {Object} more number_from, number_to, note
     */
    async set(reason, more = {}) {
        const days = this.selectedDays.map(({date}) => date);
        const closed = this.selectedDays.find(({state}) => state === "closed");
        if (closed) {
            return this.say(closed.text, "rule");
        }
        const [first, last] = [days[0], days.at(-1)];
        const changes = this.selectedPupils
            .filter((pupil) => days.some((day) => this.isOnList(pupil, day)))
            .map((pupil) => ({
                key: pupil.id,
                pupil_id: pupil.id,
                date_start: first,
                date_end: last,
                reason,
                old: pupil.absences
                    .filter(
                        (row) =>
                            row.state === "confirmed" &&
                            row.date_start <= last &&
                            row.date_end >= first,
                    )
                    .filter((row) => touches(row, more))
                    .map((row) => [row.id, row.reason]),
                ...more,
            }));
        if (changes.length) {
            await this.send(changes);
        }
    }

    async send(changes) {
        this.state.saving++;
        this.state.saved = false;
        this.say("");
        try {
            const result = await this.orm.call("ejournal.class", "save_absences", [
                this.page.class.id,
                changes,
                this.page.month.first,
            ]);
            this.put(result.pupils);
            const trouble = result.answers.find(({status}) => status !== "ok");
            this.state.saved = !trouble;
            if (trouble) {
                this.say(trouble.reason, "wrong");
            }
        } catch (error) {
            this.say(error.data?.message || _t("Not saved: no connection. Set it again."), "wrong");
        } finally {
            this.state.saving--;
        }
    }

    /** Rows as the server has them now. */
    put(rows) {
        const byId = new Map(rows.map((row) => [row.id, row]));
        this.page.pupils = this.page.pupils.map((row) => byId.get(row.id) || row);
    }

    /** @param {number} id of a request of parents @param {boolean} confirm */
    async decide(id, confirm) {
        const method = confirm ? "action_confirm" : "action_refuse";
        try {
            await this.orm.call("ejournal.absence", method, [[id]]);
        } catch (error) {
            this.say(error.data?.message || "", "wrong");
        }
        const {row, column} = this.selected;
        await this.load(this.page.class.id, this.page.month.first);
        this.select(row, column);
    }
}

/** Whether an absence shares a lesson with the lessons that are being set. */
function touches(row, {number_from = 0, number_to = 0}) {
    return row.number_from <= (number_to || 99) && (row.number_to || 99) >= number_from;
}
