import {describe, expect, test} from "@odoo/hoot";
import {advanceTime} from "@odoo/hoot-mock";
import {QueueStorage} from "@school_ejournal/entry/queue_storage";
import {SaveQueue} from "@school_ejournal/entry/save_queue";
import {acceptAll} from "@school_ejournal/../tests/journal_page/page_data";

describe.current.tags("desktop");

const entry = (key, value, old = false, journal_id = 7) => ({
    key,
    journal_id,
    lesson_id: 1,
    work_id: false,
    pupil_id: 11,
    field: "mark",
    old,
    value,
});

function fakeStorage() {
    const items = {};
    Object.defineProperties(items, {
        getItem: {value: (key) => (key in items ? items[key] : null)},
        setItem: {value: (key, value) => (items[key] = value)},
        removeItem: {value: (key) => delete items[key]},
    });
    return items;
}

function makeQueue(send, options = {}) {
    const sent = [];
    const queue = new SaveQueue({
        kindOfError: (error) => error.kind,
        send: async (journalId, entries) => {
            sent.push(entries.map(({key, old, value}) => [key, old, value].join(":")));
            return send ? send(entries, journalId) : acceptAll(entries);
        },
        ...options,
    });
    return {queue, sent};
}

function fail(kind) {
    throw Object.assign(new Error(kind), {kind, data: {message: kind}});
}

const owner = (tab, now) => ({database: "db", userId: 2, tab, now});

test("many keys are one call, the last value of a cell counts", async () => {
    const {queue, sent} = makeQueue();
    queue.put([entry("a", "5")]);
    queue.put([entry("b", "4")]);
    queue.put([entry("a", "3")]);
    expect(queue.state.phase).toBe("waiting");
    await advanceTime(400);
    expect(sent).toEqual([["a:false:3", "b:false:4"]]);
    expect(queue.state.phase).toBe("idle");
    expect(queue.state.savedAt).not.toBe(null);
});

test("what was typed back is not sent", async () => {
    const {queue, sent} = makeQueue();
    queue.put([entry("a", "5")]);
    queue.put([entry("a", false)]);
    await advanceTime(400);
    expect(sent).toEqual([]);
});

test("a value typed while its cell is on the way follows with the saved one as old", async () => {
    let release = null;
    const {queue, sent} = makeQueue(async (entries) => {
        if (!release) {
            await new Promise((resolve) => (release = resolve));
        }
        return acceptAll(entries);
    });
    queue.put([entry("a", "5")]);
    await advanceTime(400);
    queue.put([entry("a", "4")]);
    release();
    await queue.flush();
    expect(sent).toEqual([["a:false:5"], ["a:5:4"]]);
});

test("cells of two journals go to their journals", async () => {
    const journals = [];
    const {queue} = makeQueue((entries, journalId) => {
        journals.push(journalId);
        return acceptAll(entries);
    });
    queue.put([entry("a", "5"), entry("b", "5", false, 8)]);
    await queue.flush();
    expect(journals).toEqual([7, 8]);
});

test("a refused cell never takes the others with it and stays as a trouble", async () => {
    const {queue} = makeQueue((entries) =>
        entries.map((one) =>
            one.key === "b"
                ? {key: "b", status: "refused", value: false, reason: "no"}
                : acceptAll([one])[0],
        ),
    );
    queue.put([entry("a", "5"), entry("b", "9"), entry("c", "4")]);
    await queue.flush();
    expect(queue.state.troubles).toBe(1);
    expect(queue.entryOf("b").reason).toBe("no");
    expect(queue.entryOf("a")).toBe(undefined);
});

test("a lost connection keeps the cells and tries again, later each time", async () => {
    let isOffline = true;
    const {queue, sent} = makeQueue((entries) =>
        isOffline ? fail("offline") : acceptAll(entries),
    );
    queue.put([entry("a", "5")]);
    await advanceTime(400);
    expect(queue.state.phase).toBe("offline");
    expect(queue.state.unsent).toBe(1);
    await advanceTime(1500);
    expect(sent.length).toBe(2);
    await advanceTime(1500);
    expect(sent.length).toBe(2);
    isOffline = false;
    queue.hurry();
    await advanceTime(0);
    await queue.flush();
    expect(queue.state.phase).toBe("idle");
    expect(queue.state.unsent).toBe(0);
});

test("a call whose answer was lost is no conflict with oneself", async () => {
    let stored = false;
    let isLost = true;
    const {queue} = makeQueue((entries) =>
        entries.map(({key, old, value}) => {
            if (old !== stored && value !== stored) {
                return {key, status: "conflict", value: stored, reason: "?"};
            }
            stored = value;
            return isLost ? fail("offline") : {key, status: "ok", value, at: "x"};
        }),
    );
    queue.put([entry("a", "5")]);
    await advanceTime(400);
    expect(stored).toBe("5");
    isLost = false;
    queue.put([entry("a", "4")]);
    await queue.flush();
    expect(stored).toBe("4");
    expect(queue.state.troubles).toBe(0);
});

test("a colleague's value is a conflict and overwrites nothing", async () => {
    const {queue} = makeQueue((entries) =>
        entries.map(({key}) => ({key, status: "conflict", value: "2", by: "B", at: "x"})),
    );
    queue.put([entry("a", "5")]);
    await queue.flush();
    expect(queue.entryOf("a")).toMatchObject({trouble: "conflict", theirs: "2", value: "5"});
});

test("a call that is refused as a whole is told of each cell", async () => {
    const {queue} = makeQueue(() => fail("refused"));
    queue.put([entry("a", "5")]);
    await queue.flush();
    expect(queue.entryOf("a")).toMatchObject({trouble: "refused", reason: "refused"});
});

test("unsent cells survive a reload, without names", async () => {
    const items = fakeStorage();
    const {queue} = makeQueue(() => fail("expired"), {
        storage: new QueueStorage(items, owner("tab1")),
    });
    queue.put([entry("a", "5")]);
    await advanceTime(400);
    expect(queue.state.phase).toBe("expired");
    expect(Object.keys(items)).toEqual(["school_ejournal.unsent.db.2.tab1"]);
    const again = makeQueue(null, {storage: new QueueStorage(items, owner("tab1"))});
    again.queue.replay();
    expect(again.queue.state.unsent).toBe(1);
    await advanceTime(0);
    await again.queue.flush();
    expect(again.sent).toEqual([["a:false:5"]]);
    expect(Object.keys(items)).toEqual([]);
});

test("another tab takes over what a dead one left, never what a living one has", () => {
    const items = fakeStorage();
    let now = 1000;
    const clock = () => now;
    new QueueStorage(items, owner("tab1", clock)).keep([entry("a", "5")]);
    const other = new QueueStorage(items, owner("tab2", clock));
    expect(other.takeOver()).toEqual([]);
    now += 25000;
    expect(other.takeOver().length).toBe(1);
    expect(other.takeOver()).toEqual([]);
});

test("cells of another user or database are left alone; logout leaves nothing", () => {
    const items = fakeStorage();
    new QueueStorage(items, {database: "db", userId: 3, tab: "t"}).keep([entry("a", "5")]);
    const mine = new QueueStorage(items, owner("t"));
    mine.keep([entry("b", "4")]);
    expect(mine.takeOver().map(({key}) => key)).toEqual(["b"]);
    mine.keep([entry("b", "4")]);
    const {queue} = makeQueue(null, {storage: mine});
    queue.forget();
    expect(Object.keys(items)).toEqual(["school_ejournal.unsent.db.3.t"]);
});

test("a full storage does not stop the saving", async () => {
    const full = {
        removeItem: () => {},
        setItem: () => {
            throw new Error("quota");
        },
    };
    const {queue, sent} = makeQueue(null, {storage: new QueueStorage(full, owner("t"))});
    queue.put([entry("a", "5")]);
    await queue.flush();
    expect(sent.length).toBe(1);
});
