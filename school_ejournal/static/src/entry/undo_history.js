import {reactive} from "@odoo/owl";

const LONGEST = 200;

/**
 * Steps that can be taken back: each a title and its changes `{key, cell, from, to}`.
 *
 * One key is one step; a paste or another bulk is one step too.
 */
export class UndoHistory {
    constructor() {
        this.past = [];
        this.future = [];
        this.state = reactive({undo: 0, redo: 0});
    }

    push(step) {
        this.past.push(step);
        this.past.splice(0, Math.max(0, this.past.length - LONGEST));
        this.future = [];
        this.count();
    }

    /** @returns {Object|undefined} the step to take back, moved to those that can be redone */
    back() {
        return this.shift(this.past, this.future);
    }

    forth() {
        return this.shift(this.future, this.past);
    }

    shift(source, target) {
        const step = source.pop();
        if (step) {
            target.push(step);
        }
        this.count();
        return step;
    }

    count() {
        Object.assign(this.state, {undo: this.past.length, redo: this.future.length});
    }
}
