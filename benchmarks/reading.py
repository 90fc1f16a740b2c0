"""What reading a note costs: per 1,000 words, against length, and on the worst text for every regular expression.

usage: reading.py [--full]   --full measures lengths up to 1 MB (some minutes); without it up to 100 kB.
"""

from __future__ import annotations

import gc
import math
import re
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from _patterns import expressions, text_of, worst
from ruamel.yaml import YAML

from spondyl.intake.note import Lexicon, read
from spondyl.intake.note.layout import layout
from spondyl.intake.note.squeeze import squeeze
from spondyl.intake.phrases import phrases

HOME = Path(__file__).resolve().parent.parent
LIMIT = 20.0
STEEP = 1.2
DAY = "2026-11-22"
LENGTHS = (12_500, 25_000, 50_000, 100_000)
FULL = (125_000, 250_000, 500_000, 1_000_000)
SHORT, LONG = 300, 1_200
READ = (10_000, 20_000, 40_000)
# Below this a slope is noise.
LEAST = 0.001


def notes() -> list[str]:
    """Realistic notes: the vignettes of the tests five to a note, the bundled note, the notes of the comparison."""
    yaml = YAML(typ="safe")
    short = [one["note"] for one in yaml.load(HOME / "tests" / "vignettes" / "vignettes.yaml")]
    grouped = ["\n".join(short[at : at + 5]) for at in range(0, len(short), 5)]
    compared = [one["text"] for one in yaml.load(HOME / "benchmarks" / "notes.yaml")["notes"]]
    bundled = (HOME / "src" / "spondyl" / "_examples" / "fluid_collection.txt").read_text(encoding="utf-8")
    return [*grouped, bundled, "\n".join(compared)]


def seconds(work: Callable[[], object], times: int) -> float:
    """Processor seconds, the least of several times: what else runs on the machine adds little to it."""
    taken = []
    for _ in range(times):
        began = time.process_time()
        work()
        taken.append(time.process_time() - began)
    return min(taken)


def slope(lengths: tuple[int, ...], taken: list[float]) -> float:
    """The exponent b of cost = a · length^b, by least squares on logarithms."""
    x, y = [math.log(one) for one in lengths], [math.log(max(one, 1e-9)) for one in taken]
    mean_x, mean_y = statistics.fmean(x), statistics.fmean(y)
    above = sum((one - mean_x) * (other - mean_y) for one, other in zip(x, y, strict=True))
    return above / sum((one - mean_x) ** 2 for one in x)


def repeated(piece: str) -> Callable[[int], str]:
    return lambda length: (piece * (length // len(piece) + 1))[:length]


def kinds(realistic: list[str]) -> dict[str, Callable[[int], str]]:
    whole = "\n\n".join(realistic)
    return {
        "realistic notes": repeated(f"{whole}\n\n"),
        "one sentence": repeated("Low back pain 6/10 since the L4-L5 fusion in 2024, denies fever.\n"),
        "one long line": repeated("pain in the left leg and no weakness "),
        "negations": repeated("no fever, "),
        "digits": repeated("0123456789 "),
        "brackets": repeated("(["),
        "grades": repeated("5/5 "),
        "levels": repeated("L4-L5 "),
        "doses": repeated("oxycodone 5 mg q6h, "),
        "table rows": repeated("| Fever | No |\n"),
    }


def cost(lexicon: Lexicon, text: str, times: int) -> float:
    return seconds(lambda: read(text, "n", lexicon, DAY), times)


def per_thousand(lexicon: Lexicon, realistic: list[str]) -> bool:
    words = [len(text.split()) for text in realistic]
    taken = [cost(lexicon, text, 5) for text in realistic]
    each = [1e6 * one / number for one, number in zip(taken, words, strict=True)]
    whole = 1e6 * sum(taken) / sum(words)
    said = "holds" if whole <= LIMIT else "MISSED"
    print(f"{len(realistic)} notes of {min(words)} to {max(words)} words")
    print(f"  {whole:.1f} ms per 1,000 words, limit {LIMIT:.0f} ms: {said}")
    print(f"  median note {statistics.median(each):.1f}, slowest {max(each):.1f} ms per 1,000 words")
    return whole <= LIMIT


def by_length(lexicon: Lexicon, realistic: list[str], lengths: tuple[int, ...]) -> bool:
    print(
        "seconds by length in characters".ljust(33) + "".join(f"{length:>11,}" for length in lengths) + "    exponent"
    )
    good = True
    for name, make in kinds(realistic).items():
        taken = [cost(lexicon, make(length), 1 if length > 200_000 else 2) for length in lengths]
        found = slope(lengths, taken)
        good &= found <= STEEP
        shown = "".join(f"{one:11.3f}" for one in taken)
        print(f"  {name:<31}{shown}    {found:5.2f}{'  STEEP' if found > STEEP else ''}", flush=True)
    return good


def by_expression(lexicon: Lexicon) -> bool:
    """Every expression on its worst text, as it reaches the reader: layout made plain, blanks squeezed.

    Most are tried at one place only; here they search everywhere. Where that is steep, the whole reader is measured.
    """
    steep = []
    tried = 0
    held = expressions()
    for name, pattern in held:
        for piece in worst(pattern):
            tried += 1
            if _search(pattern, text_of(piece, LONG), 1) < LEAST:
                continue
            taken = [_search(pattern, text_of(piece, length), 2) for length in (SHORT, LONG)]
            if taken[1] > LEAST and slope((SHORT, LONG), taken) > 1.5:
                steep.append((name, piece))
    print(f"{len(held)} regular expressions on {tried} texts made to be their worst: {len(steep)} steep by themselves")
    good = True
    for piece in sorted({piece for _, piece in steep}):
        taken = [cost(lexicon, text_of(piece, length), 3) for length in READ]
        found = slope(READ, taken)
        good &= found <= STEEP
        names = ", ".join(sorted({name for name, other in steep if other == piece})[:4])
        shown = f"{1000 * taken[-1]:.0f} ms for {READ[-1]:,} characters, exponent {found:.2f}"
        print(f"  {'STEEP' if found > STEEP else 'ok   '} read() on {piece[:24]!r} ({names}): {shown}", flush=True)
    return good


def _search(pattern: re.Pattern[str], text: str, times: int) -> float:
    plain = squeeze(layout(text)).text
    return seconds(lambda: pattern.findall(plain), times)


def main(arguments: list[str]) -> int:
    gc.disable()  # as the program runs
    lexicon = phrases()
    realistic = notes()
    read(realistic[0], "n", lexicon, DAY)
    good = [
        per_thousand(lexicon, realistic),
        by_length(lexicon, realistic, FULL if "--full" in arguments else LENGTHS),
        by_expression(lexicon),
    ]
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
