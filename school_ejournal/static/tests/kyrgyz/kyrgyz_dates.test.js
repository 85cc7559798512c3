import {KyrgyzDateFormat} from "@school_ejournal/kyrgyz/kyrgyz_dates";
import {expect, test} from "@odoo/hoot";

const TUESDAY = new Date(2026, 10, 24, 18, 5);

test.tags("headless");
test("a date is said in Kyrgyz", () => {
    const said = (options) => new KyrgyzDateFormat(options).format(TUESDAY);
    expect(said({day: "numeric", month: "long"})).toBe("24-ноябрь");
    expect(said({weekday: "long", day: "numeric", month: "long"})).toBe("шейшемби, 24-ноябрь");
    expect(said({day: "numeric", month: "short", year: "numeric"})).toBe("24-ноя. 2026");
    expect(said({month: "long"})).toBe("ноябрь");
    expect(said({weekday: "short"})).toBe("Шей");
});

test.tags("headless");
test("digits stay as the school writes them", () => {
    const written = new KyrgyzDateFormat({
        day: "2-digit",
        month: "2-digit",
        year: "numeric",
        hour: "2-digit",
        minute: "2-digit",
    }).format(TUESDAY);
    expect(written).toBe("24.11.2026, 18:05");
});

test.tags("headless");
test("another language keeps the browser's own dates", () => {
    expect(new Intl.DateTimeFormat("en-US", {month: "long"}).format(TUESDAY)).toBe("November");
    expect(Intl.DateTimeFormat().resolvedOptions().timeZone).not.toBe(undefined);
});
