/* global Chart */
import {Component, onWillStart, onWillUnmount, useEffect, useRef} from "@odoo/owl";
import {loadBundle} from "@web/core/assets";
import {_t} from "@web/core/l10n/translation";

// From calm blue to sand: no red, and each band also carries its number.
const COLOURS = ["#2f6690", "#6aa0c4", "#d9c27e", "#8c6d46", "#9aa3ad", "#c4c9cf", "#dcdfe3"];

/** How the marks of each row are distributed, as bars of 100 %. */
export class MarksChart extends Component {
    static template = "school_ejournal.MarksChart";
    static props = {rows: Array, values: Array};

    setup() {
        this.canvas = useRef("canvas");
        onWillStart(() => loadBundle("web.chartjs_lib"));
        useEffect(
            () => this.draw(),
            () => [this.props.rows, this.props.values],
        );
        onWillUnmount(() => this.chart?.destroy());
    }

    get rows() {
        return this.props.rows.filter((row) => row.total - row.unmarked - row.exempt > 0);
    }

    get height() {
        return Math.max(140, 60 + 24 * this.rows.length);
    }

    bands() {
        const {values} = this.props;
        return [
            ...values.map((value) => [`«${value}»`, (row) => row.counts[value] || 0]),
            [_t("Not attested"), (row) => row.not_attested],
        ];
    }

    draw() {
        this.chart?.destroy();
        const rows = this.rows;
        const sums = rows.map((row) => row.total - row.unmarked - row.exempt);
        this.chart = new Chart(this.canvas.el, {
            type: "bar",
            data: {
                labels: rows.map((row) => row.name),
                datasets: this.bands().map(([label, countOf], place) => ({
                    label,
                    data: rows.map((row, number) => (100 * countOf(row)) / sums[number]),
                    backgroundColor: COLOURS[place % COLOURS.length],
                })),
            },
            options: {
                indexAxis: "y",
                animation: false,
                maintainAspectRatio: false,
                scales: {
                    x: {stacked: true, max: 100, ticks: {callback: (value) => `${value} %`}},
                    y: {stacked: true},
                },
                plugins: {legend: {position: "bottom"}},
            },
        });
    }
}
