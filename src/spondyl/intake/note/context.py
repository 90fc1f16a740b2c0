"""How a statement is meant: denied, uncertain, hypothetical, of a relative, planned or of the past.

The axes are those of ConText, with `planned` added. Each sentence is read once forward and once backward, so the cost
is linear however many triggers it holds.
"""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import Assertion

from .lexicon import Lexicon
from .phrases import Hit
from .witness import is_witness
from .words import LONGEST, Words, normal

NEGATED: Final = 1
UNCERTAIN: Final = 2
HYPOTHETICAL: Final = 4
FAMILY: Final = 8
PLANNED: Final = 16
HISTORICAL: Final = 32
NORMAL: Final = 64  # a normal finding stands beside it: a denial for signs of an examination only
CERTAIN: Final = 128
ANSWERED: Final = 256  # denied by words after it: "Hoffmann, Babinski negative"
_OPENING: Final = frozenset("with when since only mainly mostly normal intact now today again still".split())
_REAL: Final = frozenset("but however today yesterday currently tonight".split())
_DOING: Final = frozenset(
    normal(word) for word in "has had takes taking maintained currently underwent continues remains".split()
)
_BIT: Final = {
    "negated": NEGATED,
    "uncertain": UNCERTAIN,
    "hypothetical": HYPOTHETICAL,
    "family": FAMILY,
    "planned": PLANNED,
    "historical": HISTORICAL,
}
_BREAKS: Final = frozenset(";")
_LINKS: Final = frozenset((",", "and", "or", "nor", "/", "&"))
_QUESTION: Final = 10
_SAYS_NO: Final = frozenset("no none nope never nil negative deny denied".split())
_NO_BETTER: Final = frozenset("better worse change different more less longer improvement one idea answer".split())
_NEAR: Final = 6
_FAR: Final = 12
_LONG_LIST: Final = 7
_AFTER_RESOLVED: Final = frozenset(
    ", . ; ) ! since with after by on within in completely fully now spontaneously".split()
)


class Context:
    """The flags of every word of a note."""

    def __init__(self, words: Words, hits: dict[str, list[Hit]], lexicon: Lexicon, sections: list[str]) -> None:
        self.words = words
        self.flags = [0] * len(words.norm)
        self.before: set[int] = set()  # words that tell of the time before an operation
        self.advised: set[int] = set()  # sentences that tell what to come back for
        self.signed: dict[int, bool] = {}  # words with a plus or minus: whether denied
        self._turns: frozenset[str] = _table(lexicon, "turns")
        self._severe: frozenset[str] = _table(lexicon, "severities")
        self._sections = sections
        self._open: dict[int, str] = {}  # scopes that a sentence cut for its length leaves open
        self._tests = {t for hit in hits.get("finding", ()) if hit.entry.get("exam") for t in range(hit.i, hit.j)}
        triggers = _free_triggers(hits, words.norm)
        at = carried = 0
        for number, (first, last) in enumerate(words.bounds):
            own: list[Hit] = []
            while at < len(triggers) and triggers[at].i < last:
                own.append(triggers[at])
                at += 1
            bullet = words.norm[first] in "-*\u2022"
            if carried and bullet:
                for t in range(first, last):
                    self.flags[t] |= carried
            elif own:
                carried = 0
            if not self._runs_on(number):
                self._open.clear()
            if own or self._open or ":" in words.norm[first:last] or "?" in words.norm[first:last]:
                self._read(first, last, own)
            if words.norm[last - 1] == ":":
                ending = [hit for hit in own if hit.j == last - 1 and hit.entry.get("way") == "before"]
                carried = _BIT.get(ending[-1].entry["axis"], 0) if ending else 0
            elif not bullet:
                carried = 0
        self._answer_questions()

    def _answer_questions(self) -> None:
        """ "Fever? No, 98.8 this morning.": a short question takes the answer that follows it on its line."""
        words = self.words
        for number, (first, last) in enumerate(words.bounds[:-1]):
            if words.norm[last - 1] != "?" or last - first > _QUESTION:
                continue
            answer, end = words.bounds[number + 1]
            word = words.norm[answer]
            if words.line_start[answer] or words.norm[first] in ("how", "what", "when", "where", "why", "which"):
                continue
            if word in _SAYS_NO and (answer + 1 >= end or words.norm[answer + 1] not in _NO_BETTER):
                for t in range(first, last):
                    self.flags[t] = self.flags[t] & ~UNCERTAIN | NEGATED
            elif word in ("yes", "yeah", "yep", "yup", "positive"):
                for t in range(first, last):
                    self.flags[t] &= ~UNCERTAIN

    def assertion(
        self,
        i: int,
        j: int,
        *,
        exam: bool = False,
        plan: bool = False,
        past: bool = True,
        own: bool = False,
        slots: tuple[tuple[int, int], ...] = (),
    ) -> Assertion:
        """How words `i` to before `j` are asserted.

        `exam`: "normal" beside it denies; `plan`: plans count; `own`: it says its own result, so that an answer
        after it belongs to something else; `slots`: the words of a frame, when those between them do not count.
        """
        flags = 0
        for first, last in slots or ((i, j),):
            for flag in self.flags[first:last]:
                flags |= flag
        section = self._sections[i] if i < len(self._sections) else ""
        if flags & FAMILY or section == "family":
            return "family"
        if flags & HYPOTHETICAL or section in ("return", "risks"):
            return "hypothetical"
        if plan and flags & PLANNED:
            return "planned"
        denied = bool(flags & (NEGATED if own else NEGATED | ANSWERED)) or (exam and bool(flags & NORMAL))
        if denied and flags & CERTAIN and not self.flags[i] & (NEGATED | ANSWERED):
            denied = False
        if flags & UNCERTAIN and not denied:
            return "uncertain"
        if denied:
            return "uncertain" if flags & UNCERTAIN and not flags & (NEGATED | ANSWERED) else "negated"
        if past and flags & HISTORICAL:
            return "historical"
        return "present"

    def has(self, i: int, j: int, bit: int) -> bool:
        """Whether any of the words carries a flag."""
        return any(flag & bit for flag in self.flags[i:j])

    def _read(self, first: int, last: int, own: list[Hit]) -> None:
        norm = self.words.norm
        ends = [False] * (last - first)
        starts: dict[int, list[Hit]] = {}
        inside = [False] * (last - first)
        for hit in own:
            axis = hit.entry["axis"]
            starts.setdefault(hit.i, []).append(hit)
            for t in range(hit.i, hit.j):
                inside[t - first] = True
            if axis in ("end", "certain"):
                ends[hit.i - first] = True
        opening = {_bit(hit.entry) for hit in own if hit.entry.get("way") == "before"}
        or_ahead: list[bool] | None = None
        for bit in (NEGATED, NORMAL, UNCERTAIN):
            if bit in opening or bit in self._open:
                or_ahead = or_ahead or self._or_ahead(first, last, ends)
                self._forward(first, last, bit, starts, ends, or_ahead)
        for bit in (HYPOTHETICAL, FAMILY, PLANNED, HISTORICAL):
            if bit in opening:
                self._wide(first, last, bit, starts, ends)
        self._backward(first, last, own, ends, inside)
        for hit in own:
            if hit.entry["axis"] == "void":
                for t in range(first, last if hit.entry.get("around") else hit.i):
                    self.flags[t] |= HYPOTHETICAL
            if hit.entry["axis"] == "certain":
                self._answers_list(first, hit)
                for t in range(max(first, hit.i - 4), min(last, hit.j + 3)):
                    if norm[t] not in _LINKS:
                        self.flags[t] |= CERTAIN

    def _answers_list(self, first: int, hit: Hit) -> None:
        """ "FABER, thigh thrust and compression positive": the answer is that of every test of the list."""
        t = hit.i - 1
        while t >= first and (t in self._tests or self.words.norm[t] in _LINKS):
            if t in self._tests:
                self.flags[t] |= CERTAIN
            t -= 1

    def _or_ahead(self, first: int, last: int, ends: list[bool]) -> list[bool]:
        """For each word whether an "or" follows before the clause turns: "no fever, new weakness or numbness"."""
        norm = self.words.norm
        ahead = [False] * (last - first)
        held = False
        for t in range(last - 1, first - 1, -1):
            ahead[t - first] = held
            if norm[t] in ("or", "nor"):
                held = True
            elif norm[t] in _BREAKS or ends[t - first] or norm[t] in self._turns:
                held = False
        return ahead

    def _forward(
        self,
        first: int,
        last: int,
        bit: int,
        starts: dict[int, list[Hit]],
        ends: list[bool],
        or_ahead: list[bool],
    ) -> None:
        norm = self.words.norm
        reach = self._open.pop(bit, "")
        since = first
        t = first
        while t < last:
            opened = None
            for hit in starts.get(t, ()):
                if hit.entry.get("way") == "before" and _bit(hit.entry) == bit and self._opens(hit, first):
                    opened = hit
            if opened is not None:
                reach = opened.entry["reach"]
                since = opened.j
                t = opened.j
                if t < last and norm[t] in (":", "("):
                    t += 1
                continue
            if reach:
                word = norm[t]
                if word in _BREAKS or ends[t - first] or (word in "(:" and t > since):
                    reach = ""
                elif word in _LINKS and t + 1 < last:
                    if not self._goes_on(t, last, reach, or_ahead[t - first], ends, first):
                        reach = ""
                elif word == "with" and reach == "list" and or_ahead[t - first]:
                    self.flags[t] |= bit  # "denies accidents with bladder or bowels, foot drop, or fevers"
                elif (word in self._turns and t - since > 2 and reach != "near") or (
                    reach == "near" and t - since >= _NEAR
                ):
                    reach = ""
                else:
                    self.flags[t] |= bit
            t += 1
        if reach in ("list", "weak"):
            self._open[bit] = reach

    def _runs_on(self, number: int) -> bool:
        """Whether a sentence is the rest of a longer one, cut for its length alone."""
        if not number:
            return False
        before, first = self.words.bounds[number - 1]
        return (
            first - before >= LONGEST and self.words.norm[first - 1] not in ".!?:" and not self.words.line_start[first]
        )

    def _opens(self, hit: Hit, first: int) -> bool:
        """Some words deny what follows only where a clause begins: "neg saddle numbness", not "SLR neg"."""
        return not hit.entry.get("opens") or hit.i == first or self.words.norm[hit.i - 1] in ",;.:("

    def _goes_on(self, t: int, last: int, reach: str, listed: bool, ends: list[bool], first: int) -> bool:
        """Whether a scope passes the comma or conjunction at `t`."""
        norm = self.words.norm
        comma = norm[t] == ","
        if reach == "near":
            return not comma
        if reach == "clause":
            return not comma and norm[t] != "and"
        stop = t + 1
        while stop < last and norm[stop] not in _LINKS and norm[stop] not in _BREAKS and not ends[stop - first]:
            stop += 1
        part = norm[t + 1 : stop]
        if not part:
            return stop < last and norm[stop] in _LINKS
        said = part[:2] if norm[t] in ("or", "nor") else part  # "or psoas collection is seen": the scope ends there
        if any(word in self._turns and (at == 0 or word not in _OPENING) for at, word in enumerate(said)):
            return False
        if any(word[0].isdigit() for word in part):
            return False
        if comma and not listed:
            if len(part) > _LONG_LIST:
                return False
            if part[0] in self._severe:
                return reach == "list" and part[0] in ("new", "bilateral", "significant", "acute")
        refused = reach == "weak" and part[0] in self._severe and not listed
        return not refused and not (len(part) > 1 and part[0] == "no")

    def _wide(self, first: int, last: int, bit: int, starts: dict[int, list[Hit]], ends: list[bool]) -> None:
        """Scopes that do not follow the lists of denials: to the end of the sentence, or of the clause."""
        norm = self.words.norm
        reach = ""
        told = first
        for t in range(first, last):
            for hit in starts.get(t, ()):
                entry = hit.entry
                opens = entry.get("way") == "before" and _bit(entry) == bit and self._opens(hit, first)
                if opens and not is_witness(self.words, hit, last):
                    told = hit.j
                    reach = entry["reach"]
                    if bit == FAMILY and t > first and norm[t - 1] in ("in", "of", "her", "his", "the", "with"):
                        for back in range(t - 1, max(first - 1, t - _FAR), -1):
                            if norm[back] in _BREAKS or norm[back] in (",", "."):
                                break
                            self.flags[back] |= bit
            if not reach:
                continue
            word = norm[t]
            if (
                word in _BREAKS
                or (bit == HYPOTHETICAL and (word in _REAL or norm[t : t + 2] == ["who", "has"]))
                or (bit == HISTORICAL and (ends[t - first] or word in (",", "and")))
                or (bit == FAMILY and word in ("patient", "pt", "denie", "deny") and t > first + 1)
                or (bit == FAMILY and word in ("he", "she") and t > first + 1 and norm[t - 1] != ":")
                or (bit == FAMILY and word in ("i", "im", "ive") and t >= told)
                or (bit == PLANNED and (ends[t - first] or (word in _DOING and t > first + 1)))
            ):
                reach = ""
            else:
                self.flags[t] |= bit

    def _backward(self, first: int, last: int, own: list[Hit], ends: list[bool], inside: list[bool]) -> None:
        norm = self.words.norm
        floor = first
        for hit in own:
            entry = hit.entry
            bit = _bit(entry)
            backward = entry.get("way") == "after"
            if not backward and entry["axis"] == "negated" and hit.j - hit.i == 1:
                backward = self._answers(hit, first, last)
            if not backward or not bit:
                continue
            if bit in (NEGATED, NORMAL) and hit.i > first and norm[hit.i - 1] in ("if", "no", "not"):
                continue
            begin = hit.i - 1
            if bit == HISTORICAL and begin > floor and norm[begin] == "," and self._closes(hit.j, last):
                begin -= 1  # "fever on the second day, resolved.": the sign right before the comma, and no list
            for t in range(begin, max(floor, begin - _FAR) - 1, -1):
                word = norm[t]
                if (
                    word in _BREAKS
                    or (word == "," and (begin < hit.i - 1 or not self._listed(t, floor)))
                    or (ends[t - first] and norm[t] != "?")
                ):
                    break
                if word in self._turns and t < hit.i - 1 and word not in ("is", "are", "was", "were"):
                    break
                self.flags[t] |= ANSWERED if bit == NEGATED else bit
            if bit in (NEGATED, NORMAL):
                floor = hit.j

    def _closes(self, j: int, last: int) -> bool:
        """Whether the words before `j` are the last of their part: ", resolved." but not ", resolved pain"."""
        return j >= last or self.words.norm[j] in _AFTER_RESOLVED

    def _listed(self, t: int, floor: int) -> bool:
        """Whether the comma at `t` stands in a list of names before a common answer: "Hoffmann, Babinski negative"."""
        norm = self.words.norm
        start = t
        while start > floor and norm[start - 1] not in (",", ";", ".", ":"):
            start -= 1
        part = norm[start:t]
        return 0 < len(part) <= 2 and not any(word in self._turns or word[0].isdigit() for word in part)

    def _answers(self, hit: Hit, first: int, last: int) -> bool:
        """A bare "no" or "denies" after a colon, a dash or a question mark answers what stands before it."""
        norm = self.words.norm
        if norm[hit.i] not in ("no", "deny", "denied", "none", "nil"):
            return False
        before = norm[hit.i - 1] if hit.i > first else ""
        return before in (":", "-", "?", "=") and (
            hit.j >= last or norm[hit.j] in ",.;|" or self.words.line_start[hit.j]
        )


def _bit(entry: dict[str, object]) -> int:
    bit = _BIT.get(str(entry["axis"]), 0)
    return NORMAL if entry.get("exam") else bit


def _table(lexicon: Lexicon, name: str) -> frozenset[str]:
    held = lexicon.cache.get(name)
    if held is None:
        held = lexicon.cache[name] = frozenset(normal(str(word)) for word in lexicon.tables.get(name, ()))
    return held


def _free_triggers(hits: dict[str, list[Hit]], norm: list[str]) -> list[Hit]:
    """Triggers that are not part of a phrase of their own ("no urge", "cannot void")."""
    inner: set[int] = set()
    filled: set[int] = set()
    for hit in hits.get("finding", ()):
        filled.update(t for first, last in hit.slots for t in range(first, last))
        if hit.slots or "channel" in hit.entry or hit.entry.get("denies") or hit.entry.get("exam"):
            continue
        inner.update(range(hit.i, hit.j))
    return [
        hit
        for hit in hits.get("context", ())
        if not (hit.entry["axis"] == "pseudo" or hit.j - 1 in filled)
        and not (hit.j - 1 in inner and (hit.i in inner or norm[hit.j - 1] == "no"))  # "had no feeling in the saddle"
    ]
