/** What names a cell: its lesson, column, pupil and field. */

const PUPIL_FIELDS = ["mark", "second_mark", "comment", "attendance"];
const MARK_FIELDS = ["mark", "second_mark", "comment"];

/**
 * Cells of the answer column have no column in their name: it is made with the first mark.
 *
 * @param {{lesson_id: number, work_id?: number|false, pupil_id?: number|false, field: string}} cell
 */
export function keyOf({lesson_id, work_id, pupil_id, field}) {
    const column = MARK_FIELDS.includes(field) ? work_id || "answer" : "";
    return `${lesson_id}.${column}.${PUPIL_FIELDS.includes(field) ? pupil_id : ""}.${field}`;
}

/** Empty is empty, whether false, null, zero or "". */
export function same(one, other) {
    return (one || false) === (other || false);
}

/** The part of a lesson's window that judges a field. */
export function partOf(field) {
    if (MARK_FIELDS.includes(field)) {
        return "mark";
    }
    return field.startsWith("attendance") ? "attendance" : "content";
}
