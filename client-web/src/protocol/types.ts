// Generated from the Rust crate `protocol`; do not edit. `make types` writes it anew.

export type PersonId = number;

export type Seq = number;

export type Point = [number, number];

export type Look = { 
/**
 * Which figure, below [`FIGURES`].
 */
figure: number, 
/**
 * Which set of colours, below [`COLOURS`].
 */
colour: number, };

export type Way = "watch" | "react" | "write";

export type Wish = "talk" | "quiet";

export type Reaction = "nod" | "clap" | "wave" | "smile" | "think";

export type Walk = { 
/**
 * Corners of the path, the first is where it begins. 1 to 64 points.
 */
path: Array<Point>, 
/**
 * When it began, by the server's clock.
 */
at: number, 
/**
 * When it ends, by the server's clock.
 */
until: number, 
/**
 * The zone at its end.
 */
zone: number, 
/**
 * The seat at its end, if it ends on one.
 */
seat?: number, 
/**
 * The walk begins and ends in the same zone, and the person does not leave it on the way.
 */
stays?: boolean, };

export type Person = { 
/**
 * Who it is, for this stay.
 */
who: PersonId, 
/**
 * What they like to be called.
 */
nick: string, 
/**
 * What they look like.
 */
look: Look, 
/**
 * The note on their avatar.
 */
wish?: Wish, 
/**
 * They stepped away for a moment.
 */
away: boolean, 
/**
 * Where they are or walk to.
 */
walk: Walk, };

export type Target = { "point": Point } | { "seat": number } | { "zone": number };

export type Enter = { "new": { 
/**
 * 1 to 16 graphemes.
 */
nick: string, 
/**
 * What one looks like.
 */
look: Look, 
/**
 * The way of taking part to begin with.
 */
way: Way, 
/**
 * The note on one's avatar.
 */
wish?: Wish, } } | { "again": { 
/**
 * The resume token of the last `welcome`.
 */
token: string, 
/**
 * The number of the last event seen, 0 if none is remembered.
 */
seen: Seq, } };

export type ClientMessage = { "t": "hello", 
/**
 * The protocol version, [`crate::VERSION`].
 */
v: number, 
/**
 * The room's id, as in the list of rooms.
 */
room: string, 
/**
 * As a newcomer or as somebody who was here a moment ago.
 */
enter: Enter, } | { "t": "ready", } | { "t": "walk", 
/**
 * Nonce.
 */
n: number, 
/**
 * Where to.
 */
to: Target, } | { "t": "say", 
/**
 * Nonce.
 */
n: number, 
/**
 * The zone one believes to be in; refused when one is no longer there, so that words meant for a
 * table never reach the hall.
 */
to: number, 
/**
 * 1 to 500 graphemes.
 */
text: string, } | { "t": "take_back", 
/**
 * Nonce.
 */
n: number, 
/**
 * The message: the `seq` that its `said` carried as `id`.
 */
id: Seq, } | { "t": "react", 
/**
 * Nonce.
 */
n: number, 
/**
 * Which.
 */
kind: Reaction, } | { "t": "away", 
/**
 * Nonce.
 */
n: number, 
/**
 * Away (`true`) or back (`false`).
 */
on: boolean, } | { "t": "set_way", 
/**
 * Nonce.
 */
n: number, 
/**
 * The new way.
 */
way: Way, } | { "t": "set_wish", 
/**
 * Nonce.
 */
n: number, 
/**
 * The new note; absent or nil takes it off.
 */
wish?: Wish, } | { "t": "appear", 
/**
 * Nonce.
 */
n: number, 
/**
 * 1 to 16 graphemes.
 */
nick: string, 
/**
 * What one looks like.
 */
look: Look, } | { "t": "leave", } | { "t": "beat", };

export type RefusalCode = "too_big" | "not_messagepack" | "too_deep" | "trailing_bytes" | "unknown_type" | "bad_shape" | "unknown_version" | "wrong_phase" | "not_allowed" | "too_fast" | "room_unknown" | "room_full" | "room_closed" | "busy" | "seat_gone" | "nickname_empty" | "nickname_too_long" | "nickname_unusable" | "nickname_taken" | "off_the_map" | "seat_taken" | "no_way" | "not_there" | "quiet_place" | "text_empty" | "text_too_long" | "not_sent" | "too_late" | "not_yours" | "stale_nonce";

export type Refusal = { 
/**
 * The reason.
 */
code: RefusalCode, 
/**
 * Whether sending the same again can succeed.
 */
retry: boolean, 
/**
 * When it may succeed: milliseconds from now.
 */
after?: number, 
/**
 * For nicknames: one that is free.
 */
try_nick?: string, };

export type Line = "fresh" | "resumed" | "resync";

export type Said = { 
/**
 * The message: the number of this event.
 */
id: Seq, 
/**
 * Who wrote it. They may have left since, hence nickname and looks below.
 */
who: PersonId, 
/**
 * Their nickname when they wrote.
 */
nick: string, 
/**
 * Their looks when they wrote.
 */
look: Look, 
/**
 * Where it was said.
 */
zone: number, 
/**
 * When, by the server's clock.
 */
at: number, 
/**
 * The text. Links are text.
 */
text: string, };

export type Event = { "t": "came" } & Person | { "t": "left", 
/**
 * Who.
 */
who: PersonId, } | { "t": "walks", 
/**
 * Who.
 */
who: PersonId, 
/**
 * Corners of the path, the first is where it begins. 1 to 64 points.
 */
path: Array<Point>, 
/**
 * When it began, by the server's clock.
 */
at: number, 
/**
 * When it ends, by the server's clock.
 */
until: number, 
/**
 * The zone at its end.
 */
zone: number, 
/**
 * The seat at its end, if it ends on one.
 */
seat?: number, 
/**
 * The walk begins and ends in the same zone, and the person does not leave it on the way.
 */
stays?: boolean, } | { "t": "said" } & Said | { "t": "taken_back", 
/**
 * Which.
 */
id: Seq, } | { "t": "reacts", 
/**
 * Who.
 */
who: PersonId, 
/**
 * How.
 */
kind: Reaction, } | { "t": "away", 
/**
 * Who.
 */
who: PersonId, 
/**
 * Away or back.
 */
on: boolean, } | { "t": "wishes", 
/**
 * Who.
 */
who: PersonId, 
/**
 * The note, absent for none.
 */
wish?: Wish, } | { "t": "appears", 
/**
 * Who.
 */
who: PersonId, 
/**
 * Their nickname.
 */
nick: string, 
/**
 * What they look like.
 */
look: Look, } | { "t": "done", 
/**
 * Its nonce.
 */
n: number, 
/**
 * For `say`: the message's id.
 */
id?: Seq, } | { "t": "held", 
/**
 * Its nonce.
 */
n: number, } | { "t": "refused", 
/**
 * Its nonce.
 */
n: number, 
/**
 * The reason.
 */
code: RefusalCode, 
/**
 * Whether sending the same again can succeed.
 */
retry: boolean, 
/**
 * When it may succeed: milliseconds from now.
 */
after?: number, 
/**
 * For nicknames: one that is free.
 */
try_nick?: string, };

export type Welcome = { 
/**
 * The protocol version the server speaks.
 */
v: number, 
/**
 * Who one is.
 */
you: PersonId, 
/**
 * The token to come back with: single use, valid while the seat is kept.
 */
token: string, 
/**
 * How this entry relates to what one saw before.
 */
line: Line, 
/**
 * The number of the last event contained in this picture.
 */
seq: Seq, 
/**
 * The server's time.
 */
at: number, 
/**
 * The nonce to go on with: one above the highest the server has seen from this person.
 */
next_n: number, 
/**
 * The way of taking part.
 */
way: Way, 
/**
 * Who is in the room, oneself included.
 */
people: Array<Person>, 
/**
 * `said` and `taken_back` events one missed and could hear, in order.
 */
missed: Array<Event>, };

export type ServerMessage = { "t": "welcome" } & Welcome | { "t": "frame", 
/**
 * The number of the last numbered event up to here.
 */
seq: Seq, 
/**
 * The server's time of the tick.
 */
at: number, 
/**
 * What happened.
 */
ev: Array<Event>, } | { "t": "refused", 
/**
 * The nonce of the message, if it had one that could be read.
 */
n?: number, 
/**
 * The reason.
 */
code: RefusalCode, 
/**
 * Whether sending the same again can succeed.
 */
retry: boolean, 
/**
 * When it may succeed: milliseconds from now.
 */
after?: number, 
/**
 * For nicknames: one that is free.
 */
try_nick?: string, } | { "t": "beat", 
/**
 * The server's time.
 */
at: number, } | { "t": "bye", 
/**
 * The close code that follows, see [`crate::close`].
 */
code: number, 
/**
 * If one may come back: wait a random time in this span of milliseconds, so that not all come at once.
 */
back_in?: [number, number], };

export type Text = { 
/**
 * 日本語
 */
ja: string, 
/**
 * やさしい日本語
 */
easy: string, 
/**
 * English
 */
en: string, };

export type ZoneKind = "hall" | "table" | "rest" | "edge";

export type Area = { 
/**
 * Leftmost cell.
 */
x: number, 
/**
 * Rearmost cell.
 */
y: number, 
/**
 * Width in cells.
 */
w: number, 
/**
 * Depth in cells.
 */
h: number, };

export type Zone = { 
/**
 * A short name that other data refers to.
 */
id: string, 
/**
 * What kind of place it is.
 */
kind: ZoneKind, 
/**
 * What people call it.
 */
name: Text, 
/**
 * For topic tables: what one talks about here; at most 6 characters in `ja`, written on the slip.
 */
topic?: Text, 
/**
 * The cells it covers. Empty for the hall.
 */
area: Array<Area>, 
/**
 * The zones whose words are heard here, by index.
 */
hears: Array<number>, 
/**
 * Where the page writes its name, in picture points.
 */
label?: [number, number], 
/**
 * Where the topic slip hangs, in cells.
 */
slip?: [number, number], 
/**
 * The ring round those who hear each other: middle x and y and radii, in picture points.
 */
ring?: [number, number, number, number], };

export type Pose = "sit" | "back" | "rest";

export type Gaze = "ahead" | "east" | "west";

export type Seat = { 
/**
 * The zone it belongs to.
 */
zone: number, 
/**
 * Where it is.
 */
at: Point, 
/**
 * How one sits there.
 */
pose: Pose, 
/**
 * Which way the face is turned.
 */
look: Gaze, 
/**
 * How high it is above the floor, in picture points.
 */
lift: number, };

export type Thing = { 
/**
 * The drawing: the id of a symbol in the page's `things.svg` or in the room's own SVG.
 */
id: string, 
/**
 * Its foot, in cells: decides what it hides and what hides it.
 */
at: [number, number], 
/**
 * Shift downwards in picture points, without changing the order.
 */
dy: number, 
/**
 * The order, if not given by the foot.
 */
z?: number, 
/**
 * Colour of its cloth, as CSS.
 */
cloth?: string, 
/**
 * Drawn only while somebody is in this zone (a lamp is lit where somebody sits).
 */
lit?: number, };

export type Light = { 
/**
 * Where, in cells.
 */
at: [number, number], 
/**
 * How high, in picture points.
 */
lift: number, 
/**
 * Radius of the bright hole in the dark, in picture points; 0 for none.
 */
hole: number, 
/**
 * Radii of the warm pool, in picture points.
 */
pool: [number, number], 
/**
 * How strong the pool is, 0 to 1.
 */
strength: number, };

export type Scene = { 
/**
 * Where the drawing is served: path of an SVG.
 */
svg: string, 
/**
 * Width and height of the picture in points.
 */
size: [number, number], 
/**
 * Things that can stand before or behind a person.
 */
things: Array<Thing>, 
/**
 * Lamps.
 */
lights: Array<Light>, };

export type RoomPlan = { 
/**
 * The id: the name of its file.
 */
id: string, 
/**
 * Its name.
 */
name: Text, 
/**
 * One sentence about it.
 */
about: Text, 
/**
 * How many people can be in it.
 */
capacity: number, 
/**
 * Whether it can be entered now.
 */
open: boolean, 
/**
 * The floor: one string per row of cells, `.` is free and `#` is furniture or wall.
 */
grid: Array<string>, 
/**
 * Where newcomers appear: cells near the door, tried in turn.
 */
entries: Array<Point>, 
/**
 * The zones; index 0 is the hall, which is also everything between the others.
 */
zones: Array<Zone>, 
/**
 * The seats.
 */
seats: Array<Seat>, 
/**
 * The drawing.
 */
scene: Scene, };

export type RoomSummary = { 
/**
 * The id.
 */
id: string, 
/**
 * Its name.
 */
name: Text, 
/**
 * One sentence about it.
 */
about: Text, 
/**
 * How many people are inside.
 */
inside: number, 
/**
 * How many fit.
 */
capacity: number, 
/**
 * Whether it can be entered now.
 */
open: boolean, };

export type Help = { 
/**
 * Its name.
 */
name: Text, 
/**
 * Telephone number or other way to reach it, as it is dialled or read.
 */
reach: string, 
/**
 * When it can be reached.
 */
hours: Text, 
/**
 * Where this was looked up: a web address.
 */
source: string, 
/**
 * When it was last verified, `YYYY-MM-DD`.
 */
verified: string, };

export type Place = { 
/**
 * The name of the place.
 */
name: Text, 
/**
 * What it is, in a sentence or two.
 */
about: Text, 
/**
 * Who runs it.
 */
run_by: Text, 
/**
 * The rules; three short sentences by default.
 */
rules: Array<Text>, 
/**
 * What is kept and for how long, in a sentence.
 */
kept: Text, 
/**
 * Where to turn to when it is hard.
 */
help: Array<Help>, 
/**
 * The rooms.
 */
rooms: Array<RoomSummary>, };

export const VERSION = 1;
export const MAX_MESSAGE_BYTES = 16384;
export const HELLO_MS = 5000;
export const GRACE_MS = 60000;
export const TAKE_BACK_MS = 120000;
export const NICKNAME_GRAPHEMES = 16;
export const TEXT_GRAPHEMES = 500;
export const TEXT_BYTES = 12800;
export const NICKNAME_BYTES = 400;
export const REMEMBERED_ANSWERS = 64;
export const BEAT_MS = 20000;
export const SILENT_MS = 50000;
export const UNITS_PER_CELL = 10;
export const MS_PER_CELL = 320;
export const FIGURES = 16;
export const COLOURS = 8;
export const SUBPROTOCOL = "ibasho.v1";

/** Close codes, and whether to come back by oneself. */
export const CLOSE: Record<number, { reason: string; retry: boolean }> = {
  1000: { reason: "left", retry: false },
  1009: { reason: "message too big", retry: true },
  1012: { reason: "restarting", retry: true },
  4000: { reason: "no hello in time", retry: true },
  4001: { reason: "taken over by a newer tab", retry: false },
  4002: { reason: "hello refused", retry: false },
  4003: { reason: "too many malformed messages", retry: false },
  4004: { reason: "reading too slowly", retry: true },
  4005: { reason: "flooding", retry: true },
  4007: { reason: "room reopens", retry: true },
  4008: { reason: "line silent", retry: true },
  4009: { reason: "fragments", retry: true },
  4010: { reason: "too many waiting", retry: true },
};

export const REFUSAL_CODES: readonly RefusalCode[] = [
  "too_big",
  "not_messagepack",
  "too_deep",
  "trailing_bytes",
  "unknown_type",
  "bad_shape",
  "unknown_version",
  "wrong_phase",
  "not_allowed",
  "too_fast",
  "room_unknown",
  "room_full",
  "room_closed",
  "busy",
  "seat_gone",
  "nickname_empty",
  "nickname_too_long",
  "nickname_unusable",
  "nickname_taken",
  "off_the_map",
  "seat_taken",
  "no_way",
  "not_there",
  "quiet_place",
  "text_empty",
  "text_too_long",
  "not_sent",
  "too_late",
  "not_yours",
  "stale_nonce",
];
