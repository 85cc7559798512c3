import {KyrgyzDateFormat} from "@school_ejournal/kyrgyz/kyrgyz_dates";
import {expect, test} from "@odoo/hoot";

const TUESDAY = new Date("2026-11-24T18:05:00Z");

test.tags("headless");
test("a date is said in Kyrgyz", () => {
    const said = (options) => new KyrgyzDateFormat({timeZone: "UTC", ...options}).format(TUESDAY);
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
        timeZone: "UTC",
    }).format(TUESDAY);
    expect(written).toBe("24.11.2026, 18:05");
});

test.tags("headless");
test("weekday and month are those of the time zone", () => {
    const options = {weekday: "long", day: "numeric", month: "long", timeZone: "Asia/Bishkek"};
    const midnight = new Date("2026-11-30T18:00:00Z");
    expect(new KyrgyzDateFormat(options).format(midnight)).toBe("шейшемби, 1-декабрь");
});
