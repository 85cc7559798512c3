import {Component, onWillStart, onWillUpdateProps, useRef, useState} from "@odoo/owl";
import {_t} from "@web/core/l10n/translation";
import {getDataURLFromFile} from "@web/core/utils/urls";

const LARGEST = 10 * 1024 * 1024;

/** Files handed out with the homework. They obey the lesson's window, as the server judges it. */
export class HomeworkFiles extends Component {
    static template = "school_ejournal.HomeworkFiles";
    static props = {page: Object, lesson: Object};

    setup() {
        this.orm = this.props.page.orm;
        this.picker = useRef("picker");
        this.state = useState({files: [], busy: false});
        onWillStart(() => {
            this.load(this.props.lesson);
        });
        onWillUpdateProps((next) => {
            if (next.lesson.id !== this.props.lesson.id) {
                this.state.files = [];
                this.load(next.lesson);
            }
        });
    }

    get canAdd() {
        return !this.props.page.store.windowRefusal(this.props.lesson, "homework");
    }

    async load(lesson) {
        try {
            const files = await this.orm.silent.searchRead(
                "ir.attachment",
                [
                    ["res_model", "=", "ejournal.lesson"],
                    ["res_id", "=", lesson.id],
                ],
                ["name"],
            );
            if (lesson.id === this.props.lesson.id) {
                this.state.files = files;
            }
        } catch {
            // the page works without: files are read again with the next lesson
        }
    }

    async add(ev) {
        const [file] = ev.target.files;
        if (!file) {
            return;
        }
        if (file.size > LARGEST) {
            this.props.page.say(_t("A file may have 10 MB at most."), "wrong");
            return;
        }
        this.state.busy = true;
        try {
            const url = await getDataURLFromFile(file);
            await this.orm.silent.create("ir.attachment", [
                {
                    name: file.name,
                    datas: url.split(",")[1],
                    res_model: "ejournal.lesson",
                    res_id: this.props.lesson.id,
                },
            ]);
            await this.load(this.props.lesson);
        } catch (error) {
            this.props.page.say(
                error.data?.message || _t("The file was not sent: no connection."),
                "wrong",
            );
        } finally {
            this.state.busy = false;
            ev.target.value = "";
        }
    }
}
