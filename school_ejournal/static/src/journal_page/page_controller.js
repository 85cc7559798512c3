import {browser} from "@web/core/browser/browser";
import {_t} from "@web/core/l10n/translation";
import {EntryController} from "@school_ejournal/entry/entry_controller";
import {canAsk} from "@school_ejournal/entry/windows";
import {applyOffer, dropOffer, offerFill, offerPaste} from "./store/bulk";
import {lessonToBeginWith} from "./store/lesson_facts";
import {idsOf} from "./store/page_rows";

const UNDO_BAR_STAYS = 10000;
const SPAN_KEY = "school_ejournal.span";

/** The journal page: which days and which lesson are shown, what is offered. */
export class PageController extends EntryController {
    /** @param {{store: import("./store/entry_store").EntryStore, orm: Object}} services */
    constructor(services) {
        super(services, {
            lessonId: false,
            span: "period",
            loading: false,
            settled: false,
            projector: false,
            help: false,
            searching: false,
            offer: null,
        });
        // set by the grid and by the panel, while they are there
        this.focusCell = () => {};
        this.shake = () => {};
        this.focusPanel = () => {};
    }

    // ---- days --------------------------------------------------------------------------

    /** @param {{span?: string, day?: string|false, lessonId?: number}} days */
    async open(journalId, {span, day = false, lessonId} = {}) {
        this.view.loading = true;
        try {
            await this.store.open(journalId, {span: span || this.view.span, day});
        } finally {
            this.view.loading = false;
        }
        this.view.span = this.store.days.span;
        const lesson =
            this.store.lessonById.get(lessonId) ||
            this.lessonOfDay(day) ||
            lessonToBeginWith(this.store);
        this.view.lessonId = lesson ? lesson.id : false;
        this.hush();
    }

    lessonOfDay(day) {
        return day && this.store.lessons.find((lesson) => lesson.date === day);
    }

    /** @param {"period"|"month"} span */
    async show(span, day = false) {
        browser.localStorage.setItem(SPAN_KEY, span);
        await this.open(this.store.journal.id, {span, day: day || this.lesson?.date});
        await drawn();
        this.focusStart();
    }

    static rememberedSpan() {
        return browser.localStorage.getItem(SPAN_KEY) === "month" ? "month" : "period";
    }

    /** To today's column, whatever days are shown. */
    async showToday() {
        const {today} = this.store.journal;
        const {date_start, date_end} = this.store.days;
        if (today < date_start || today > date_end) {
            await this.open(this.store.journal.id, {day: today});
            await drawn();
        } else {
            this.view.lessonId = lessonToBeginWith(this.store)?.id || false;
        }
        this.focusStart();
    }

    /** The cursor to the first pupil of the chosen lesson. */
    focusStart() {
        const [column] = this.store.columnsOf.get(this.view.lessonId) || [];
        if (column) {
            const row = this.store.rows.find((one) => !one.cells[column.index].off);
            this.focusCell(row ? row.index : 0, column.index);
        }
    }

    // ---- the chosen lesson ------------------------------------------------------------

    get lesson() {
        return this.store.lessonById?.get(this.view.lessonId) || null;
    }

    choose(lessonId) {
        if (this.view.lessonId !== lessonId) {
            this.view.lessonId = lessonId;
            this.view.asking = null;
        }
    }

    /** @param {1|-1} step to the lesson after or before the chosen one */
    chooseNext(step) {
        const lessons = this.store.lessons;
        const lesson = lessons[lessons.indexOf(this.lesson) + step];
        if (lesson) {
            this.choose(lesson.id);
            this.focusStart();
        }
        return lesson;
    }

    // ---- the bottom line ----------------------------------------------------------------

    /** What a cell has to say when the cursor comes to it. */
    explain(cell) {
        const {lesson} = cell.column;
        const {trouble} = cell;
        if (trouble) {
            const late = this.store.isLate(trouble);
            const text = late
                ? _t(
                      "“%(value)s” was typed in time but reached the server after the closing. It is kept here: ask to open, and it goes with the request.",
                      {value: this.shown(trouble.value)},
                  )
                : this.troubleText(trouble);
            const ask = late && canAsk(lesson);
            Object.assign(this.message, {text, tone: "trouble", ask, entry: late ? null : trouble});
            return;
        }
        const refusal = this.store.refusal(cell, "mark");
        if (refusal && !cell.off && this.store.refusal(cell, "attendance")) {
            this.sayRule(refusal, lesson);
        } else if (cell.off) {
            this.say(refusal, "rule");
        } else {
            const comment = this.store.value({...idsOf(cell), field: "comment"});
            this.say(comment ? `${cell.row.pupil.short_name}: ${comment}` : "");
        }
    }

    get askable() {
        return this.lesson;
    }

    /** To the cell, where it is a pupil's; else to the lesson. */
    showTrouble(entry) {
        const {row, column} = this.placeOf(entry);
        if (row && column) {
            this.focusCell(row.index, column.index);
        } else {
            this.choose(entry.lesson_id);
            this.sayTrouble(entry);
        }
    }

    placeOf({lesson_id, work_id, pupil_id}) {
        const columns = this.store.columnsOf.get(lesson_id);
        return {
            row: this.store.rowOf.get(pupil_id),
            column: columns?.find((own) => own.workId === (work_id || false)),
        };
    }

    refuse(text, cell) {
        this.sayRule(text, cell.column.lesson, "wrong");
        this.shake(cell);
    }

    // ---- steps ---------------------------------------------------------------------------

    takeBack(way) {
        this.dropOffer();
        const step = super.takeBack(way);
        const {row, column} = step ? this.placeOf(step.first) : {};
        if (row && column) {
            const {text, tone} = this.message;
            this.focusCell(row.index, column.index);
            if (step.skipped) {
                this.say(text, tone);
            }
        }
        return step;
    }

    // ---- many cells ------------------------------------------------------------------------

    paste(text, cell) {
        this.dropOffer();
        const offer = offerPaste(this.store, text, {
            row: cell.row.index,
            column: cell.column.index,
        });
        if (offer.fresh.length === 1 && !offer.over.length && !offer.unclear.length) {
            this.view.offer = {offer, title: _t("paste")};
            this.applyOffer();
            return;
        }
        this.view.offer = {offer, title: _t("paste")};
    }

    fillEmpty(column, value) {
        this.dropOffer();
        this.view.offer = {offer: offerFill(this.store, column, value), title: _t("fill")};
    }

    applyOffer(replace = false) {
        const {offer, title} = this.view.offer;
        this.view.offer = null;
        const count = applyOffer(this.store, offer, {replace, title});
        if (count > 1) {
            this.showUndoBar(_t("%(count)s cells entered.", {count}));
        }
    }

    dropOffer() {
        if (this.view.offer) {
            dropOffer(this.store, this.view.offer.offer);
            this.view.offer = null;
        }
    }

    showUndoBar(text) {
        browser.clearTimeout(this.undoTimer);
        this.view.undoBar = {text};
        this.undoTimer = browser.setTimeout(() => {
            this.view.undoBar = null;
        }, UNDO_BAR_STAYS);
    }
}

/** Resolves when what was changed has been drawn. */
function drawn() {
    return new Promise((resolve) => {
        browser.requestAnimationFrame(() => browser.setTimeout(resolve));
    });
}
