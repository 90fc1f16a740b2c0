"""What makes a pain worse or better: "worse with sitting, driving and bending; eased by lying flat".

It joins words for an effect with what somebody does or how he holds himself, in any list and on either side. It says
nothing of a headache, a breath, a slip on films, or a movement of another joint.
"""

from __future__ import annotations

from typing import Final

from spondyl.record.facts import Assertion

from .found import Found
from .page import Page
from .words import normal


def _set(words: str) -> frozenset[str]:
    return frozenset(normal(word) for word in words.split())


DOES: Final = {
    word: feature
    for feature, said in (
        ("standing", "stand standing stood upright queuing queueing"),
        ("sitting", "sit sitting sat seated driving drive"),
        ("walking", "walk walking ambulation ambulating ambulate"),
        ("load", "lift lifting carry carrying exertion activity activities pushing pulling housework yardwork"),
        ("load", "vacuuming chores movement movements moving loading load weightbearing gardening exercise mowing"),
        ("flexion", "bend bending flexion flexing flex stooping stoop"),
        ("extension", "extension extending extend arching hyperextension hyperextending overhead"),
        ("rotation", "twist twisting rotation rotating turning"),
        ("lying", "lie lying lay laying recumbent recumbency supine reclining recline reclined rest resting bedrest"),
    )
    for word in _set(said)
}
_MOVES: Final = _set("lean leaning bend bending look looking")
_BACK: Final = _set("back backward backwards")
_AHEAD: Final = _set("forward forwards over down")
_ELSEWHERE: Final = _set(
    "hip shoulder knee ankle wrist elbow toe heel tandem resisted internal external facet sleep finger gait thumb"
)
_FILMS: Final = _set("film films view views xray x-ray radiograph radiographs x scoliosis mri series")
_NOT_AFTER: Final = {
    "activity": _set("of log level levels"),
    "lift": _set("restriction restrictions limit"),
    "lifting": _set("restriction restrictions limit"),
    "exercise": _set("program programme sheet plan class therapy"),
    "turning": _set("red purulent out into"),
    "stand": _set("at"),
    "lay": _set("off person"),
    "rest": _set("of"),
    "carry": _set("out"),
    "driving": _set("restriction"),
    **dict.fromkeys(("seated", "supine", "sitting", "lying"), _set("slr straight root slump sciatic leg")),
    "extension": _set("of"),
}
_WORSE: Final = _set(
    "worse worst worsen worsens worsened worsening aggravated aggravating aggravators exacerbated exacerbating provoked"
    " provoking provocative precipitated precipitating triggered triggers reproduced reproducible intensified"
    " intensifies flares flared aggs agg"
)
_MORE: Final = _set("increased increases increase increasing comes occurs occur appears starts brought set \u2191")
_HURTS: Final = _set(
    "pain pains hurts hurt hurting ache aches aching painful sore uncomfortable discomfort lbp twinges"
)
_BY: Final = _set("with on when during while upon by whenever w")
_ON: Final = frozenset(("on", "off", "back"))
_THROUGH_TO: Final = frozenset(("\u00b0", "secondary", "due", "owing"))  # "2° to sitting"
_SELF: Final = frozenset(("to",))
_THROUGH: Final = _BY | _set("in after if from following to :  = include includes including - are is")
_MAKES: Final = _set("make makes making")
_AGGRAVATES: Final = _set(
    "aggravate aggravates exacerbate exacerbates worsen worsens provoke provokes trigger triggers increase increases"
    " reproduce reproduces intensify intensifies irritate irritates"
)
_IS: Final = _set("is are was were")
_BADLY: Final = _set(
    "painful worse worst uncomfortable intolerable unbearable difficult aggravating provocative sore problem"
    " problematic"
)
_WELL: Final = _set(
    "fine ok okay comfortable painless tolerated unlimited unrestricted unaffected pain-free nonpainful non-painful"
)
_BETTER: Final = _set(
    "better best relieved relieves relieve eased eases ease improves improve improved relief alleviated lessened"
    " lessens abates subsides settles diminished comfortable less gone goes disappears resolves alleviating"
    " relieving easing helps help easier decreases decreased reduced reduces relievers eases comfort \u2193"
)
_HELPS: Final = _set(
    "helps help eases ease relieves relieve relief alleviates alleviate reduces reduce lessens lessen improves improve"
    " settles settle comfortable better best calms comfort easier"
)
_OBLIGED: Final = _set("has have must needs need forced prefers prefer wants tends had")
_FILL: Final = _set(
    "prolonged long longer extended sustained repetitive repeated heavy any the a an his her my their of or being doing"
    " more than over # minutes minute min mins hours hour especially particularly also either both too much up down for"
    " periods period time still mainly mostly chiefly primarily only largely usually activities he she they it that is"
    " are with on when while during after in by to from if such as like long-term even just all first physical"
    " strenuous vigorous minimal lumbar back trunk forward cervical neck spinal spine body excessive distances far away"
    " off somewhat completely position positions factor factors movements very quite i when whenever static side"
    " low about approximately getting initiating attempting trying going out pain symptoms sx some most daily ~ >"
    " moderate"
)
_LINKS: Final = frozenset((",", "and", "or", "/", "&", "+", "nor", "also", "plus"))
_STOPS: Final = frozenset((";", ".", "but", "then", "though", "although", "however", "except"))
_SKIPPED: Final = 4
_REACH: Final = 9
_OTHERS: Final = _set(
    "headache headaches ha dizzy dizziness lightheaded lightheadedness breath breathless dyspnea sob cough vision bp"
    " swelling edema incontinence leakage leaking tremor wheeze palpitations photophobia drainage bulge pvr nausea"
    " vertigo balance gait numbness tingling weakness paresthesia paresthesias"
)
_FILMED: Final = _set(
    "translation translates listhesis anterolisthesis retrolisthesis stenosis slip kyphosis curve angulation mm films"
    " radiographs curvature deformity stoop lean leans alignment motion rom range degrees"
)
_PAIN: Final = _set(
    "pain pains painful ache aches aching hurts hurt sore soreness lbp symptoms sx sciatica discomfort backache cramps"
    " burning radiculopathy claudication nrs vas tender"
)
_BEGAN: Final = _set(
    "began started start onset injured injury felt developed since hurt strained noticed suddenly popped pop twinge"
    " accident"
)
_ONLY: Final = _set("mainly mostly only worse in the his her back leg")
_UNDONE: Final = _set("no nor neither any not never isnt doesnt without than much little rarely hardly")
_NOT: Final = _set("not never isnt doesnt")
_LARGELY: Final = _set("really at all always particularly especially necessarily made be get usually much any is")
_LIMIT: Final = _set(
    "only max maximum limited barely just tops cannot cant unable manage manages tolerates tolerance up"
)
_MINUTES: Final = _set("minute minutes min mins hour hours hr hrs long")
_EFFECTS: Final = _WORSE | _MORE | _HURTS | _MAKES | _AGGRAVATES | _BADLY | _WELL | _BETTER | _HELPS | _LIMIT | _OBLIGED
_NOT_HERE: Final = frozenset(("family", "return", "risks", "plan", "imaging", "allergies", "medications", "operation"))


def read_provoked(page: Page, found: Found) -> None:
    """Add `mechanical_features`, one fact for each thing that makes the pain worse or better."""
    words = page.words
    acts = {words.sentence[t] for t in words.all(DOES)} | {
        words.sentence[t] for t in words.all(("leaning", "lean", "feet", "looking"))
    }
    for number in sorted(acts):
        first, last = words.bounds[number]
        norm = words.norm[first:last]
        if _EFFECTS.isdisjoint(norm) or page.section[first] in _NOT_HERE:
            continue
        pain = not _PAIN.isdisjoint(norm)
        if not pain and not (_OTHERS.isdisjoint(norm) and _FILMED.isdisjoint(norm)):
            continue
        if "headache" in norm or ("ha" in norm and "positional" in norm):
            continue
        _Sentence(page, found, first, last).read()


class _Sentence:
    """One sentence with what is done in it."""

    def __init__(self, page: Page, found: Found, first: int, last: int) -> None:
        self.page = page
        self.found = found
        self.first = first
        self.last = last
        self.norm = page.words.norm
        self.acts: dict[int, tuple[int, str]] = {}
        t = first
        while t < last:
            act = self._act(t)
            if act is not None:
                self.acts[t] = act
                t = act[0]
            else:
                t += 1
        self.began = not _BEGAN.isdisjoint(self.norm[first:last])

    def _act(self, t: int) -> tuple[int, str] | None:
        """What is done at word `t`, and where its words end."""
        norm, last = self.norm, self.last
        word = norm[t]
        before = norm[t - 1] if t > self.first else ""
        after = norm[t + 1] if t + 1 < last else ""
        if word in _MOVES and after in _BACK | _AHEAD | {"up"}:
            if after == "back" and t + 2 < last and norm[t + 2] in ("pain", "and", "ache"):
                after = ""
            if after in _BACK or (word in ("looking", "look") and after == "up"):
                return t + 2, "extension"
            if after in _AHEAD:
                return t + 2, "flexion"
        if word == "feet" and t >= self.first + 1 and (before == "on" or norm[t - 2 : t - 1] == ["on"]):
            return t + 1, "standing"
        feature = DOES.get(word)
        if feature is None or before in _ELSEWHERE or after in _FILMS or after in _NOT_AFTER.get(word, ()):
            return None
        if before == "long" and word == "standing" and norm[t - 2 : t - 1] != ["with"]:
            return None
        if word == "rest" and before in ("the", "his", "her"):
            return None
        if word in ("extension", "flexion") and (
            after in ("-", "/") and norm[t + 2 : t + 3] and norm[t + 3 : t + 4] and norm[t + 3] in _FILMS
        ):
            return None
        if feature in ("flexion", "extension", "rotation") and norm[t + 1 : t + 2] == ["of"] and norm[t + 2 : t + 5]:
            if not _ELSEWHERE.isdisjoint(norm[t + 2 : t + 5]):
                return None
        return t + 1, feature

    def read(self) -> None:
        """Say what the effects of the sentence join."""
        norm = self.norm
        for t in range(self.first, self.last):
            word = norm[t]
            if word in _WORSE:
                self._ahead(t, "worse")
                self._after_worse(t)
            elif word in _MORE:
                self._ahead(t, "worse", by=_BY)
            if word in _HURTS:
                to = norm[t + 1 : t + 2] == ["to"] and word in ("hurt", "painful", "uncomfortable")
                self._ahead(t, "worse", by=_BY | _SELF if to else _BY, neutral=True)
                if word.startswith("hurt") and not self._has_by(t):
                    self._behind(t, "worse")
            if word in _MAKES and any(norm[k] == "worse" for k in range(t + 1, min(self.last, t + 6))):
                self._behind(t, "worse")
            elif word in _MAKES and any(norm[k] in ("better", "easier") for k in range(t + 1, min(self.last, t + 6))):
                self._behind(t, "better")
            if word in _AGGRAVATES and not self._has_by(t):
                self._behind(t, "worse")
            if (
                word in ("bring", "set")
                and norm[t + 1 : t + 3] != ["on", "by"]
                and _ON.intersection(norm[t + 1 : t + 4])
            ):
                self._behind(t, "worse")
            if word in _IS:
                nearby = norm[t + 1 : min(self.last, t + 5)]
                if not _BADLY.isdisjoint(nearby):
                    self._behind(t, "worse")
                elif not _WELL.isdisjoint(nearby) or ("problem" in nearby and "no" in nearby):
                    self._behind(t, "fine")
            if word in _BETTER or (word == "free" and norm[t - 1] in ("pain", "symptom", "-")):
                self._ahead(t, "better")
            if word in _THROUGH_TO and norm[t + 1 : t + 2] == ["to"]:
                self._ahead(t, "worse", by=_SELF)
            if word in _HELPS:
                self._behind(t, "better")
            if word in _OBLIGED and norm[t + 1 : t + 2] == ["to"]:
                self._obliged(t)
            elif word == "must":
                self._obliged(t - 1)
        self._limits()

    def _has_by(self, t: int) -> bool:
        return any(self.norm[k] in _BY for k in range(t + 1, min(self.last, t + 3)))

    def _after_worse(self, t: int) -> None:
        """ "Sitting worse than standing"; "standing: worse"."""
        if t - 1 in self.acts and (t + 1 >= self.last or self.norm[t + 1] in ("than", ",", ".", ";")):
            self._say(self.acts[t - 1][1], "worse", t - 1, t + 1, t)

    def _ahead(self, t: int, effect: str, by: frozenset[str] = _THROUGH, neutral: bool = False) -> None:
        """What follows an effect: "worse with sitting, driving and bending"."""
        norm = self.norm
        undone = next((norm[k] for k in range(t - 1, max(self.first, t - 3) - 1, -1) if norm[k] in _UNDONE), "")
        if undone and norm[t - 1] not in _UNDONE | _LARGELY:
            undone = ""
        if undone and not neutral and not (undone in _NOT or effect == "better"):
            return  # "no worse with sitting" may be better
        k, joined = self._next(t, by, neutral)
        if k not in self.acts or (not joined and (neutral or k != t + 1)):
            return
        if not joined and effect == "worse" and not (norm[t] in ("worse", "worst") and norm[k].endswith("ing")):
            return  # "worse standing" is short for "with standing"; "worsening flexion" is none
        if neutral and self.began:
            return
        self._list(k, 1, effect, t, bool(undone) and not neutral)

    def _next(self, t: int, by: frozenset[str], neutral: bool) -> tuple[int, bool]:
        """Where the first thing that is done follows an effect, and whether "with" or the like joins them."""
        joined = False
        strange = 0
        for k in range(t + 1, min(self.last, t + 1 + _REACH)):
            word = self.norm[k]
            if k in self.acts:
                return k, joined
            if word in by:
                joined = True
                continue
            if word in _STOPS or (word in _EFFECTS and word not in _FILL):
                break
            if neutral and not joined and word not in _ONLY:
                break
            if word not in _FILL and not (joined and word in _LINKS):
                strange += 1
                if not joined or not word.isalpha() or strange > 1:
                    break
        return -1, False

    def _behind(self, t: int, effect: str) -> None:
        """What stands before an effect: "extension and rotation make it worse"."""
        norm = self.norm
        starts = {end - 1: begin for begin, (end, _) in self.acts.items()}
        k = t - 1
        skipped = 0
        while k >= self.first and t - k <= _REACH:
            if k in starts:
                self._list(starts[k], -1, effect, t)
                return
            word = norm[k]
            if (
                word in _STOPS
                or word in _LINKS
                or word == ":"
                or (word in _EFFECTS and word not in _FILL and word not in ("all", "both"))
            ):
                return
            if word not in _FILL:
                skipped += 1
                if skipped > 2:
                    return
            k -= 1

    def _list(self, k: int, way: int, effect: str, trigger: int, denied: bool = False) -> None:
        """One thing after the other, over links and a few words between."""
        norm = self.norm
        starts = {end - 1: begin for begin, (end, _) in self.acts.items()}
        while True:
            end, feature = self.acts[k]
            self._say(feature, effect, k, end, trigger, denied)
            at = end if way > 0 else k - 1
            skipped = 0
            linked = False
            following = None
            while self.first <= at < self.last:
                word = norm[at]
                if (way > 0 and at in self.acts) or (way < 0 and at in starts):
                    following = at if way > 0 else starts[at]
                    break
                if word in _LINKS:
                    linked = True
                elif word in _STOPS or word == ":" or (word in _EFFECTS and word not in _FILL):
                    break
                elif word not in _FILL and not word.isdigit():
                    skipped += 1
                    if skipped > _SKIPPED:
                        break
                at += way
            if following is None or not linked:
                return
            k = following

    def _obliged(self, t: int) -> None:
        """ "Has to lie down": lying helps."""
        for k in range(t + 2, min(self.last, t + 6)):
            if k in self.acts:
                if self.acts[k][1] == "lying" and self.norm[k] in ("lie", "lay", "rest", "recline"):
                    after = self.norm[k + 1 : k + 2]
                    if after and after[0] in ("down", "flat", "after", "often"):
                        self._say("lying", "better", k, k + 1, t)
                return

    def _limits(self) -> None:
        """ "Can stand only ten minutes", "sitting tolerance 20 min": a posture that cannot be held."""
        norm = self.norm
        for k, (end, feature) in self.acts.items():
            if feature not in ("standing", "sitting"):
                continue
            near = norm[max(self.first, k - 4) : k] + norm[end : min(self.last, end + 3)]
            after = norm[end : min(self.last, end + 6)]
            if not _LIMIT.isdisjoint(near) and not _MINUTES.isdisjoint(after) and "able" not in near:
                self._say(feature, "worse", k, end, k)

    def _say(self, feature: str, effect: str, k: int, end: int, trigger: int, denied: bool = False) -> None:
        page = self.page
        if effect == "better" and feature != "lying":
            return
        value = (
            "better_lying" if effect == "better" else "night_rest_pain" if feature == "lying" else f"worse_{feature}"
        )
        if effect == "fine" and feature == "lying":
            return
        spots = ((min(trigger, k), min(trigger, k) + 1), (k, end))
        how: Assertion = page.context.assertion(min(trigger, k), max(trigger + 1, end), slots=spots)
        if how in ("family", "hypothetical", "planned", "uncertain"):
            return
        if effect == "fine" and how == "negated":
            return
        if effect == "fine" or denied:
            how = "negated"
        start, stop = page.span(min(trigger, k), max(trigger + 1, end))
        if stop - start > 60:
            start, stop = page.span(k, end)
        self.found.say("mechanical_features", [value], how, start, stop)
        self.found.used(start, stop)
