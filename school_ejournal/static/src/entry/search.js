/** Finding a pupil by a few letters, in either keyboard layout. */

const LATIN_KEYS = "qwertyuiop[]asdfghjkl;'zxcvbnm,.`";
const CYRILLIC_KEYS = "йцукенгшщзхъфывапролджэячсмитьбюё";
const FOLDED = {ң: "н", ө: "о", ү: "у", ё: "е"};

/** Letters that a Russian layout lacks count as their neighbours. */
export function fold(text) {
    return [...text.toLowerCase().trim()]
        .map((char) => FOLDED[char] || char)
        .join("")
        .replace(/\s+/g, " ");
}

/** What the same keys give in the Cyrillic layout. */
export function inCyrillicLayout(text) {
    return [...text.toLowerCase()]
        .map((char) => {
            const place = LATIN_KEYS.indexOf(char);
            return place < 0 ? char : CYRILLIC_KEYS[place];
        })
        .join("");
}

/**
 * @param {{id: number, name: string, number: number}[]} pupils
 * @param {string} query letters of the last name, then of the first; or the list number
 * @returns {Object[]} the pupils that begin like that, then those with a later word that does
 */
export function findPupils(pupils, query) {
    const raw = fold(query);
    if (!raw) {
        return [];
    }
    if (/^\d+$/.test(raw)) {
        return pupils.filter((pupil) => String(pupil.number) === raw);
    }
    const wanted = [...new Set([raw, fold(inCyrillicLayout(query))])];
    const begins = (name) => wanted.some((text) => name.startsWith(text));
    const first = pupils.filter((pupil) => begins(fold(pupil.name)));
    const later = pupils.filter(
        (pupil) => !first.includes(pupil) && fold(pupil.name).split(" ").slice(1).some(begins),
    );
    return [...first, ...later];
}

/**
 * The one pupil that a written name means.
 *
 * @returns {Object|null} null for none and for several
 */
export function pupilOfName(pupils, name) {
    const wanted = fold(name.replace(/\./g, ". "));
    const exact = pupils.filter((pupil) => fold(pupil.name) === wanted);
    if (exact.length === 1) {
        return exact[0];
    }
    const words = wanted.replace(/\./g, "").split(" ").filter(Boolean);
    const like = pupils.filter((pupil) => {
        const own = fold(pupil.name).split(" ");
        return own[0] === words[0] && words.every((word, at) => (own[at] || "").startsWith(word));
    });
    return like.length === 1 ? like[0] : null;
}
