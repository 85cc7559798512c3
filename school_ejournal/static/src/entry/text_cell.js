import {Component, onPatched, onWillUnmount, useRef, useState} from "@odoo/owl";
import {browser} from "@web/core/browser/browser";
import {useTypedValue} from "./typed_value";
import {enterLesson, lessonEntry, lessonValue} from "./lesson_values";

const PAUSE = 900;

/**
 * A text of the lesson. It is saved when the typing pauses and when the field is left; Enter accepts
 * what is offered in an empty field and goes on.
 */
export class TextCell extends Component {
    static template = "school_ejournal.TextCell";
    static props = {
        page: Object,
        lesson: Object,
        field: String,
        label: String,
        offered: {type: String, optional: true},
        lines: {type: Number, optional: true},
        onEnter: {type: Function, optional: true},
        isFirst: {type: Boolean, optional: true},
    };

    setup() {
        this.store = this.props.page.store;
        this.facts = useState(this.store.facts);
        this.input = useRef("input");
        this.timer = null;
        this.typed = useTypedValue(this.input, () => this.value);
        onPatched(() => this.grow());
        onWillUnmount(() => this.commit());
        if (this.props.isFirst) {
            this.props.page.focusPanel = () => {
                this.input.el?.focus();
                return Boolean(this.input.el);
            };
        }
    }

    get value() {
        // read, so that the field follows what is saved
        const value = lessonValue(this.store, this.props.lesson, this.props.field) || "";
        return this.facts.version >= 0 ? value : "";
    }

    get refusal() {
        return this.store.windowRefusal(this.props.lesson, this.props.field);
    }

    get trouble() {
        const entry = lessonEntry(this.store, this.props.lesson, this.props.field);
        return entry?.trouble ? entry : null;
    }

    get isSending() {
        return (
            Boolean(lessonEntry(this.store, this.props.lesson, this.props.field)) && !this.trouble
        );
    }

    onInput() {
        this.typed.touch();
        this.grow();
        browser.clearTimeout(this.timer);
        this.timer = browser.setTimeout(() => this.commit(), PAUSE);
    }

    /** As high as its text. */
    grow() {
        const {el} = this.input;
        if (el && el.tagName === "TEXTAREA") {
            el.style.height = "auto";
            el.style.height = `${el.scrollHeight + 2}px`;
        }
    }

    commit() {
        browser.clearTimeout(this.timer);
        const {el} = this.input;
        if (!el || this.refusal) {
            return;
        }
        const text = el.value.trim();
        this.typed.release();
        if (text !== this.value) {
            enterLesson(this.store, this.props.lesson, {[this.props.field]: text || false});
        }
    }

    onFocus() {
        this.grow();
        if (this.trouble) {
            this.props.page.sayTrouble(this.trouble);
        } else {
            this.props.page.say(this.refusal || "", this.refusal ? "rule" : "");
        }
    }

    onKeydown(ev) {
        if (ev.key !== "Enter" || ev.isComposing || (ev.shiftKey && this.props.lines)) {
            return;
        }
        ev.preventDefault();
        if (!this.input.el.value.trim() && this.props.offered) {
            this.accept();
        }
        this.commit();
        this.props.onEnter?.(this.props.field);
    }

    accept() {
        if (!this.refusal) {
            this.typed.touch();
            this.input.el.value = this.props.offered;
            this.commit();
            this.grow();
        }
    }
}
