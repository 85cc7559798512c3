import {onMounted, onPatched} from "@odoo/owl";

/**
 * An input that shows what is stored, yet never writes over what is being typed.
 *
 * A bound value would be set again with each drawing, also one that a colleague's entry or the
 * answer of a save brings about in the middle of a word.
 *
 * @param {{el: HTMLInputElement|null}} ref
 * @param {() => string|number} stored
 * @returns {{touch: () => void, release: () => void}} `touch` when typing begins, `release` when
 *  what was typed has been taken
 */
export function useTypedValue(ref, stored) {
    let isTouched = false;
    const show = () => {
        const text = String(stored());
        if (ref.el && !isTouched && ref.el.value !== text) {
            ref.el.value = text;
        }
    };
    onMounted(show);
    onPatched(show);
    return {
        touch: () => (isTouched = true),
        release: () => (isTouched = false),
    };
}
