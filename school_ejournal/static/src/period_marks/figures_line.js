import {Component} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {shownAverage} from "../journal_page/store/averages";

/** A share as people read it; «—» when there is nothing to take it of, never 0 %. */
export function shownShare(value, digits = 1) {
    if (value === false || value === null || value === undefined) {
        return "—";
    }
    const locale = (luxon.Settings.defaultLocale || "").replace(/^ky\b.*/, "ru");
    const shown = value.toLocaleString(locale || undefined, {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
    });
    return `${shown} %`;
}

/** Counts and shares of a class, with whom they are counted over beside them. */
export class FiguresLine extends Component {
    static template = "school_ejournal.FiguresLine";
    static props = {figures: Object, signs: {type: Array, optional: true}};

    get counts() {
        const {values} = this.props.figures;
        return Object.keys(values)
            .sort()
            .reverse()
            .map((value) => ({value, count: values[value]}));
    }

    /** Over whom the shares are counted: never a share without it. */
    get counted() {
        return _t(
            "N = %(denominator)s of %(total)s; exempt %(exempt)s, not attested %(not_attested)s, no mark %(unmarked)s",
            this.props.figures,
        );
    }

    share(value, digits) {
        return shownShare(value, digits);
    }

    average(value) {
        return shownAverage(value) || "—";
    }
}
