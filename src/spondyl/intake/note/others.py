"""Finds what a patient who writes in person tells of somebody else: a father, the neighbor in the ward; and the
relative who is the patient of a message that another writes: "my dad had a fusion, he cannot feel his legs".

It only marks words; the context judges them. A note about the patient in the third person is left as it is, since
there "he" may be the patient.
"""

from __future__ import annotations

from typing import Final

from .context import FAMILY, Context
from .phrases import Hit
from .words import Words

_OWN: Final = frozenset(
    "back spine neck leg foot scar wound operation surgery fusion bladder weight surgeon disc bowel arm hand pain bum"
    " bottom toe knee laminectomy discectomy microdiscectomy decompression tlif plif alif acdf revision".split()
)
_OURS: Final = frozenset(("my", "our"))
_THEM: Final = frozenset("he she him her his they them their hers".split())
_OPERATED: Final = frozenset("operation surgery op operated fusion fused surgeon".split())
_SOMEBODY: Final = frozenset(
    "individual patient person claimant examinee pt man woman someone somebody misfiled misfile misfiling".split()
)
_MISFILED: Final = frozenset("misfiled misfile misfiling".split())
_ELSE: Final = frozenset("another different other wrong".split())
_OF: Final = frozenset(("to", "of", "about", "for"))
_BELONGS: Final = frozenset(
    "relate relates relating related pertain pertains pertaining belong belongs belonging belonged refer refers"
    " referring concern concerns concerning is are was were about of wrong".split()
)
_PAPERS: Final = frozenset(
    "letter report note notes record records document page pages paper papers study film films scan mri ct image images"
    " chart packet op entry result results page fax summary consult".split()
)
_RIGHT_BEFORE: Final = 3
_I: Final = frozenset("i im ive id ill".split())
_MINE: Final = frozenset(("my", "mine", "me", "myself"))
_OPENS: Final = frozenset((",", "and", "but", ";", "(", "so", "while", "-"))
_HE: Final = frozenset("he his him himself".split())
_SHE: Final = frozenset("she her hers herself".split())
_SEX: Final = {  # whether the relative is a woman
    **dict.fromkeys("brother father dad son husband uncle grandfather nephew".split(), False),
    **dict.fromkeys("sister mother mom mum daughter wife aunt grandmother niece".split(), True),
}
_GOES_ON: Final = frozenset("he she they it his her their him nobody everyone then later after eventually".split())


def mark_others(words: Words, hits: dict[str, list[Hit]], context: Context) -> None:
    """Mark the story of somebody else to the end of its sentence, and the sentences that go on about "he" or "she"."""
    _mark_misfiled(words, context)
    told = [hit for hit in hits.get("context", ()) if hit.entry["axis"] == "family"]
    if not told:
        return
    if not _writes_in_person(words, {hit.i for hit in told}):
        _clear_patient(words, hits, context, told)
        _follow(words, context, told)
        return
    norm = words.norm
    for hit in told:
        sentence = words.sentence[hit.i]
        first, last = words.bounds[sentence]
        if not context.flags[hit.i] & FAMILY:
            continue  # a witness, or a word of another phrase
        _mark(words, context, hit.i, last)
        for following in range(sentence + 1, len(words.bounds)):
            first, last = words.bounds[following]
            if context.flags[first] & FAMILY:
                break  # followed from an earlier sentence
            own = _I | _MINE
            if words.line_start[first] or norm[first] not in _GOES_ON or any(word in own for word in norm[first:last]):
                break
            _mark(words, context, first, last)


def _mark_misfiled(words: Words, context: Context) -> None:
    """Mark papers of somebody else: "a letter about a neck fusion relates to another individual", "misfiled"."""
    norm = words.norm
    for t in words.all(_SOMEBODY):
        first, last = words.bounds[words.sentence[t]]
        owned = norm[t] in _MISFILED or (
            any(word in _ELSE for word in norm[max(first, t - 2) : t])
            and not _BELONGS.isdisjoint(norm[max(first, t - 6) : t])
        )
        if owned or (norm[t] in ("someone", "somebody") and norm[t + 1 : t + 2] == ["else"] and norm[t - 1] in _OF):
            if _PAPERS.isdisjoint(norm[first:last]):
                continue
            for k in range(first, last):
                context.flags[k] |= FAMILY


def _follow(words: Words, context: Context, told: list[Hit]) -> None:
    """Go on with a relative of the other sex: "her brother had surgery; he lost control of his bladder"."""
    norm = words.norm
    relatives = [hit for hit in told if context.flags[hit.i] & FAMILY and norm[hit.i] in _SEX]
    if not relatives:
        return
    beside = {words.sentence[hit.i] for hit in relatives}
    counted = [0, 0]
    for number, (first, last) in enumerate(words.bounds):
        if number not in beside:
            for word in norm[first:last]:
                if word in _HE or word in _SHE:
                    counted[word in _SHE] += 1
    if counted[0] > 2 * counted[1]:
        patient = _HE
    elif counted[1] > 2 * counted[0]:
        patient = _SHE
    else:
        return  # nothing tells the patient from the relative
    for hit in relatives:
        theirs = _SHE if _SEX[norm[hit.i]] else _HE
        if theirs is patient:
            continue
        sentence = words.sentence[hit.i]
        if not _of_them(words, context, hit.j, words.bounds[sentence][1], theirs, patient):
            continue
        for first, last in words.bounds[sentence + 1 :]:
            if words.line_start[first] or norm[first] not in theirs:
                break
            if not _of_them(words, context, first, last, theirs, patient):
                break


def _of_them(
    words: Words, context: Context, first: int, last: int, theirs: frozenset[str], patient: frozenset[str]
) -> bool:
    """Mark from the pronoun of a relative to that of the patient; whether the sentence ends with the relative."""
    norm = words.norm
    on = False
    for t in range(first, last):
        if norm[t] in patient or norm[t] in ("patient", "pt"):
            return False
        on = on or norm[t] in theirs
        if on:
            context.flags[t] |= FAMILY
    return True


def _writes_in_person(words: Words, relatives: set[int]) -> bool:
    """Whether "my back" or "my scar" says that the writer is the patient; "my son had spine surgery" does not."""
    norm = words.norm
    return any(
        t + 1 not in relatives and any(near in _OWN for near in norm[t + 1 : t + 4]) for t in words.all(("my", "mine"))
    )


def _clear_patient(words: Words, hits: dict[str, list[Hit]], context: Context, told: list[Hit]) -> None:
    """Take the mark from the relative who was operated on, when the writer tells of no illness of her own."""
    patient = next((words.norm[hit.i] for hit in told if _is_operated(words, hits, hit)), None)
    if patient is None or _tells_of_herself(words, hits, {hit.i for hit in told}):
        return
    for number, hit in enumerate(told):
        if words.norm[hit.i] != patient or hit.j - hit.i > 1 or hit.i == 0 or words.norm[hit.i - 1] not in _OURS:
            continue
        first, last = words.bounds[words.sentence[hit.i]]
        end = min([last, *(other.i for other in told[number + 1 : number + 2])])
        for t in range(first, end):
            context.flags[t] &= ~FAMILY


def _is_operated(words: Words, hits: dict[str, list[Hit]], hit: Hit) -> bool:
    """Whether the sentence of "my dad" goes on with his operation, or the next one does."""
    if hit.i == 0 or words.norm[hit.i - 1] not in _OURS:
        return False
    first = words.sentence[hit.i]
    last = words.bounds[min(first + 1, len(words.bounds) - 1)][1]
    if any(word in _OPERATED for word in words.norm[hit.j : last]):
        return True
    return any(hit.j <= operation.i < last for operation in hits.get("procedure", ()))


def _tells_of_herself(words: Words, hits: dict[str, list[Hit]], relatives: set[int]) -> bool:
    """Whether "I" or "my" stands right before a sign: "I cannot feel my foot", not "I cannot wake him"."""
    norm = words.norm
    for hit in hits.get("finding", ()):
        first, last = words.bounds[words.sentence[hit.i]]
        near = range(max(first, hit.i - _RIGHT_BEFORE), hit.j)
        own = any(norm[t] in _I or (norm[t] in _MINE and t + 1 not in relatives) for t in near)
        if own and not any(word in _THEM for word in norm[first:last]):
            return True
    return False


def _mark(words: Words, context: Context, first: int, last: int) -> None:
    norm = words.norm
    for t in range(first, last):
        opens = t > first and norm[t - 1] in _OPENS
        if norm[t] in _I or norm[t] == ";" or (opens and norm[t] in _MINE):
            return
        context.flags[t] |= FAMILY
