"""In short: the three scores on the bands, and what lies between them."""

from __future__ import annotations

from fractions import Fraction
from typing import TYPE_CHECKING

from inovasi_index.records import Basis
from inovasi_index.reporting.colours import band_tint
from inovasi_index.reporting.report.charts import chip, scale_axis, scale_row
from inovasi_index.reporting.report.elements import Child, element, joined, own_words
from inovasi_index.reporting.report.voice import official

if TYPE_CHECKING:
    from collections.abc import Iterator

    from inovasi_index.markup import Markup
    from inovasi_index.reporting.report.findings import Findings
    from inovasi_index.reporting.report.voice import Voice
    from inovasi_index.scoring import RegionScore

__all__ = ["summary"]


def summary(found: Findings, voice: Voice) -> Iterator[Child]:
    """Yield the blocks of the section."""
    one = found.score
    basis = voice.word(f"report.{found.basis}")
    yield element(
        "div",
        element("p", voice.say("index_of", basis=basis.lower()), class_="what"),
        element(
            "p",
            element("strong", voice.number(one.index)),
            " ",
            element("span", voice.say("out_of"), class_="of"),
            class_="index",
        ),
        element("p", official(voice.band(one)), class_="band"),
        class_="score",
    )
    yield _scale(found, voice)
    yield element("ul", *(element("li", said) for said in _sentences(found, voice)))
    yield _facts(found, voice)


def _scale(found: Findings, voice: Voice) -> Markup:
    edition, bands = found.edition, found.edition.bands
    rows = []
    for basis, one in found.scores.items():
        name = voice.word(f"report.{basis}")
        shown = voice.number(one.index)
        label = voice.say("scale.read", basis=name, index=shown, band=voice.band(one))
        rows.append(
            element(
                "div",
                element(
                    "p",
                    element("b" if basis is found.basis else "span", name),
                    " – ",
                    voice.say(f"about.{basis}"),
                ),
                scale_row(edition, one.index, shown=shown, label=label),
                class_="row",
            )
        )
    edges = ["" if (at := band.lower_hundredths) is None else _bound(at, voice) for band in bands]
    return element(
        "figure",
        *rows,
        scale_axis(edition, write=edges),
        element("figcaption", voice.say("scale.caption"), ". ", _ladder(found, voice)),
    )


def _bound(hundredths: int | None, voice: Voice) -> str:
    return "?" if hundredths is None else voice.short(Fraction(hundredths, 100))


def _ladder(found: Findings, voice: Voice) -> Markup:
    """Write the bands with their bounds, the highest first."""
    edition = found.edition
    n = len(edition.bands)
    said = []
    for place, band in reversed(list(enumerate(edition.bands))):
        lower, upper = (_bound(x, voice) for x in (band.lower_hundredths, band.upper_hundredths))
        stretch = lower if lower == upper != "?" else f"{lower}–{upper}"
        said.append(
            element("span", chip(band_tint(place, n)), " ", official(band.name), f" {stretch}")
        )
    return element("span", joined(said, " "), class_="legend")


def _sentences(found: Findings, voice: Voice) -> Iterator[Markup]:
    claimed, documented, verified = (found.scores[basis] for basis in Basis)

    def shown(one: RegionScore) -> Markup:
        index = element("b", voice.number(one.index))
        return joined([index, " (", official(voice.band(one)), ")"])

    yield voice.say(
        "summary.bases",
        region=own_words(found.submission.region.name),
        claimed=shown(claimed),
        documented=shown(documented),
        verified=shown(verified),
    )
    for kind, before, after in (
        ("papers", claimed, documented),
        ("verification", documented, verified),
    ):
        lost = before.exact - after.exact
        key = f"summary.{kind}" if lost else f"summary.no_{kind}"
        yield voice.say(key, lost=element("b", voice.number(lost)))
    way = found.distance
    if way is None:
        return
    if way.reached:
        yield voice.say("summary.highest")
    else:
        name = way.target.band.name if way.target.band else ""
        yield voice.say(
            "summary.distance",
            missing=element("b", voice.number(way.missing)),
            band=official(name),
            target=voice.number(way.target.index),
        )


def _facts(found: Findings, voice: Voice) -> Markup:
    edition, submission = found.edition, found.submission
    basic, covered = len(edition.basic_affairs), found.score.basic_affairs
    facts = [
        (len(submission.innovations), voice.say("fact.innovations")),
        (len(found.ineligible), voice.say("fact.ineligible")),
        (len(found.agencies), voice.say("fact.agencies", agencies=len(submission.agencies))),
    ]
    if basic:
        facts.append((covered, voice.say("fact.affairs", basic=basic)))
    return element(
        "ul",
        *(element("li", element("b", str(n)), " ", said) for n, said in facts),
        class_="facts",
    )
