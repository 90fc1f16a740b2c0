"""The answer of `whatif` as text of at most 80 columns: the urgency first, then what came, went and changed."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from spondyl.explain.words import Words

Json = Mapping[str, Any]
WIDTH = 80
MOST = 12
_ALARM, _HEAD, _OFF = "\x1b[1;31m", "\x1b[1m", "\x1b[0m"
_PARTS = (
    ("red_flags", "RED FLAGS"),
    ("generators", "WHAT MAY HURT"),
    ("imaging", "IMAGE"),
    ("treatments", "TREATMENTS"),
    ("gates", "INTERVENTIONS"),
    ("referrals", "REFER"),
    ("reassessment", "REVIEW"),
)
_FLAG = {
    "established": "established", "not_excluded": "not yet excluded", "excluded": "excluded",
    "not_screened": "not asked",
}  # fmt: skip


def whatif_text(answer: Json, words: Words, color: bool = False) -> str:
    """What would change, in words; "+" came, "-" went, "~" changed."""
    head, off = (_HEAD, _OFF) if color else ("", "")
    lines = [f"{head}what if{off}  {line}" if n == 0 else f"         {line}" for n, line in enumerate(_changes(answer))]
    change = answer["difference"]
    urgency = answer["after"]["urgency"]
    if change["urgency"] is not None:
        mark = _ALARM if color and urgency in ("emergency", "urgent") else head
        lines += ["", f"{mark}{change['urgency']['before'].upper()} becomes {urgency.upper()}{off}"]
    else:
        lines += ["", f"{head}{urgency.upper()}{off}  unchanged"]
    if change["scope"] is not None:
        lines.append(f"scope: {words.title('scope', change['scope']['after'])}")
    for title, shown in said_by_part(answer, words):
        lines += ["", f"{head}{title}{off}", *_wrapped(shown[:MOST])]
        if len(shown) > MOST:
            lines.append(f"  and {len(shown) - MOST} more")
    asked = change["questions"]
    for which, title in (("gone", "NO LONGER ASKED"), ("new", "NOW ASKED")):
        if asked[which]:
            named = "; ".join(dict.fromkeys(words.label(fact) for fact in asked[which][:MOST]))
            more = f"; and {len(asked[which]) - MOST} more" if len(asked[which]) > MOST else ""
            lines += ["", f"{head}{title}{off}", *_wrapped([f"  {named}{more}"])]
    for fact in change["contradictions"]["new"]:
        lines.append(f"contradicts what is recorded: {words.label(fact)}")
    if change["same"]:
        lines += ["", "Nothing in the plan changes."]
    return "\n".join(line.rstrip() for line in lines) + "\n"


def said_by_part(answer: Json, words: Words) -> list[tuple[str, list[str]]]:
    """Each part of the plan that changes, with its lines: "+" came, "-" went, "~" changed."""
    change, parts = answer["difference"], []
    for part, title in _PARTS:
        shown = _gates(change[part], words) if part == "gates" else []
        shown += [line for one in change[part] if (line := _entry(part, one, words))]
        if shown:
            parts.append((title, shown))
    return parts


def _wrapped(lines: Iterable[str]) -> Iterable[str]:
    for line in lines:
        yield from textwrap.wrap(line, WIDTH, initial_indent="  " if line[:1] != " " else "", subsequent_indent="    ")


def _changes(answer: Json) -> list[str]:
    shown = []
    for one in answer["changes"]:
        before = one["before"]
        said = before if isinstance(before, str) else ", ".join(_recorded(fact) for fact in before[:3])
        if not isinstance(before, str) and len(before) > 3:
            said += f" and {len(before) - 3} more"
        shown += textwrap.wrap(f"{one['change']}  (now: {said or 'not recorded'})", WIDTH - 9, subsequent_indent="  ")
    return shown


def _recorded(fact: Json) -> str:
    value, said = fact["value"], fact["assertion"]
    if isinstance(value, bool):
        return "no" if (said == "negated") is value else "yes"
    if isinstance(value, list):
        value = ", ".join(str(one) for one in value) or "none"
    if isinstance(value, Mapping):
        value = f"{value.get('low', '')}..{value.get('high', '')}"
    return f"{value}" + (f" ({said})" if said != "present" else "")


def _gates(changed: Sequence[Json], words: Words) -> list[str]:
    """Gates that come to the same result for the same reason, on one line."""
    groups: dict[tuple[str, str], list[str]] = {}
    for one in changed:
        old, new = _said("gates", one["before"], words), _said("gates", one["after"], words)
        if one["before"] and one["after"] and old != new:
            same = one["before"]["result"] == one["after"]["result"]
            key = ("still " if same else "", new)
            groups.setdefault(key, []).append(_title("gates", one, words))
    ordered = sorted(groups.items(), key=lambda pair: pair[0][0])
    return [f"~ {still}{new}: {'; '.join(dict.fromkeys(titles))}" for (still, new), titles in ordered]


def _title(part: str, one: Json, words: Words) -> str:
    kind = "order" if part == "imaging" else str(one["kind"])
    title = words.title(kind, one["name"])
    if kind == "generator":
        title = words.cause(one["name"], (one.get("site") or {}).get("region"))
    if one.get("target"):
        title += f" for {words.title('generator', one['target'])}"
    if one.get("site"):
        title += f", {words.site(one['site'])}"
    return title


def _entry(part: str, one: Json, words: Words) -> str:
    before, after = one["before"], one["after"]
    mark = "+" if before is None else "-" if after is None else "~"
    if part == "reassessment":
        shown = after or before
        return f"{mark} {shown['on']} {', '.join(shown['what'])}"
    title = _title(part, one, words)
    old, new = _said(part, before, words), _said(part, after, words)
    if before is not None and after is not None:
        if old != new:
            return "" if part == "gates" else f"{mark} {title}: {old} becomes {new}"
        inner = _inner(part, before, after, words)
        if one.get("site_before") and words.site(one["site_before"]) != words.site(one["site"]):
            inner = "; ".join(filter(None, (f"was at {words.site(one['site_before'])}", inner)))
        return f"{mark} {title}: {new}, {inner}" if inner else ""
    return f"{mark} {title}: {old or new}"


def _said(part: str, state: Json | None, words: Words) -> str:
    """The state in words; empty for none."""
    if state is None:
        return ""
    if part == "red_flags":
        urgency = f", {state['urgency']}" if state.get("urgency") else ""
        return f"{_FLAG[state['state']]}{urgency}"
    if part == "generators":
        first = ", first" if state["rank"] == 1 else ""
        return f"{words.title('standing', state['standing'])}{first}"
    if part == "imaging":
        urgency = " now" if state["urgency"] == "emergency" else ""
        return f"{words.title('imaging_status', state['status'])}{urgency}"
    if part == "treatments":
        return words.title("treatment_status", state["status"])
    if part == "gates":
        because = f" ({words.title('because', state['because'])})" if state["because"] else ""
        return f"{words.title('gate_result', state['result'])}{because}"
    return str(state.get("urgency", ""))


def _inner(part: str, before: Json, after: Json, words: Words) -> str:
    """What changed below an equal state, where it is worth a line."""
    if part == "gates":
        old, new = before["criteria"], after["criteria"]
        moved = [name for name in new if old.get(name) != new[name]]
        shown = [_criterion(name, old.get(name, {}), new[name], words) for name in moved]
        return "; ".join(shown[:3]) + (f" and {len(shown) - 3} more" if len(shown) > 3 else "")
    if part == "generators":
        return _arguments(before, after)
    if part == "treatments" and before["check_first"] != after["check_first"]:
        named: Sequence[str] = [words.label(name) for name in after["check_first"]]
        return words.fixed("check_first", facts=", ".join(named)) if named else "nothing left to check first"
    return ""


def _criterion(name: str, old: Json, new: Json, words: Words) -> str:
    text = f"{name.replace('_', ' ')} {words.title('criterion_result', new['result'])}"
    if new.get("need") and new.get("need") != old.get("need"):
        text += f" (needed {new['need']}, was {old.get('need') or words.fixed('none')})"
    return text


def _arguments(before: Json, after: Json) -> str:
    said = []
    for side in ("for", "against"):
        for word, here, there in (("new", after, before), ("gone", before, after)):
            keys = [key for key in here[side] if key not in there[side]]
            said += [f"{word} {side}: {key.split('/')[0].split('.')[-1].replace('_', ' ')}" for key in keys]
    return "; ".join(said)
