// Generated from the Rust crate `protocol`; do not edit. `make types` writes it anew.

export type PersonId = number;

export type Seq = number;

export type Role = "lobby" | "participant" | "peer_staff" | "facilitator" | "moderator" | "consultant" | "owner" | "auditor" | "venue" | "observer";

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

export type Way = "watch" | "react" | "write" | "listen" | "voice";

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
 * What they are, for staff who show it and for observers, who always do.
 */
badge?: Role, 
/**
 * Where they are or walk to.
 */
walk: Walk, };

export type Reason = "insult" | "harassment" | "threat" | "sexual" | "personal_data" | "outside_contact" | "recruiting" | "scam" | "flood" | "noise" | "nickname" | "impersonation" | "evasion" | "safety" | "other";

export type DeclineReason = "personal_data" | "hurtful" | "outside_contact" | "not_now" | "talk_to_staff" | "nobody_in_time" | "no_longer_here" | "lost" | "other";

export type Category = "danger" | "worry" | "sexual" | "harassment" | "personal_data" | "recruiting" | "disturbance" | "nickname" | "other";

export type ReportOutcome = "nothing_found" | "talked" | "sanctioned" | "referred";

export type HelpOutcome = "talked" | "referred" | "emergency" | "gone" | "not_meant";

export type HoldCause = "rule" | "rule_failed" | "restricted" | "lockdown" | "outside";

export type AppealOutcome = "upheld" | "changed" | "undone";

export type Kind = "nudge" | "restricted" | "timeout" | "mute_text" | "mute_voice" | "set_aside" | "remove" | "ban";

export type Scope = { "room": string } | "site";

export type InForce = { 
/**
 * Which.
 */
sanction: number, 
/**
 * What.
 */
kind: Kind, 
/**
 * Where.
 */
scope: Scope, 
/**
 * Why.
 */
reason: Reason, 
/**
 * Until when, in milliseconds since the Unix epoch; `None` for a ban without an end.
 */
until: number | null, 
/**
 * Whether one can appeal against it: once, and not against what an appeal decided.
 */
appealable: boolean, };

export type Waits = { 
/**
 * The hold; `retract` names it.
 */
hold: number, 
/**
 * What one wrote.
 */
text: string, 
/**
 * When.
 */
at: number, };

export type Locked = { 
/**
 * Which; `lift` names it.
 */
lockdown: number, 
/**
 * Of every room, not of this one only.
 */
site: boolean, 
/**
 * When it ends by itself.
 */
until: number, };

export type Door = { 
/**
 * What is in force: why, and until when.
 */
in_force: Array<InForce>, 
/**
 * A pass for one appeal over HTTP, good for an hour. Never in an address.
 */
appeal: string, };

export type Notice = { "notice": "being_looked_at", 
/**
 * The hold.
 */
hold: number, } | { "notice": "shown", 
/**
 * The hold.
 */
hold: number, } | { "notice": "not_shown", 
/**
 * The hold.
 */
hold: number, 
/**
 * Why, kindly.
 */
reason: DeclineReason, 
/**
 * Whether nobody looked at it in time.
 */
by_time: boolean, } | { "notice": "taken_back", 
/**
 * The hold.
 */
hold: number, } | { "notice": "deleted", 
/**
 * Its number.
 */
message: number, 
/**
 * Why, kindly.
 */
reason: DeclineReason, } | { "notice": "sanctioned", 
/**
 * The sanction.
 */
sanction: number, 
/**
 * What.
 */
kind: Kind, 
/**
 * Where.
 */
scope: Scope, 
/**
 * Why.
 */
reason: Reason, 
/**
 * Its end, in milliseconds since the Unix epoch; `None` for a ban without an end.
 */
until: number | null, 
/**
 * Whether one can appeal. Only what an appeal itself decided is final.
 */
appealable: boolean, } | { "notice": "sanction_ended", 
/**
 * The sanction.
 */
sanction: number, 
/**
 * What it was.
 */
kind: Kind, } | { "notice": "sanction_undone", 
/**
 * The sanction.
 */
sanction: number, 
/**
 * What it was.
 */
kind: Kind, } | { "notice": "appeal_received", 
/**
 * The sanction.
 */
sanction: number, 
/**
 * The case.
 */
case: number, } | { "notice": "appeal_waits", 
/**
 * The sanction.
 */
sanction: number, 
/**
 * The case.
 */
case: number, } | { "notice": "appeal_decided", 
/**
 * The sanction.
 */
sanction: number, 
/**
 * The case.
 */
case: number, 
/**
 * How.
 */
outcome: AppealOutcome, } | { "notice": "warned", 
/**
 * What.
 */
reason: Reason, } | { "notice": "report_received", 
/**
 * The case.
 */
case: number, } | { "notice": "report_looked_at", 
/**
 * The case.
 */
case: number, } | { "notice": "help_card", 
/**
 * The case.
 */
case: number, } | { "notice": "help_is_there", 
/**
 * The case.
 */
case: number, };

export type PhaseKind = "doors" | "welcome" | "round" | "talk" | "free" | "break" | "closing" | "next" | "stay" | "closed";

export type Can = "react" | "write" | "speak" | "tables" | "suggest" | "hand";

export type Phase = { 
/**
 * What kind of part it is; the page draws a sign for it.
 */
kind: PhaseKind, 
/**
 * What it is called.
 */
name: Text, 
/**
 * One sentence that says what one may do, without any pressure.
 */
about: Text, 
/**
 * Planned length in minutes, 0 for no end.
 */
minutes: number, 
/**
 * What is possible in it besides being there, leaving, and the rest corner.
 */
can: Array<Can>, };

export type Programme = { 
/**
 * The session's id.
 */
id: string, 
/**
 * Its name.
 */
name: Text, 
/**
 * When it begins, by the server's clock.
 */
starts: number, 
/**
 * When it is planned to end.
 */
ends: number, 
/**
 * The phases, in order. At least one.
 */
phases: Array<Phase>, 
/**
 * The hosts gather themes for it.
 */
with_theme: boolean, };

export type AloneMode = "watch" | "write";

export type Alone = { 
/**
 * From when the mode holds.
 */
from: number, 
/**
 * What is still possible then.
 */
mode: AloneMode, };

export type Coming = { 
/**
 * Their name.
 */
nick: string, 
/**
 * When they come in.
 */
at: number, };

export type Group = { 
/**
 * Its table.
 */
zone: number, 
/**
 * Who belongs to it.
 */
people: Array<PersonId>, };

export type Groups = { 
/**
 * When they end.
 */
until: number, 
/**
 * Everybody is being called back: it ends at `until`, within a minute.
 */
calling: boolean, 
/**
 * Who is invited where. Declining is seen by nobody but the staff.
 */
list: Array<Group>, };

export type Card = { 
/**
 * When it was made; tells one card from the next.
 */
at: number, 
/**
 * The text. Links are text.
 */
text: string, 
/**
 * Whether it stays on screen until it is taken away.
 */
pinned: boolean, };

export type Round = { 
/**
 * Whose turn it is. Absent when everybody had theirs.
 */
turn?: PersonId, 
/**
 * Who comes after.
 */
next?: PersonId, 
/**
 * How many come after the one whose turn it is.
 */
left: number, 
/**
 * Only the one whose turn it is can speak (voice); writing stays open to all.
 */
only_turn: boolean, };

export type Theme = { 
/**
 * Its number.
 */
id: number, 
/**
 * Its words.
 */
text: string, 
/**
 * How many voted for it; 0 until the vote is closed, so that nobody is swayed.
 */
votes: number, };

export type VoteState = "before" | "open" | "done" | "tie";

export type Themes = { 
/**
 * Whether themes can be suggested now.
 */
open: boolean, 
/**
 * The suggestions, in the order they came. Nobody is told whose they are.
 */
list: Array<Theme>, 
/**
 * The vote.
 */
vote: VoteState, 
/**
 * How many have voted.
 */
voters: number, };

export type Standing = { 
/**
 * The phase, an index into [`Programme::phases`].
 */
phase: number, 
/**
 * When it began.
 */
since: number, 
/**
 * When it is planned to end, extensions included; absent for no end. Nothing happens by itself at this moment.
 */
until?: number, 
/**
 * What is possible now: what the phase allows, less what a room without staff takes away.
 */
can: Array<Can>, 
/**
 * The theme that was agreed on.
 */
theme?: string, 
/**
 * Suggested themes and the vote.
 */
themes: Themes, 
/**
 * The round that is under way.
 */
round?: Round, 
/**
 * Raised hands, the first is next.
 */
hands: Array<PersonId>, 
/**
 * The last announcement, until it is taken away.
 */
card?: Card, 
/**
 * Small groups.
 */
groups?: Groups, 
/**
 * Observers who are about to come in.
 */
coming: Array<Coming>, 
/**
 * No staff are here: since when the quieter mode holds, or from when it will.
 */
alone?: Alone, };

export type Mine = { 
/**
 * What one voted for.
 */
vote?: number, 
/**
 * The table one is invited to and has not answered yet.
 */
invited?: number, 
/**
 * One comes back as the same person: a return phrase exists.
 */
known: boolean, 
/**
 * The staff see what one is; the others see it too if this is on.
 */
badge: boolean, 
/**
 * One's microphone is on: who hears the place one is in hears one's voice.
 */
mic?: boolean, 
/**
 * The staff let one's voice rest.
 */
muted?: boolean, 
/**
 * Whom of those who are here one has blocked, also in an earlier stay of theirs. They are not told.
 */
blocked?: Array<PersonId>, 
/**
 * What was decided about oneself and is in force here.
 */
in_force?: Array<InForce>, 
/**
 * One's own messages that wait until staff have looked at them.
 */
held?: Array<Waits>, 
/**
 * Fewer staff look after the room than should; staff are told at their desk instead.
 */
few_staff?: boolean, 
/**
 * The lockdowns in force here; not for who waits at the door.
 */
locked?: Array<Locked>, };

export type Lobby = { 
/**
 * The name of the session.
 */
name?: Text, 
/**
 * A word from the staff.
 */
word?: string, 
/**
 * One comes as an observer and will be announced.
 */
observes: boolean, 
/**
 * One is let in at this moment (observers are announced first).
 */
enters?: number, };

export type Waiting = { 
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
look: Look, 
/**
 * They come as an observer.
 */
observes: boolean, 
/**
 * They said that what the session asks for is true of them.
 */
declared: boolean, 
/**
 * They were here before.
 */
known: boolean, };

export type DeskPerson = { 
/**
 * Who.
 */
who: PersonId, 
/**
 * Their way of taking part.
 */
way: Way, 
/**
 * What they are.
 */
role: Role, 
/**
 * The role was lent by the staff of this session.
 */
lent: boolean, 
/**
 * Their line is lost; the seat is kept for a while.
 */
lost: boolean, 
/**
 * The staff let their voice rest.
 */
muted?: boolean, };

export type Pair = { 
/**
 * One.
 */
a: PersonId, 
/**
 * The other.
 */
b: PersonId, 
/**
 * Together or apart.
 */
together: boolean, };

export type Note = { 
/**
 * When.
 */
at: number, 
/**
 * The nickname of who wrote it.
 */
by: string, 
/**
 * The text.
 */
text: string, };

export type Desk = { 
/**
 * Who waits in the lobby, the longest first.
 */
waiting: Array<Waiting>, 
/**
 * How each person takes part.
 */
people: Array<DeskPerson>, 
/**
 * Groups that are proposed and not yet sent.
 */
proposed: Array<Group>, 
/**
 * Who should sit together, and who should not.
 */
pairs: Array<Pair>, 
/**
 * Notes among the staff of this session.
 */
notes: Array<Note>, 
/**
 * How many staff the session needs.
 */
needed: number, 
/**
 * How many new notes are in the suggestion box.
 */
boxed: number, };

export type IceServer = { 
/**
 * `turn:` and `turns:` addresses.
 */
urls: Array<string>, 
/**
 * A user name that ends by itself.
 */
username: string, 
/**
 * Its credential.
 */
credential: string, };

export type Slot = { 
/**
 * The `a=mid` (RFC 5888) of the section in one's own offer.
 */
mid: string, 
/**
 * Whose voice it is.
 */
who: PersonId, };

export type Measure = { "mute": { 
/**
 * Whose.
 */
who: PersonId, 
/**
 * Silent, or allowed again.
 */
on: boolean, } } | { "sanction": { 
/**
 * About whom.
 */
who: PersonId, 
/**
 * What.
 */
kind: Kind, 
/**
 * How long, in minutes; see [`Kind::lasts`]. Not looked at if `permanent`.
 */
minutes: number, 
/**
 * Everywhere, not in this room only.
 */
site?: boolean, 
/**
 * Why.
 */
reason: Reason, 
/**
 * A note among the staff, at most 400 characters.
 */
note?: string, 
/**
 * A ban without an end. It is proposed; a second person has to agree.
 */
permanent?: boolean, } } | { "delete": { 
/**
 * The message: the `id` of its `said`.
 */
id: Seq, 
/**
 * Why.
 */
reason: DeclineReason, } } | { "lock_down": { 
/**
 * How long, in minutes: 1 to 120. One that is on ends so long from now.
 */
minutes: number, 
/**
 * Everywhere, not in this room only.
 */
site?: boolean, } } | { "lift": { 
/**
 * Which.
 */
lockdown: number, } };

export type Practice = { 
/**
 * An offer with one section that sends and one that receives, without candidates.
 */
sdp: string, };

export type Practising = { 
/**
 * The answer.
 */
sdp: string, 
/**
 * It ends by itself after so many seconds.
 */
seconds: number, };

export type Voice = { 
/**
 * Whether there is voice on this server.
 */
on: boolean, 
/**
 * For networks that let nothing else through. Empty if the operator has none. The credentials are good for hours,
 * not for ever.
 */
ice_servers: Array<IceServer>, };

export type Take = { "suggest": { 
/**
 * The theme.
 */
text: string, } } | { "vote": { 
/**
 * Which.
 */
theme?: number, } } | { "hand": { 
/**
 * Up or down.
 */
up: boolean, } } | { "pass": Record<symbol, never> } | { "later": Record<symbol, never> } | { "join": { 
/**
 * Go there, or stay.
 */
yes: boolean, } } | { "suggestion": { 
/**
 * The note.
 */
text: string, } } | { "keep": Record<symbol, never> } | { "forget": Record<symbol, never> };

export type Act = { "go": { 
/**
 * The phase one believes to be in; if another host was quicker: `overtaken`.
 */
from: number, 
/**
 * The phase to go to.
 */
to: number, } } | { "extend": { 
/**
 * The phase one believes to be in.
 */
from: number, 
/**
 * By how many minutes, -60 to 60.
 */
minutes: number, } } | { "gather": { 
/**
 * On or off.
 */
on: boolean, } } | { "drop": { 
/**
 * Which.
 */
theme: number, } } | { "vote": Record<symbol, never> } | { "count": Record<symbol, never> } | { "choose": { 
/**
 * Which.
 */
theme: number, } } | { "theme": { 
/**
 * The theme.
 */
text: string, } } | { "round": { 
/**
 * Only the one whose turn it is can speak.
 */
only_turn: boolean, } } | { "next": { 
/**
 * Whose turn one believes it is; if it has moved on: `overtaken`.
 */
from: PersonId, } } | { "end_round": Record<symbol, never> } | { "lower": { 
/**
 * Whose.
 */
who: PersonId, } } | { "announce": { 
/**
 * The text. With a web address in it, `links` must be true.
 */
text: string, 
/**
 * The address in it is meant to be there.
 */
links: boolean, 
/**
 * Stays on screen until taken away.
 */
pinned: boolean, } } | { "clear": Record<symbol, never> } | { "propose": { 
/**
 * How many in each, 2 to 12.
 */
size: number, } } | { "plan": { 
/**
 * All of them.
 */
groups: Array<Group>, } } | { "invite": { 
/**
 * How many minutes, 1 to 120.
 */
minutes: number, } } | { "call_back": Record<symbol, never> } | { "pair": { 
/**
 * Whom.
 */
pair: Pair, 
/**
 * Remember or forget.
 */
on: boolean, } } | { "admit": { 
/**
 * Whom; absent for everybody.
 */
who?: PersonId, } } | { "word": { 
/**
 * Whom; absent for everybody who waits.
 */
who?: PersonId, 
/**
 * The word.
 */
text: string, } } | { "decline": { 
/**
 * Whom.
 */
who: PersonId, } } | { "lend": { 
/**
 * Whom.
 */
who: PersonId, 
/**
 * Lend or take back.
 */
on: boolean, } } | { "badge": { 
/**
 * Show or hide.
 */
on: boolean, } } | { "note": { 
/**
 * The text.
 */
text: string, } };

export type Target = { "point": Point } | { "seat": number } | { "zone": number };

export type Pass = { 
/**
 * A ticket got over HTTP: one comes as staff, or as the person of a return phrase.
 */
ticket?: string, 
/**
 * The code of a booking, an invitation or a referral.
 */
code?: string, 
/**
 * What the session asks for is true of oneself.
 */
declared?: boolean, 
/**
 * One comes as an observer: waits in the lobby, is announced, and only looks on.
 */
observes?: boolean, };

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
wish?: Wish, 
/**
 * What one brings for the door; absent for nothing.
 */
pass?: Pass, 
/**
 * What the page keeps so that it is known again after somebody was sent away: 16 random bytes in base64url.
 * The server keeps a keyed hash of it.
 */
device?: string, } } | { "again": { 
/**
 * The resume token of the last `welcome`.
 */
token: string, 
/**
 * The number of the last event seen, 0 if none is remembered.
 */
seen: Seq, 
/**
 * As in `new`.
 */
device?: string, } };

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
look: Look, } | { "t": "take", 
/**
 * Nonce.
 */
n: number, 
/**
 * How.
 */
take: Take, } | { "t": "host", 
/**
 * Nonce.
 */
n: number, 
/**
 * What to do.
 */
act: Act, } | { "t": "offer", 
/**
 * Nonce.
 */
n: number, 
/**
 * The session description (RFC 8866), at most 12 KiB.
 */
sdp: string, } | { "t": "hang_up", 
/**
 * Nonce.
 */
n: number, } | { "t": "mic", 
/**
 * Nonce.
 */
n: number, 
/**
 * On or off.
 */
on: boolean, } | { "t": "block", 
/**
 * Nonce.
 */
n: number, 
/**
 * Whom.
 */
who: PersonId, 
/**
 * Block, or no longer.
 */
on: boolean, } | { "t": "retract", 
/**
 * Nonce.
 */
n: number, 
/**
 * The hold that `held` named.
 */
hold: number, } | { "t": "report", 
/**
 * Nonce.
 */
n: number, 
/**
 * About whom.
 */
who: PersonId, 
/**
 * The message it is about: the `id` of its `said`.
 */
message?: Seq, 
/**
 * What it is about.
 */
category: Category, 
/**
 * In one's own words, at most 200 graphemes.
 */
text?: string, } | { "t": "appeal", 
/**
 * Nonce.
 */
n: number, 
/**
 * Against this sanction.
 */
sanction: number, 
/**
 * In one's own words, 1 to 500 graphemes.
 */
text: string, } | { "t": "moderate", 
/**
 * Nonce.
 */
n: number, 
/**
 * What to do.
 */
measure: Measure, } | { "t": "leave", } | { "t": "beat", };

export type RefusalCode = "too_big" | "not_messagepack" | "too_deep" | "trailing_bytes" | "unknown_type" | "bad_shape" | "unknown_version" | "wrong_phase" | "not_allowed" | "too_fast" | "room_unknown" | "room_full" | "room_closed" | "busy" | "seat_gone" | "nickname_empty" | "nickname_too_long" | "nickname_unusable" | "nickname_taken" | "off_the_map" | "seat_taken" | "no_way" | "not_there" | "quiet_place" | "text_empty" | "text_too_long" | "not_sent" | "too_late" | "not_yours" | "stale_nonce" | "not_now" | "no_session" | "overtaken" | "nobody_there" | "not_in_reach" | "no_such_theme" | "list_full" | "value_out_of_range" | "link_unapproved" | "ticket_void" | "phrase_unknown" | "code_unknown" | "code_needed" | "known_only" | "declare_first" | "no_observers" | "not_yet" | "over" | "signin" | "signin_failed" | "signin_code" | "name_taken" | "weak" | "not_found" | "bad_rule" | "bad_date" | "in_use" | "no_voice" | "muted" | "bad_offer" | "address_shown" | "removed" | "banned" | "silenced" | "too_many_held" | "in_force_already" | "appealed_already" | "decided_by_you" | "already_handled" | "stale" | "about_you" | "never_an_offence" | "harsher";

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
try_nick?: string, 
/**
 * For words with personal data in them: better write them again without.
 */
edit?: boolean, 
/**
 * For somebody who may not come in: what is in force, and the way to appeal.
 */
door?: Door, 
/**
 * For what a colleague handles or has settled: who, by the number under which they stand at the desk.
 */
by?: number, 
/**
 * For what has changed meanwhile: its version now.
 */
version?: number, };

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
look: Look, } | { "t": "programme", 
/**
 * The programme.
 */
programme?: Programme, } | { "t": "standing" } & Standing | { "t": "mine" } & Mine | { "t": "desk" } & Desk | { "t": "lobby" } & Lobby | { "t": "role", 
/**
 * The role.
 */
role: Role, } | { "t": "badge", 
/**
 * Who.
 */
who: PersonId, 
/**
 * The role they show; absent for none.
 */
role?: Role, } | { "t": "phrase", 
/**
 * The nonce of the command.
 */
n: number, 
/**
 * The words, with spaces between them.
 */
words: string, } | { "t": "answer", 
/**
 * The nonce of the command.
 */
n: number, 
/**
 * The session description. It holds the server's addresses and nobody else's.
 */
sdp: string, } | { "t": "slots", 
/**
 * The slots that carry somebody.
 */
slots: Array<Slot>, } | { "t": "hung_up", } | { "t": "speaking", 
/**
 * Who.
 */
who: Array<PersonId>, } | { "t": "done", 
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
n: number, 
/**
 * The hold: what `retract` and notices name.
 */
hold: number, 
/**
 * There seems to be personal data in it: better take it back and write it again without.
 */
edit?: boolean, } | { "t": "notice" } & Notice | { "t": "refused", 
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
try_nick?: string, 
/**
 * For words with personal data in them: better write them again without.
 */
edit?: boolean, 
/**
 * For somebody who may not come in: what is in force, and the way to appeal.
 */
door?: Door, 
/**
 * For what a colleague handles or has settled: who, by the number under which they stand at the desk.
 */
by?: number, 
/**
 * For what has changed meanwhile: its version now.
 */
version?: number, };

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
 * What one is here.
 */
role: Role, 
/**
 * Present while one waits in the lobby: then the room stays unseen, and another `welcome` follows on admission.
 */
lobby?: Lobby, 
/**
 * The session that is on, if there is one.
 */
programme?: Programme, 
/**
 * Where it stands.
 */
standing?: Standing, 
/**
 * What concerns oneself alone.
 */
mine: Mine, 
/**
 * For staff: their desk.
 */
desk?: Desk, 
/**
 * Whether there is voice on this server.
 */
voice?: boolean, 
/**
 * Who is speaking, of those whose place one hears.
 */
speaking?: Array<PersonId>, 
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
try_nick?: string, 
/**
 * For words with personal data in them: better write them again without.
 */
edit?: boolean, 
/**
 * For somebody who may not come in: what is in force, and the way to appeal.
 */
door?: Door, 
/**
 * For what a colleague handles or has settled: who, by the number under which they stand at the desk.
 */
by?: number, 
/**
 * For what has changed meanwhile: its version now.
 */
version?: number, } | { "t": "beat", 
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
 * Whether it can be entered at all; when, is told by [`RoomSummary`].
 */
open: boolean, 
/**
 * For trying the controls: always open, and not counted in any statistics.
 */
practice?: boolean, 
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
open: boolean, 
/**
 * When it opens next, by its opening hours or for a session; absent while it is open, and if no date is known.
 */
opens?: number, 
/**
 * For trying the controls.
 */
practice?: boolean, };

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

export type Sessions = { 
/**
 * The server's time.
 */
now: number, 
/**
 * The time zone of the place, as in the IANA database.
 */
zone: string, 
/**
 * The sessions.
 */
sessions: Array<SessionCard>, };

export type SessionCard = { 
/**
 * The id of this one occurrence.
 */
id: string, 
/**
 * The id of its room.
 */
room: string, 
/**
 * Its name.
 */
name: Text, 
/**
 * How it works, in a few sentences.
 */
about: Text, 
/**
 * The theme, if there is one already.
 */
theme?: string, 
/**
 * Themes can be suggested beforehand.
 */
takes_themes: boolean, 
/**
 * When the doors open.
 */
doors: number, 
/**
 * When it begins.
 */
starts: number, 
/**
 * When it is planned to end.
 */
ends: number, 
/**
 * Who may come.
 */
access: Access, 
/**
 * What is asked of those who come; absent if nothing is.
 */
eligibility?: Eligibility, 
/**
 * Observers may be there; they are announced before they enter.
 */
observers: boolean, 
/**
 * Seats online.
 */
capacity: number, 
/**
 * Seats that can still be booked.
 */
free: number, 
/**
 * It was cancelled; the date is shown so that nobody waits in vain.
 */
cancelled: boolean, 
/**
 * The parts of the programme, in order.
 */
phases: Array<Phase>, };

export type Access = "open" | "code" | "approval" | "known";

export type Eligibility = { 
/**
 * In words: women only, an age, a district.
 */
text: Text, 
/**
 * `false`: the person declares it. `true`: staff talk about it in the lobby.
 */
confirmed: boolean, };

export type Book = { 
/**
 * 1 to 16 graphemes. Nothing else is asked.
 */
nick: string, 
/**
 * What the session asks for is true.
 */
declared: boolean, 
/**
 * The invitation or referral code, where one is needed. For people met before: their return phrase, or a referral.
 */
code?: string, };

export type Booking = { 
/**
 * The code to keep: shows, cancels and uses the booking. Only told when it is made.
 */
code?: string, 
/**
 * The nickname it was made with.
 */
nick: string, 
/**
 * The session.
 */
session: SessionCard, 
/**
 * Place in the waiting list, from 1; absent: a seat is booked.
 */
waiting?: number, };

export type BookingCode = { 
/**
 * The code.
 */
code: string, };

export type SuggestTheme = { 
/**
 * 1 to 60 graphemes.
 */
text: string, };

export type ReturnPhrase = { 
/**
 * The words, in any kana, with any spaces between them.
 */
phrase: string, };

export type Ticket = { 
/**
 * The ticket.
 */
ticket: string, };

export type SessionPlan = { 
/**
 * The room.
 */
room: string, 
/**
 * Its name.
 */
name: Text, 
/**
 * How it works, in a few sentences.
 */
about: Text, 
/**
 * The theme, if it is fixed; at most 60 graphemes.
 */
theme?: string, 
/**
 * Themes are gathered, beforehand and in the session.
 */
takes_themes: boolean, 
/**
 * The first date.
 */
date: string, 
/**
 * The time of day at which it begins, in the time zone of the place.
 */
time: string, 
/**
 * How it repeats: an RFC 5545 rule without `DTSTART` (`FREQ=WEEKLY;BYDAY=SA;COUNT=10`); absent: once.
 */
repeats?: string, 
/**
 * Dates of the series that are left out.
 */
except: Array<string>, 
/**
 * Who may come.
 */
access: Access, 
/**
 * What is asked of those who come.
 */
eligibility?: Eligibility, 
/**
 * Observers may be there.
 */
observers: boolean, 
/**
 * Seats online, 1 up to the room's capacity.
 */
capacity: number, 
/**
 * Staff needed.
 */
staff_needed: number, 
/**
 * Below that number: `true` the session does not open, `false` the staff are warned.
 */
staff_or_shut: boolean, 
/**
 * What is possible when no staff are there.
 */
alone: AloneMode, 
/**
 * The programme: a template's phases, changed as the staff like. The doors phase comes before `time`.
 */
phases: Array<Phase>, };

export type KeptPlan = { 
/**
 * Its id.
 */
id: string, 
/**
 * Grows with each change; `PUT` must name the one it changed, or is refused as `overtaken`.
 */
version: number, 
/**
 * What was planned.
 */
plan: SessionPlan, 
/**
 * Its next occurrences, at most 12, with how many seats are booked.
 */
next: Array<Occurrence>, };

export type ChangePlan = { 
/**
 * The version that was changed.
 */
version: number, 
/**
 * The new plan.
 */
plan: SessionPlan, };

export type Occurrence = { 
/**
 * The id of the session.
 */
session: string, 
/**
 * When it begins.
 */
starts: number, 
/**
 * Booked seats.
 */
booked: number, 
/**
 * People on the waiting list.
 */
waiting: number, };

export type Template = { 
/**
 * Its id: the name of its file.
 */
id: string, 
/**
 * Its name.
 */
name: Text, 
/**
 * What it is good for.
 */
about: Text, 
/**
 * Themes are gathered.
 */
takes_themes: boolean, 
/**
 * Its phases.
 */
phases: Array<Phase>, };

export type MakeCodes = { 
/**
 * The plan they are for.
 */
plan: string, 
/**
 * What they are.
 */
kind: CodeKind, 
/**
 * How many, 1 to 50.
 */
count: number, 
/**
 * For how many days they are good, 1 to 365.
 */
days: number, };

export type CodeKind = "invitation" | "referral";

export type Codes = { 
/**
 * The codes.
 */
codes: Array<string>, 
/**
 * Until when they are good.
 */
until: number, };

export type BoxNote = { 
/**
 * Its number.
 */
id: number, 
/**
 * The room it was put in.
 */
room: string, 
/**
 * The day; not the hour, so that nobody can tell whose it is.
 */
date: string, 
/**
 * The note.
 */
text: string, };

export type Statistics = { 
/**
 * One row for each session, the oldest first.
 */
sessions: Array<SessionCount>, };

export type SessionCount = { 
/**
 * The date.
 */
date: string, 
/**
 * The room.
 */
room: string, 
/**
 * The session's name in Japanese.
 */
name: string, 
/**
 * How many came (online).
 */
came: string, 
/**
 * Of these, how many at most watched.
 */
watched: string, 
/**
 * How many also reacted.
 */
reacted: string, 
/**
 * How many also wrote.
 */
wrote: string, 
/**
 * How many were here for the first time.
 */
first: string, 
/**
 * How many came again.
 */
again: string, 
/**
 * How long all were there together, in minutes; absent when fewer than five came.
 */
minutes?: number, };

export type Me = { 
/**
 * The account.
 */
id: string, 
/**
 * What colleagues call one; also the nickname one enters rooms with at first.
 */
name: string, 
/**
 * What one is.
 */
role: Role, 
/**
 * For a facilitator or peer staff: only these rooms; empty for all.
 */
rooms: Array<string>, 
/**
 * How one can sign in.
 */
ways: SignInWays, 
/**
 * This login's id among one's logins.
 */
login: string, };

export type SignInWays = { 
/**
 * How many passkeys.
 */
passkeys: number, 
/**
 * With a passphrase.
 */
passphrase: boolean, 
/**
 * The passphrase needs a one-time code too.
 */
totp: boolean, 
/**
 * Through the municipality's sign-in.
 */
oidc: boolean, };

export type Offered = { 
/**
 * Passkeys work at this address (secure context and a host name).
 */
passkeys: boolean, 
/**
 * The name of the municipality's sign-in, if there is one.
 */
oidc?: string, };

export type InvitationToken = { 
/**
 * The token.
 */
token: string, };

export type Invitation = { 
/**
 * What one is invited as.
 */
role: Role, 
/**
 * Until when.
 */
until: number, };

export type AcceptWithPassphrase = { 
/**
 * The invitation's token.
 */
token: string, 
/**
 * What colleagues call one, 1 to 16 graphemes, one of a kind.
 */
name: string, 
/**
 * At least 12 characters.
 */
passphrase: string, };

export type AcceptWithPasskey = { 
/**
 * The invitation's token.
 */
token: string, 
/**
 * What colleagues call one.
 */
name: string, };

export type OidcStart = { 
/**
 * The invitation to accept; absent to sign in.
 */
invitation?: AcceptWithPasskey, };

export type OidcGo = { 
/**
 * The address at the municipality.
 */
url: string, };

export type PasskeyStart = { 
/**
 * Names the ceremony in the second step; two minutes.
 */
flow: string, 
/**
 * For `navigator.credentials`: `PublicKeyCredential.parse…OptionsFromJSON`.
 */
options: unknown, };

export type PasskeyFinish = { 
/**
 * The ceremony.
 */
flow: string, 
/**
 * `credential.toJSON()`.
 */
credential: unknown, };

export type Passkey = { 
/**
 * Names it here.
 */
id: string, 
/**
 * When it was made, to the day.
 */
made: number, };

export type SignIn = { 
/**
 * The name.
 */
name: string, 
/**
 * The passphrase.
 */
passphrase: string, 
/**
 * The one-time code, where it is needed.
 */
code?: string, };

export type ChangePassphrase = { 
/**
 * The one so far, if there is one.
 */
current?: string, 
/**
 * At least 12 characters.
 */
passphrase: string, };

export type TotpStart = { 
/**
 * `otpauth://…`, for a QR code or to be opened on a phone.
 */
url: string, 
/**
 * The same, to be typed.
 */
secret: string, 
/**
 * The QR code as SVG.
 */
svg: string, };

export type TotpCode = { 
/**
 * Six digits.
 */
code: string, };

export type Login = { 
/**
 * Its id. Not the secret.
 */
id: string, 
/**
 * When it began.
 */
since: number, 
/**
 * When it was last used, to the hour.
 */
used: number, 
/**
 * How.
 */
way: LoginWay, 
/**
 * It is the one that asks.
 */
here: boolean, };

export type LoginWay = "passkey" | "passphrase" | "oidc";

export type Invite = { 
/**
 * As what.
 */
role: Role, 
/**
 * For facilitators and peer staff: only these rooms; empty for all.
 */
rooms: Array<string>, 
/**
 * For how many days, 1 to 14.
 */
days: number, };

export type Invited = { 
/**
 * `…/staff#invitation=TOKEN`.
 */
link: string, 
/**
 * Until when.
 */
until: number, };

export type OpenInvitation = { 
/**
 * Its id. Not the token.
 */
id: string, 
/**
 * As what.
 */
role: Role, 
/**
 * Until when.
 */
until: number, };

export type Colleague = { 
/**
 * The account.
 */
id: string, 
/**
 * The name.
 */
name: string, 
/**
 * What they are.
 */
role: Role, 
/**
 * For facilitators and peer staff: only these rooms; empty for all.
 */
rooms: Array<string>, 
/**
 * When they last signed in, to the day.
 */
seen?: number, };

export type ChangeColleague = { 
/**
 * What they shall be.
 */
role: Role, 
/**
 * For facilitators and peer staff: only these rooms; empty for all.
 */
rooms: Array<string>, };

export type EnterAsStaff = { 
/**
 * The room.
 */
room: string, 
/**
 * Whether the badge shows.
 */
badge: boolean, };

export type Webhook = { 
/**
 * Its name in the configuration.
 */
id: string, 
/**
 * Whether it is told, or asked.
 */
kind: WebhookKind, 
/**
 * Where it is: the host only, because the rest of an address may be a secret.
 */
host: string, 
/**
 * What it is told or asked.
 */
events: Array<string>, 
/**
 * How it is doing.
 */
state: WebhookState, 
/**
 * Failures in a row.
 */
failures: number, 
/**
 * Why the last attempt failed, if it did.
 */
trouble?: WebhookTrouble, 
/**
 * When it last took something.
 */
told?: number, 
/**
 * How many events wait to be told.
 */
waiting: number, 
/**
 * How many events could not be told.
 */
dead: number, 
/**
 * The last of these, the newest first; at most 20.
 */
letters: Array<DeadLetter>, 
/**
 * Whether it gets what people write.
 */
text: boolean, };

export type WebhookKind = "telling" | "deciding";

export type WebhookState = "well" | "failing" | "resting" | "disabled";

export type WebhookTrouble = "gone" | "busy" | "redirect" | "refused" | "broken" | "slow" | "unreachable" | "private_address" | "bad_answer" | "full";

export type DeadLetter = { 
/**
 * The `webhook-id`.
 */
id: string, 
/**
 * Its type.
 */
event: string, 
/**
 * When it happened.
 */
at: number, 
/**
 * How often it was tried.
 */
tries: number, 
/**
 * Why the last attempt failed.
 */
trouble?: WebhookTrouble, };

export type Replay = { 
/**
 * Only this one, by its `webhook-id`; absent: all.
 */
letter?: string, };

export type Replayed = { 
/**
 * So many are told again.
 */
letters: number, };

export type Tested = { 
/**
 * What went wrong; absent: nothing.
 */
trouble?: WebhookTrouble, };

export type RuleSet = { 
/**
 * [`FORMAT`].
 */
format: number, 
/**
 * At most 500, in any order.
 */
rules: Array<Rule>, };

export type Rule = { 
/**
 * Its name, once in a file: lower-case letters, digits, `.`, `_` and `-`, at most 64.
 */
id: string, 
/**
 * Counts its changes, from 1.
 */
version: number, 
/**
 * Where it holds.
 */
scope: RuleScope, 
/**
 * At what it is asked.
 */
on: Array<Occasion>, 
/**
 * What it looks for.
 */
when: RuleTrigger, 
/**
 * What shall happen then.
 */
then: RuleThen, 
/**
 * What it is about: the people concerned and the statistics are told this.
 */
reason: RuleReason, 
/**
 * Roles it does not hold for.
 */
exempt: Array<Role>, 
/**
 * Whether what it says counts.
 */
mode: RuleMode, 
/**
 * Why there is this rule, for those who look after the rules.
 */
note: string, };

export type RuleScope = "site" | { "room": string } | { "session": string };

export type Occasion = "message" | "nickname" | "entry" | "voice_start" | "report";

export type RuleTrigger = { "words": RuleWords } | { "pattern": RulePattern } | { "personal": Array<Personal> } | { "repeats": RuleRepeats } | { "flood": RuleFlood } | { "link": RuleLink } | { "newcomer": RuleNewcomer } | { "hook": string } | { "all": Array<RuleTrigger> } | { "any": Array<RuleTrigger> } | { "not": RuleTrigger };

export type RuleWords = { 
/**
 * One of these. They are brought into the view by themselves, so that any spelling may be listed.
 */
any: Array<string>, 
/**
 * Innocent phrases: a word within one of them does not count.
 */
unless: Array<string>, 
/**
 * Where to look: `folded`, `joined` or `raw`.
 */
view: ViewKind, };

export type RulePattern = { 
/**
 * In the syntax of Rust's `regex`, written for the view it looks at (folded: lower case, hiragana).
 */
is: string, 
/**
 * Innocent phrases, as expressions too: what lies within a match of one of them does not count.
 */
unless: Array<string>, 
/**
 * Where to look.
 */
view: ViewKind, };

export type Personal = "phone" | "email" | "url" | "line_id" | "discord" | "social_id" | "postcode" | "address" | "school" | "real_name";

export type RuleRepeats = { 
/**
 * So often, this one included: 2 to 8.
 */
times: number, 
/**
 * Within so many seconds.
 */
within_s: number, };

export type RuleFlood = { 
/**
 * So many, this one included: 2 to 8.
 */
messages: number, 
/**
 * Within so many seconds.
 */
within_s: number, };

export type RuleLink = { 
/**
 * Domains that are fine, with all that is under them.
 */
except: Array<string>, };

export type RuleNewcomer = { 
/**
 * Less than so many minutes since they first came.
 */
minutes: number, 
/**
 * What they did.
 */
and: RuleTrigger, };

export type RuleThen = { 
/**
 * `flag`, `hold` or `block`.
 */
verdict: Verdict, 
/**
 * What shall be done besides.
 */
effects: Array<RuleEffect>, };

export type RuleReason = "personal_data" | "insult" | "sexual" | "recruiting" | "off_platform" | "flood" | "repetition" | "help" | "other";

export type RuleMode = "dry_run" | "enforce";

export type Verdict = "allow" | "flag" | "hold" | "block";

export type RuleEffect = "warn" | "call_staff" | "slow_mode" | "timeout" | "help_card" | "edit_first";

export type ViewKind = "raw" | "folded" | "joined" | "digits";

export type Tried = { 
/**
 * As in the trial.
 */
id: string, 
/**
 * What shall happen.
 */
verdict: Verdict, 
/**
 * The rule that decided.
 */
rule: string | null, 
/**
 * What was found, in the order of its weight.
 */
findings: Array<Found>, 
/**
 * What shall be done besides.
 */
effects: Array<RuleEffect>, 
/**
 * What the rules saw of the last message.
 */
views: TriedViews, };

export type Found = { 
/**
 * The rule.
 */
rule: string, 
/**
 * Its version.
 */
version: number, 
/**
 * What it is about.
 */
reason: RuleReason, 
/**
 * Its verdict.
 */
verdict: Verdict, 
/**
 * Whether it is enforced or only tried.
 */
mode: RuleMode, 
/**
 * What it saw.
 */
why: string, 
/**
 * Whether it does not count because it stands in a cry for help.
 */
excused: boolean, 
/**
 * In which form of the text.
 */
view: ViewKind, 
/**
 * The message with the end of it; none if it is not about words.
 */
message: number | null, 
/**
 * Bytes of that message in UTF-8, from and to.
 */
span: [number, number] | null, 
/**
 * All its parts, if it goes over several messages: message, from, to.
 */
pieces?: Array<[number, number, number]>, 
/**
 * The words, as they were written; parts of several messages with a line break between.
 */
matched: string, };

export type TriedViews = { 
/**
 * One form for the same words.
 */
folded: string, 
/**
 * Without anything between the letters.
 */
joined: string, 
/**
 * The numbers in it.
 */
digits: string, };

export type Queue = { 
/**
 * The server's clock.
 */
now: number, 
/**
 * What waits, the most urgent first.
 */
cases: Array<CaseLine>, 
/**
 * What is locked down.
 */
lockdowns: Array<Lockdown>, 
/**
 * Staff, oneself included.
 */
staff: Array<DeskStaff>, 
/**
 * How much there is.
 */
counts: Counts, };

export type Counts = { 
/**
 * Cries for help.
 */
help: number, 
/**
 * Messages that wait.
 */
held: number, 
/**
 * Reports.
 */
reports: number, 
/**
 * Appeals.
 */
appeals: number, 
/**
 * Bans without an end that need a second person.
 */
proposals: number, 
/**
 * Of all these, what nobody handles.
 */
unhandled: number, 
/**
 * Staff with an open console.
 */
consoles: number, 
/**
 * How many of these there should be, by the configuration.
 */
needed: number, };

export type DeskStaff = { 
/**
 * The number under which they stand in cases, sanctions and the record.
 */
id: number, 
/**
 * What colleagues call them.
 */
name: string, 
/**
 * What they are.
 */
role: Role, 
/**
 * For facilitators and peer staff: only these rooms; empty for all.
 */
rooms: Array<string>, 
/**
 * Signed in somewhere.
 */
signed_in: boolean, 
/**
 * The console is open in front of them.
 */
console: boolean, 
/**
 * It is oneself.
 */
me: boolean, };

export type Lockdown = { 
/**
 * Its id.
 */
id: number, 
/**
 * Where.
 */
scope: Scope, 
/**
 * Who began it.
 */
by: number, 
/**
 * Since when.
 */
at: number, 
/**
 * When it ends by itself.
 */
until: number, 
/**
 * Whether one may lift it.
 */
may_lift: boolean, };

export type LockDown = { 
/**
 * Where.
 */
scope: Scope, 
/**
 * How long, in minutes: 1 to 120.
 */
minutes: number, };

export type Made = { 
/**
 * The id of the case, sanction or lockdown.
 */
id: number, 
/**
 * The version it has now, for cases.
 */
version?: number, };

export type Live = { "live": "touched", 
/**
 * What kind of thing.
 */
what: DeskThing, 
/**
 * Which.
 */
id: number, 
/**
 * Its version; absent when it is gone.
 */
version?: number, } | { "live": "alert", 
/**
 * The case.
 */
case: number, 
/**
 * There.
 */
room?: string, } | { "live": "escalate", 
/**
 * The case.
 */
case: number, 
/**
 * There.
 */
room?: string, 
/**
 * How many calls there have been before.
 */
step: number, } | { "live": "reload" };

export type DeskThing = "case" | "sanction" | "lockdown" | "rules" | "staff";

export type AppealAtTheDoor = { 
/**
 * The pass that the refusal at the door came with.
 */
pass: string, 
/**
 * Against which of the sanctions that stood there.
 */
sanction: number, 
/**
 * What one has to say, 1 to 500 graphemes.
 */
text: string, };

export type Urgency = "help" | "danger" | "held" | "report" | "appeal" | "proposal";

export type KeepReason = "police" | "court" | "harm" | "inquiry" | "asked";

export type CaseLine = { 
/**
 * Its id.
 */
id: number, 
/**
 * It rises with every change.
 */
version: number, 
/**
 * How urgent.
 */
urgency: Urgency, 
/**
 * Where.
 */
scope: Scope, 
/**
 * Whom it is about: who wrote, is reported, cries for help, appeals, or is to be banned.
 */
about: Somebody, 
/**
 * Since when.
 */
at: number, 
/**
 * When its time is over by itself.
 */
until?: number, 
/**
 * What it is.
 */
matter: CaseMatter, 
/**
 * Who handles it at this moment.
 */
handled?: Handled, 
/**
 * Whether one may take it on oneself; else it is shown, and waits for somebody else.
 */
may_handle: boolean, };

export type Somebody = { 
/**
 * The number under which they stand in this place.
 */
person: number, 
/**
 * What they were when it happened.
 */
role: Role, };

export type Handled = { 
/**
 * This member of staff.
 */
by: number, 
/**
 * Until then, unless they claim it again. A console does so every minute while the case is open in it.
 */
until: number, };

export type CaseMatter = { "matter": "hold", 
/**
 * Why.
 */
cause: HoldCause, 
/**
 * The id of the rule that said so, if it was one.
 */
rule?: string, 
/**
 * How long it waits at most while somebody handles it.
 */
latest: number, } | { "matter": "report", 
/**
 * Who reported; 0 when a rule did, and when they asked to be forgotten.
 */
by: number, 
/**
 * The id of the rule that found something, if it was one and no person.
 */
rule?: string, 
/**
 * What it is about.
 */
category: Category, 
/**
 * Whether it is about what was said aloud.
 */
voice: boolean, 
/**
 * How often they reported this person since it is open.
 */
times: number, } | { "matter": "help", 
/**
 * How often the person cried since it is open.
 */
times: number, 
/**
 * Who came first.
 */
came?: number, } | { "matter": "appeal", 
/**
 * Against this sanction.
 */
sanction: number, } | { "matter": "proposal", 
/**
 * Who proposed it.
 */
by: number, 
/**
 * Why.
 */
reason: Reason, 
/**
 * What they noted.
 */
note: string, };

export type CaseView = { 
/**
 * Its head.
 */
line: CaseLine, 
/**
 * The message that waits, as long as it does.
 */
held?: HeldMessage, 
/**
 * What happened around it, the oldest first; empty when its time is over.
 */
around: Array<Snapshot>, 
/**
 * How many snapshots there were beyond those that are kept.
 */
more: number, 
/**
 * The person's past in this place, for those who may know it.
 */
history?: PersonHistory, 
/**
 * The sanction that an appeal is against.
 */
sanction?: SanctionLine, 
/**
 * How it was settled.
 */
closed?: CaseClosed, 
/**
 * Why its evidence is kept for longer than its time.
 */
kept?: KeepReason, };

export type HeldMessage = { 
/**
 * The nickname of who wrote it.
 */
nick: string, 
/**
 * The words.
 */
text: string, 
/**
 * When.
 */
at: number, 
/**
 * In which zone of the room.
 */
zone: number, 
/**
 * Where in the words the rule found something: bytes in UTF-8, from and to.
 */
spans: Array<[number, number]>, 
/**
 * What the rule found, in English.
 */
why: string, };

export type Snapshot = { 
/**
 * When it was kept.
 */
at: number, 
/**
 * In this room; empty for the whole place.
 */
room: string, 
/**
 * What whoever reported or appealed had to say.
 */
text?: string, 
/**
 * What was written, the oldest first, also what was taken back or away since.
 */
messages: Array<KeptMessage>, 
/**
 * Who spoke when; never what.
 */
spoke: Array<KeptSpeech>, };

export type KeptMessage = { 
/**
 * Its number.
 */
seq: Seq, 
/**
 * Who wrote it.
 */
who: number, 
/**
 * What they were called.
 */
nick: string, 
/**
 * In which zone of the room.
 */
zone: number, 
/**
 * When.
 */
at: number, 
/**
 * The words.
 */
text: string, 
/**
 * What became of it since.
 */
gone?: Gone, 
/**
 * Whether it is what the case is about.
 */
meant?: boolean, };

export type Gone = "taken_back" | "deleted" | "never_shown";

export type KeptSpeech = { 
/**
 * Who; what they were called stands beside what they wrote, if they did.
 */
who: number, 
/**
 * In which zone of the room.
 */
zone: number, 
/**
 * From then.
 */
from: number, 
/**
 * Until then; absent: they still spoke.
 */
until?: number, };

export type PersonHistory = { 
/**
 * How many reports about them led to something.
 */
reports: number, 
/**
 * How many of their messages staff showed.
 */
shown: number, 
/**
 * How many of their messages staff did not show.
 */
not_shown: number, 
/**
 * How many appeals they made.
 */
appeals: number, 
/**
 * How many sanctions.
 */
sanctions: number, 
/**
 * The last ten of these, the newest first.
 */
last: Array<PastSanction>, };

export type CaseClosed = { 
/**
 * When.
 */
at: number, 
/**
 * By this member of staff; absent: by time, or by the person.
 */
by?: number, 
/**
 * How.
 */
outcome: CaseOutcome, };

export type CaseOutcome = "approved" | { "declined": DeclineReason } | "retracted" | { "resolved": ReportOutcome } | { "helped": HelpOutcome } | { "appeal": AppealOutcome } | "agreed" | "not_agreed" | "lapsed";

export type Seen = { 
/**
 * The version one has seen.
 */
version: number, };

export type Hand = { 
/**
 * The version one has seen.
 */
version: number, 
/**
 * To whom, by their number.
 */
to: number, };

export type Decline = { 
/**
 * The version one has seen.
 */
version: number, 
/**
 * Why, kindly.
 */
reason: DeclineReason, };

export type Resolve = { 
/**
 * The version one has seen.
 */
version: number, 
/**
 * What was done.
 */
outcome: ReportOutcome, };

export type Settle = { 
/**
 * The version one has seen.
 */
version: number, 
/**
 * How.
 */
outcome: HelpOutcome, };

export type DecideAppeal = { 
/**
 * The version one has seen.
 */
version: number, } & ({ "answer": "uphold" } | { "answer": "change", 
/**
 * What.
 */
kind: Kind, 
/**
 * How long, in minutes.
 */
minutes: number, } | { "answer": "undo" });

export type AppealAnswer = { "answer": "uphold" } | { "answer": "change", 
/**
 * What.
 */
kind: Kind, 
/**
 * How long, in minutes.
 */
minutes: number, } | { "answer": "undo" };

export type AnswerProposal = { 
/**
 * The version one has seen.
 */
version: number, 
/**
 * Whether one agrees.
 */
agree: boolean, };

export type Keep = { 
/**
 * Why; absent: no longer.
 */
why?: KeepReason, };

export type Impose = { 
/**
 * The case; a cry for help, or worry, is none for this.
 */
case: number, 
/**
 * What.
 */
kind: Kind, 
/**
 * Where.
 */
scope: Scope, 
/**
 * How long, in minutes: 0 for a nudge, 1, 5, 60 or 1440 for a timeout.
 */
minutes: number, 
/**
 * Why.
 */
reason: Reason, 
/**
 * What staff note for each other, at most 400 characters.
 */
note: string, 
/**
 * A ban without an end: `minutes` is 0 then, and nothing is in force until a second person agrees.
 */
permanent: boolean, };

export type Sanctions = { 
/**
 * At most 50.
 */
sanctions: Array<SanctionLine>, 
/**
 * Whether there are more.
 */
more: boolean, };

export type SanctionLine = { 
/**
 * Its id.
 */
id: number, 
/**
 * About whom.
 */
about: Somebody, 
/**
 * What.
 */
kind: Kind, 
/**
 * Where.
 */
scope: Scope, 
/**
 * Why.
 */
reason: Reason, 
/**
 * What staff noted for each other.
 */
note: string, 
/**
 * Who decided; absent: a rule.
 */
by?: number, 
/**
 * The second person.
 */
approved_by?: number, 
/**
 * Since when.
 */
at: number, 
/**
 * Until when; absent: without an end.
 */
until?: number, 
/**
 * The case it came from.
 */
case?: number, 
/**
 * The appeal.
 */
appeal?: number, 
/**
 * How it ended.
 */
ended?: SanctionEnded, 
/**
 * Whether it is in force.
 */
in_force: boolean, 
/**
 * Whether one may take it back.
 */
may_undo: boolean, };

export type SanctionEnded = { 
/**
 * When.
 */
at: number, 
/**
 * How.
 */
how: EndedHow, 
/**
 * By whom; absent: by time.
 */
by?: number, 
/**
 * The milder one that an appeal made of it.
 */
into?: number, };

export type EndedHow = "expired" | "undone" | "changed";

export type PastSanction = { 
/**
 * Which.
 */
sanction: number, 
/**
 * What.
 */
kind: Kind, 
/**
 * Where.
 */
scope: Scope, 
/**
 * Why.
 */
reason: Reason, 
/**
 * When.
 */
at: number, 
/**
 * Its end; absent: none.
 */
until?: number, 
/**
 * Whether it is in force.
 */
in_force: boolean, };

export type Rules = { 
/**
 * Counts the changes; 0 are those that the program came with.
 */
version: number, 
/**
 * The rules.
 */
set: RuleSet, };

export type RulesKept = { 
/**
 * Their version.
 */
version: number, };

export type RuleFound = { 
/**
 * Its id.
 */
rule: string, 
/**
 * Its version.
 */
version: number, 
/**
 * So often what it said counted.
 */
counted: number, 
/**
 * So often it would have counted, but the rule is only tried.
 */
tried: number, 
/**
 * So often it did not count, because somebody cried for help with these words.
 */
excused: number, };

export type RulesFound = { 
/**
 * By id and version: a rule that was changed counts anew.
 */
rules: Array<RuleFound>, };

export type RuleFaults = { 
/**
 * All that was found.
 */
faults: Array<RuleFault>, };

export type RuleFault = { 
/**
 * The id of the rule, or `#3` if it has none that can be used; empty for the whole.
 */
rule: string, 
/**
 * Where in the rule: `when.all[1].words.any[3]`.
 */
place: string, 
/**
 * What is wrong, in English, for those who look after the rules.
 */
what: string, };

export type TryRules = { 
/**
 * Consecutive messages of one newcomer, 1 to 8; the last is judged.
 */
texts: Array<string>, 
/**
 * What it is; absent: a message.
 */
on?: Occasion, 
/**
 * Rules that are not in force yet; absent: those that are.
 */
set?: RuleSet, };

export type AuditPage = { 
/**
 * At most 100.
 */
entries: Array<AuditEntry>, 
/**
 * The number of the newest entry of all.
 */
last: number, };

export type AuditEntry = { 
/**
 * Its number.
 */
seq: number, 
/**
 * When.
 */
at: number, 
/**
 * Who: `staff:` with their number, `person:` with theirs, `server` (also for what time did), `operator` or `rule`.
 */
actor: string, 
/**
 * What was done.
 */
action: string, 
/**
 * To whom or what.
 */
target?: string, 
/**
 * Where; absent: the whole site.
 */
room?: string, 
/**
 * The case.
 */
case?: string, 
/**
 * Why, or how: a code.
 */
reason?: string, };

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
export const SLOTS = 6;
export const BEAT_MS = 20000;
export const SILENT_MS = 50000;
export const UNITS_PER_CELL = 10;
export const MS_PER_CELL = 320;
export const FIGURES = 16;
export const COLOURS = 8;
export const THEME_GRAPHEMES = 60;
export const WORD_GRAPHEMES = 200;
export const MOST_THEMES = 50;
export const CALL_BACK_MS = 60000;
export const REPORT_GRAPHEMES = 200;
export const APPEAL_GRAPHEMES = 500;
export const NOTE_CHARS = 400;
export const DEVICE_CHARS = 22;
export const SUBPROTOCOL = "ibasho.v1";

/** Close codes, and whether to come back by oneself. */
export const CLOSE: Record<number, { retry: boolean }> = {
  1000: { retry: false }, // left
  1009: { retry: true }, // message too big
  1012: { retry: true }, // restarting
  4000: { retry: true }, // no hello in time
  4001: { retry: false }, // taken over by a newer tab
  4002: { retry: false }, // hello refused
  4003: { retry: false }, // too many malformed messages
  4004: { retry: true }, // reading too slowly
  4005: { retry: true }, // flooding
  4007: { retry: true }, // room reopens
  4008: { retry: true }, // line silent
  4009: { retry: true }, // fragments
  4010: { retry: true }, // too many waiting
  4011: { retry: false }, // the session is over
  4012: { retry: false }, // not let in this time
  4013: { retry: false }, // signed out
  4014: { retry: false }, // sent away
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
  "not_now",
  "no_session",
  "overtaken",
  "nobody_there",
  "not_in_reach",
  "no_such_theme",
  "list_full",
  "value_out_of_range",
  "link_unapproved",
  "ticket_void",
  "phrase_unknown",
  "code_unknown",
  "code_needed",
  "known_only",
  "declare_first",
  "no_observers",
  "not_yet",
  "over",
  "signin",
  "signin_failed",
  "signin_code",
  "name_taken",
  "weak",
  "not_found",
  "bad_rule",
  "bad_date",
  "in_use",
  "no_voice",
  "muted",
  "bad_offer",
  "address_shown",
  "removed",
  "banned",
  "silenced",
  "too_many_held",
  "in_force_already",
  "appealed_already",
  "decided_by_you",
  "already_handled",
  "stale",
  "about_you",
  "never_an_offence",
  "harsher",
];
