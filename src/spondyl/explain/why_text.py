"""The answer of `why` as a tree of at most 80 columns: what stands, the words of the note, what would settle it."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spondyl.explain.tree import Branch, Quotes, shown
from spondyl.explain.words import Words

Json = Mapping[str, Any]
WIDTH = 80
MOST_FULL = 2
MOST_PARTS = 8
MOST_SOURCES = 5
MOST_CONTESTED = 3
_SHORT_OF = ("not_met", "not_documented", "contradicted")
_STATES = {"red_flag": "", "generator": "standing", "gate": "gate_result", "treatment": "treatment_status",
           "imaging": "imaging_status", "referral": "urgency"}  # fmt: skip
_SAID = {
    "established": "established", "not_excluded": "not yet excluded", "excluded": "excluded by what is recorded",
    "not_screened": "not asked, because nothing points to it", "not_listed": "not listed", "not_offered": "not offered",
    "no_rule": "no rule asks for it", "not_said": "not said", "said": "said", "holds": "holds", "open": "open",
    "does_not_hold": "does not hold", "touches": "touches this patient",
    "does_not_touch": "does not touch this patient", "shown": "shown", "not_shown": "not shown",
    "not_referred": "not referred", "known": "known", "unknown": "unknown",
}  # fmt: skip


def why_text(answer: Json, words: Words, color: bool = False) -> str:
    """The answer as text; quotations with their place ("note 96-176"); with ANSI color when asked for."""
    lines: list[str] = []
    rules: set[str] = set()
    for place, entry in enumerate(answer["entries"]):
        if place:
            lines.append("")
        lines += _entry(entry, answer, words, color, entry["rule"]["id"] in rules, place >= MOST_FULL)
        rules.add(entry["rule"]["id"])
    return "\n".join(line.rstrip() for line in lines) + "\n"


def _entry(entry: Json, answer: Json, words: Words, color: bool, again: bool, brief: bool) -> Iterable[str]:
    """One entry; what belongs to the rule and not to the site is told once, and late entries are told briefly."""
    quotes = Quotes(answer["facts"], words)
    head = _head(entry, words)
    mark = f"{entry['short'] or entry['statement'] or ''}"
    first = f"{mark}  {head}" if mark else head
    heads = textwrap.wrap(first, WIDTH, subsequent_indent=" " * (len(mark) + 2 if mark else 2))
    branches = [_rule(entry, answer)]
    branches += _said(entry, words)
    told = list(_parts(entry, words, quotes))
    branches += [Branch(one.label, one.lines[:1]) for one in told] if brief else told
    branches += [] if again else _ends(entry, words)
    branches += _settle(entry, words)
    return [*(f"\x1b[1m{line}\x1b[0m" if color else line for line in heads), *shown(branches, WIDTH, color)]


def _head(entry: Json, words: Words) -> str:
    state = str(entry["state"])
    group = _STATES.get(entry["kind"], "")
    said = words.title(group, state) if group and state not in _SAID else _SAID.get(state, state.replace("_", " "))
    if entry.get("urgency"):
        said = f"{said} ({entry['urgency']})" if state == "established" else f"{said}, would be {entry['urgency']}"
    place = words.site(entry["site"]) if entry["site"] else ""
    head = f"{entry['title']}{f', {place}' if place else ''}: {said}"
    if entry.get("because_says"):
        head += f", {entry['because_says']}"
    return head


def _rule(entry: Json, answer: Json) -> Branch:
    name = str(entry["key"] or entry["rule"]["id"])
    version = f"knowledge {answer['knowledge']['version']}"
    room = WIDTH - 14 - len(version)
    return Branch("rule", [f"{name:<{room}}{version}"] if len(name) < room else [name, version])


def _said(entry: Json, words: Words) -> Iterable[Branch]:
    if entry.get("left_out"):
        yield Branch("scope", [f"left out: {words.title('scope', entry['left_out'])}"])
    if entry["kind"] in ("red_flag", "pitfall", "outcome", "prognosis", "prevention", "follow_up") and entry["text"]:
        yield Branch("says", [str(entry["text"])])
    if entry["kind"] == "conflict":
        yield Branch("applied", [str(entry["applied"]), str(entry["because"])])
    if entry["state"] == "no_rule":
        yield Branch("says", [str(entry["text"])])
    if "offered_as" in entry:
        yield Branch("offered", [_offered(entry, words)])
    if entry.get("bypassed_by"):
        names = ", ".join(words.title("red_flag", one) for one in entry["bypassed_by"])
        yield Branch("waived", [words.fixed("bypassed_by", red_flag=names)])


def _offered(entry: Json, words: Words) -> str:
    text = f"as {words.title('treatment_status', entry['offered_as'])}"
    if entry["offered_as"] != entry["state"]:
        text += f", becomes {words.title('treatment_status', entry['state'])}"
        if entry.get("held_by"):
            text += f": {words.title('because', entry['held_by'])}"
    if entry.get("gate_result"):
        text += f" (gate {entry['gate']}: {words.title('gate_result', entry['gate_result'])})"
    return text


def _parts(entry: Json, words: Words, quotes: Quotes) -> Iterable[Branch]:
    parts: Sequence[Json] = entry["parts"]
    if parts and all(part["role"] == "caution" for part in parts):
        return _plain(entry, parts, words, quotes)
    tell = {"red_flag": _levels, "generator": _arguments, "gate": _criteria, "treatment": _offers}
    return tell.get(entry["kind"], _plain)(entry, parts, words, quotes)


def _levels(entry: Json, parts: Sequence[Json], words: Words, quotes: Quotes) -> Iterable[Branch]:
    levels = [part for part in parts if part["role"] == "level"]
    if entry["state"] == "not_screened":
        yield quotes.branch("asked if", parts[0])
    for part in levels:
        if part["decides"]:
            yield quotes.branch(part["urgency"], part)
            if part.get("precaution"):
                yield Branch("caution", [words.fixed("precaution"), *quotes.leaves(part["unless"]["reason"])])
    for label, truth in (("unknown", "unknown"), ("denied", "false")):
        leaves = [leaf for part in levels if part["truth"] == truth for leaf in _deciding(part)]
        lines = [line[2:] for line in quotes.leaves(leaves, short=True)]
        if lines and (truth == "unknown" or entry["state"] in ("excluded", "not_excluded")):
            yield Branch(label, lines)


def _deciding(part: Json) -> Sequence[Json]:
    found: Sequence[Json] = part["unless"]["reason"] if part.get("turned_off") else part["reason"]
    return found


def _arguments(entry: Json, parts: Sequence[Json], words: Words, quotes: Quotes) -> Iterable[Branch]:
    for part in parts:
        if part["role"] == "applies":
            if not entry["stands"]:
                yield quotes.branch("listed if", part)
        elif part["truth"] == "true":
            yield quotes.branch(part["role"], part, f"{part['title']} ({words.title('strength', part['strength'])})")
    one = len(parts) == 1
    off = [part for part in parts if part.get("turned_off")]
    for part in off:
        yield Branch("set aside", [str(part["title"]), *quotes.leaves(part["unless"]["reason"])])
    opened = [part for part in parts if part["truth"] == "unknown" and part["role"] != "applies"]
    heavy = [part for part in opened if not part["strength"].endswith("weak")] or opened
    if one and opened:
        yield quotes.branch("unknown", parts[0])
    elif heavy:
        yield Branch("unknown", ["; ".join(str(part["title"]) for part in heavy)])
    if one and parts[0]["truth"] == "false" and not off:
        yield quotes.branch("not", parts[0])


def _criteria(entry: Json, parts: Sequence[Json], words: Words, quotes: Quotes) -> Iterable[Branch]:
    for part in parts:
        if part["role"] == "applies" and part["truth"] != "true":
            yield quotes.branch("here if", part)
    yield from _short_of([part for part in parts if part["role"] != "applies"], words, quotes)
    for role, result, label in (("required", "met", "met"), ("required", "bypassed", "waived"),
                                ("check_first", "met", "absent")):  # fmt: skip
        done = [part for part in parts if part.get("result") == result and part["role"] == role]
        if done:
            yield Branch(label, ["; ".join(_with_count(part) for part in done)])


def _with_count(part: Json) -> str:
    return f"{part['title']}: {part['have']}" if part.get("have") else str(part["title"])


def _short_of(parts: Sequence[Json], words: Words, quotes: Quotes) -> Iterable[Branch]:
    labels = {"not_met": "not met", "not_documented": "missing", "contradicted": "contrary"}
    for result in _SHORT_OF:
        for part in parts:
            if part.get("result") != result:
                continue
            title = str(part["title"])
            label = "closes" if part["role"] != "required" and result == "not_met" else labels[result]
            if part.get("need"):
                have = part["have"] or words.fixed("unknown")
                title += f" ({words.counted(have, part['need'])})"
            for other in part.get("elsewhere", ()):
                title += f"; {other['profile']}: {other['need'] or words.title('criterion_result', other['result'])}"
            yield quotes.branch(label, part, title, short=result == "not_documented")


def _offers(entry: Json, parts: Sequence[Json], words: Words, quotes: Quotes) -> Iterable[Branch]:
    offers = [part for part in parts if part["role"] == "offer"]
    for part in offers:
        if part["chosen"]:
            yield quotes.branch("because", part)
    yield from _short_of([part for part in parts if part["role"] == "gate"], words, quotes)
    if not entry["stands"]:
        for part in offers:
            label = "off" if part.get("turned_off") else "unknown" if part["truth"] == "unknown" else "not"
            title = f"{words.title('treatment_status', part['status'])}: {part['title']}"
            lines = [title, *quotes.leaves(_deciding(part), short=True)]
            yield Branch(label, lines)
    for part in parts:
        if part["role"] in ("caution", "content"):
            yield quotes.branch("caution" if part["role"] == "caution" else "how", part)


_PLAIN = {"when": "when", "red_flag": "because", "check": "check", "statement": "because", "cause": "cause",
          "benefit": "benefit", "risk": "risk", "position": "position", "fact": "from",
          "caution": "caution"}  # fmt: skip


def _plain(entry: Json, parts: Sequence[Json], words: Words, quotes: Quotes) -> Iterable[Branch]:
    imaging = entry["kind"] == "imaging"
    if imaging and any(part["truth"] == "true" for part in parts):
        parts = [part for part in parts if part["truth"] == "true" or part.get("turned_off")]
    elif imaging:
        parts = sorted(parts, key=lambda part: ("unknown", "true", "false").index(part["truth"]))
    for part in parts[:MOST_PARTS]:
        label = _PLAIN.get(str(part["role"]), str(part["role"]))
        title = str(part.get("says") or part["title"])
        if part.get("speaks"):
            label = str(part["speaks"]) if part["truth"] == "true" else "open" if part["truth"] == "unknown" else "not"
            title = str(part["title"])
            if part.get("says") and part["truth"] == "true":
                title += f": {part['says']}"
        elif part["role"] == "when" and part["truth"] != "true":
            label = "unknown" if part["truth"] == "unknown" else "not"
        yield quotes.branch(label, part, title)
    if len(parts) > MOST_PARTS:
        yield Branch("more", ["; ".join(str(part["title"]) for part in parts[MOST_PARTS:])])


def _ends(entry: Json, words: Words) -> Iterable[Branch]:
    contested: dict[str, list[Json]] = {}
    for one in entry["not_used"]:
        contested.setdefault(str(one["topic"]), []).append(one)
    for topic, positions in list(contested.items())[:MOST_CONTESTED]:
        lines = [topic]
        for one in positions:
            source = ", ".join(one["sources"]) if one["sources"] else "no source"
            lines.append(f'  "{str(one["say"]).rstrip(".")}": {source}')
        yield Branch("not used", [*lines, f"  {words.fixed('applied', position=str(positions[0]['applied']))}"])
    for one in entry["figures"]:
        yield Branch("figures", [f"{one['say']} ({one['source']})"])
    # What speaks against comes first, so that it is never among those left out here.
    ordered = sorted(entry["evidence"], key=lambda one: one["role"] != "contradicts")
    lines = [_source(one, words) for one in ordered[:MOST_SOURCES]]
    if len(ordered) > MOST_SOURCES:
        rest = [f"{one['source']} ({one['mark']})" if one.get("mark") else str(one["source"])
                for one in ordered[MOST_SOURCES:]]  # fmt: skip
        lines.append("and " + ", ".join(dict.fromkeys(rest)))
    yield Branch("evidence", lines)
    if entry["evidence"] and not entry["verified"]:
        tiers = sorted({words.fixed("expert_default" if one["tier"] == "expert_default" else "unreviewed_web")
                        for one in entry["evidence"] if one.get("mark")})  # fmt: skip
        yield Branch("verified", [words.fixed("rests_only_on", tiers=" and ".join(tiers))])


def _settle(entry: Json, words: Words) -> Iterable[Branch]:
    settle = entry["what_would_settle"]
    asked = [_question(one, words) for one in settle["questions"][:7]]
    more = len(settle["questions"]) - 7
    rest = [f"and {more} more"] if more > 0 else []
    studies = [str(one["title"]) for one in settle["studies"][:4]]
    lines = [line for line in ("; ".join([*asked, *rest]), str(settle.get("says") or ""), " or ".join(studies)) if line]
    if lines:
        yield Branch("settle", lines)


def _question(one: Json, words: Words) -> str:
    text = str(one["label"])
    if one.get("wanted"):
        text += f" {one['wanted']}"
    if one.get("then"):
        text += f" ({words.title('standing', one['then'])})"
    return text


def _source(one: Json, words: Words) -> str:
    role = f", {words.fixed('speaks_against')}" if one["role"] == "contradicts" else ""
    if one.get("mark"):
        return f"{one['source']}: {one['mark']}{role}"
    tier = str(one["tier"]).replace("_", " ")
    year = f", {one['year']}" if one["year"] else ""
    first = textwrap.shorten(str(one["shows"]), 110, placeholder=" …")
    checked = f" [{one['checked']}, {one['checked_on']}]" if one["checked_on"] else f" [{one['checked']}]"
    return f"{one['source']} ({tier}{year}{role}): {first}{checked}"
