// Keys that stand for what is set instead of a mark, on a Kyrgyz, Russian or Latin keyboard.
const INSTEAD = {н: "н/а", n: "н/а", б: "н/а", о: "осв", o: "осв"};

/**
 * What a key chooses in a cell.
 *
 * @param {String} key as the browser names it
 * @param {{value: String, text: String}[]} choices
 * @returns {String|false|undefined} a value, false for clearing, undefined when it is no such key
 */
export function chosenByKey(key, choices) {
    if (key === "Delete" || key === "Backspace") {
        return false;
    }
    const letter = key.toLowerCase();
    const exact = choices.find(({value, text}) => value === key || text.toLowerCase() === letter);
    if (exact) {
        return exact.value;
    }
    if (key.length !== 1) {
        return undefined;
    }
    const begins = choices.filter(({text}) => text.toLowerCase().startsWith(letter));
    if (begins.length === 1) {
        return begins[0].value;
    }
    const instead = INSTEAD[letter];
    return choices.some(({value}) => value === instead) ? instead : undefined;
}
