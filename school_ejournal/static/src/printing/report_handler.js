import {user} from "@web/core/user";
import {download} from "@web/core/network/download";
import {registry} from "@web/core/registry";
import {getReportUrl} from "@web/webclient/actions/reports/utils";

/**
 * Our forms need no wkhtmltopdf: they are fetched without asking whether it is there.
 */
async function printByWeasyPrint(action, options, env) {
    if (action.print_engine !== "weasyprint" || action.report_type !== "qweb-pdf") {
        return false;
    }
    env.services.ui.block();
    try {
        await download({
            url: "/report/download",
            data: {
                data: JSON.stringify([getReportUrl(action, "pdf"), action.report_type]),
                context: JSON.stringify({...user.context, ...action.context}),
            },
        });
    } finally {
        env.services.ui.unblock();
    }
    return true;
}

registry
    .category("ir.actions.report handlers")
    .add("school_ejournal.weasyprint", printByWeasyPrint);
