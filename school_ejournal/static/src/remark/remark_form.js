import {FormController} from "@web/views/form/form_controller";
import {formView} from "@web/views/form/form_view";
import {onMounted} from "@odoo/owl";
import {registry} from "@web/core/registry";

/** The form of a remark: its teacher has read it by opening it. */
export class RemarkFormController extends FormController {
    setup() {
        super.setup();
        onMounted(() => this.acknowledge());
    }

    /** Whose remark it is, the server knows; for others the call changes nothing. */
    acknowledge() {
        if (this.props.resId) {
            this.orm.silent.call("ejournal.remark", "acknowledge", [[this.props.resId]]);
        }
    }
}

registry.category("views").add("ejournal_remark_form", {
    ...formView,
    Controller: RemarkFormController,
});
