import {CellStore} from "@school_ejournal/entry/cell_store";
import {momentOf} from "@school_ejournal/entry/dates";
import {keyOf} from "@school_ejournal/entry/entry_key";
import {fillingOf} from "@school_ejournal/entry/lesson_values";

const FIELDS = [
    "topic",
    "classwork",
    "homework",
    "no_homework",
    "homework_minutes",
    "attendance_confirmed",
];

/** A teacher's day: own lessons of several journals, and the roll call of a class. */
export class DayStore extends CellStore {
    constructor(services) {
        super(services);
        this.lessons = [];
        this.unfilled = [];
        this.rolls = new Map();
    }

    /** @param {string|false} day YYYY-MM-DD; the school's today when false */
    async open(day) {
        const data = await this.orm.silent.call("ejournal.lesson", "load_day", [day]);
        // who is absent stays on the screen while the same day is read again
        const keys = data.date === this.date ? [...this.rolls.keys()] : [];
        const rolls = await Promise.all(keys.map((key) => this.readRoll(key)));
        this.load(data);
        rolls.forEach((roll, at) => this.takeRoll(keys[at], roll));
        this.layout.version++;
        this.facts.version++;
    }

    refresh() {
        return this.open(this.date);
    }

    load(data) {
        this.date = data.date;
        this.today = data.today;
        this.journal = data.journal;
        this.days = data.days;
        this.waiting = data.waiting;
        this.lessons = data.lessons;
        this.unfilled = data.unfilled;
        this.skew = momentOf(data.journal.now) - Date.now();
        const shown = [...data.lessons, ...data.unfilled];
        const parallels = data.lessons.flatMap(({parallel}) => parallel);
        this.lessonById = new Map([...parallels, ...shown].map((row) => [row.id, row]));
        this.rolls = new Map();
        this.saved = new Map();
        for (const row of this.lessonById.values()) {
            for (const field of FIELDS) {
                this.saved.set(keyOf({lesson_id: row.id, field}), row[field] || false);
            }
        }
    }

    /** How much of a lesson is there: "full", "part" or "empty". */
    filling(lesson) {
        const parts = fillingOf(this, lesson);
        if (parts.every(({done}) => done)) {
            return "full";
        }
        const isBegun = lesson.filling !== "empty" || parts.some(({done}) => done);
        return isBegun ? "part" : "empty";
    }

    // ---- roll call -----------------------------------------------------------------------

    /**
     * Lessons of the day by the classes that they are given to: one roll call each.
     *
     * @returns {{key: string, classes: string, lessons: Object[]}[]}
     */
    get groups() {
        const groups = new Map();
        for (const lesson of this.lessons) {
            const group = groups.get(lesson.classes) || {classes: lesson.classes, lessons: []};
            group.lessons.push(lesson);
            groups.set(lesson.classes, group);
        }
        return [...groups.values()].map((group) => ({
            ...group,
            key: group.lessons.map(({id}) => id).join("."),
        }));
    }

    /** @param {string} key of a group @returns {Promise<Object[]>} its pupils, read once */
    async openRoll(key) {
        if (!this.rolls.has(key)) {
            this.takeRoll(key, await this.readRoll(key));
        }
        return this.rolls.get(key);
    }

    readRoll(key) {
        const ids = key.split(".").map(Number);
        return this.orm.silent.call("ejournal.lesson", "load_roll_call", [ids]);
    }

    takeRoll(key, {pupils, attendance}) {
        for (const fact of attendance) {
            this.saved.set(keyOf({...fact, field: "attendance"}), fact.value);
        }
        this.rolls.set(key, pupils);
    }

    /** How many are absent: by the roll if it was read here, else as the server counted. */
    absentCount(lesson) {
        const key = [...this.rolls.keys()].find((own) => own.split(".").includes(`${lesson.id}`));
        const pupils = this.rolls.get(key);
        return pupils
            ? pupils.filter((pupil) => this.attendanceOf(lesson, pupil) === "absent").length
            : lesson.absent;
    }

    attendanceOf(lesson, pupil) {
        return this.value({lesson_id: lesson.id, pupil_id: pupil.id, field: "attendance"});
    }

    /** Why a roll cannot be called there, or null. */
    rollRefusal(lesson) {
        return this.windowRefusal(lesson, "attendance");
    }

    // ---- parallel classes -----------------------------------------------------------------

    /** What of a lesson a parallel one lacks and may get, as changes for `enter`. */
    copyChanges(lesson, parallel) {
        const value = (row, field) => this.value({lesson_id: row.id, field});
        const has = (field) => Boolean(value(parallel, field));
        const fields = ["topic"];
        if (!has("homework") && !has("no_homework")) {
            fields.push("homework", "no_homework", "homework_minutes");
        }
        return fields
            .filter((field) => value(lesson, field) && !has(field))
            .filter((field) => !this.windowRefusal(parallel, field))
            .map((field) => ({lesson_id: parallel.id, field, value: value(lesson, field)}));
    }
}
