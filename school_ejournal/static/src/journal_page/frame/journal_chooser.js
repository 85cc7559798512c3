import {Component, onWillStart, useState} from "@odoo/owl";
import {useAutofocus, useService} from "@web/core/utils/hooks";
import {_t} from "@web/core/l10n/translation";
import {fold} from "@school_ejournal/entry/search";

const MANY = 12;

/** Which journal to open: own ones first, those with a lesson today before the others. */
export class JournalChooser extends Component {
    static template = "school_ejournal.JournalChooser";
    static props = {choose: Function, current: {type: [Number, Boolean], optional: true}};

    setup() {
        this.orm = useService("orm");
        this.state = useState({query: "", choices: []});
        useAutofocus();
        onWillStart(async () => {
            this.state.choices = await this.orm.call("ejournal.journal", "page_choices", []);
        });
    }

    get isLong() {
        return this.state.choices.length > MANY;
    }

    get groups() {
        const query = fold(this.state.query);
        const like = this.state.choices.filter((choice) =>
            fold(`${choice.name} ${choice.teacher}`).includes(query),
        );
        const groups = [
            {title: _t("Today"), choices: like.filter(({today}) => today.length)},
            {
                title: _t("My journals"),
                choices: like.filter(({mine, today}) => mine && !today.length),
            },
            {title: _t("Others"), choices: like.filter(({mine}) => !mine)},
        ];
        return groups.filter(({choices}) => choices.length);
    }

    lessonsText(choice) {
        return choice.today.map((number) => _t("lesson %(number)s", {number})).join(", ");
    }

    onEnter(ev) {
        const first = this.groups[0]?.choices[0];
        if (ev.key === "Enter" && first) {
            this.props.choose(first.id);
        }
    }
}
