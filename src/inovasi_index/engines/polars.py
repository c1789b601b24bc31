"""An edition as expressions of Polars, lazy or not."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from attrs import frozen

from inovasi_index.engines.terms import Terms
from inovasi_index.errors import MissingExtraError

if TYPE_CHECKING:
    import polars as pl
    from polars import Expr

    from inovasi_index.rules import Edition

__all__ = ["PolarsExpressions", "polars_expressions"]


@frozen(eq=False)
class PolarsExpressions:
    """Expressions over a frame of one row an innovation, one column an indicator.

    Attributes
    ----------
    maturity : polars.Expr
        ``maturity_hundredths`` of an innovation, Int64; null where a level is missing, out of
        range or no whole number.
    aggregates : tuple of polars.Expr
        For ``group_by("region").agg(…)`` over a column ``affair`` of keys:
        ``innovations``, ``divisor``, ``maturity_sum_hundredths``, ``basic_affairs``,
        ``count_hundredths``, Int64; null where a maturity is, or an affair is unknown to the
        edition (a missing affair is not).
    index : polars.Expr
        ``index_hundredths`` of a region, from the aggregates and a column
        ``region_hundredths`` of whole hundredths; null where these cannot be.
    band : polars.Expr
        ``band`` from ``index_hundredths``; null where the bound that decides is not known.
    """

    maturity: pl.Expr
    aggregates: tuple[pl.Expr, ...]
    index: pl.Expr
    band: pl.Expr


def polars_expressions(edition: Edition) -> PolarsExpressions:
    """Return the expressions of an edition.

    Parameters
    ----------
    edition : Edition

    Returns
    -------
    PolarsExpressions

    Raises
    ------
    MissingExtraError
        When Polars is not installed.
    IncompleteEditionError
        When the edition lacks a weight or a constant of the formula.

    Examples
    --------
    >>> import polars as pl, inovasi_index as ii
    >>> edition = ii.load_edition("iid-2026")
    >>> e = polars_expressions(edition)
    >>> levels = {row.key: [3] * 12 for row in edition.innovation_indicators}
    >>> frame = pl.DataFrame({"region": ["63.71"] * 12, "affair": ["health"] * 12} | levels)
    >>> points = pl.DataFrame({"region": ["63.71"], "region_hundredths": [5000]})
    >>> sums = frame.group_by("region").agg(*e.aggregates).join(points, on="region")
    >>> sums.with_columns(e.index).with_columns(e.band).select("index_hundredths", "band").row(0)
    (6440, 'Inovatif')
    """
    try:
        import polars as pl
    except ImportError:
        raise MissingExtraError.of("expressions of Polars", "polars") from None
    terms = Terms.of(edition)
    maturity = _maturity(pl, terms).alias("maturity_hundredths")
    n = pl.len().cast(pl.Int64)
    affair = pl.col("affair").cast(pl.String)
    blank = affair.is_null() | (affair == "")
    strange = (~blank & ~affair.is_in(list(terms.affairs))).any()
    basic = affair.filter(affair.is_in(list(terms.basic_affairs))).n_unique().cast(pl.Int64)
    count = pl.min_horizontal(n, pl.lit(terms.count_cap, pl.Int64)) * terms.points_hundredths
    enough = pl.when(basic >= terms.needed).then(count).otherwise(pl.lit(0, pl.Int64))
    aggregates = (
        n.alias("innovations"),
        pl.max_horizontal(n, pl.lit(terms.minimum_divisor, pl.Int64)).alias("divisor"),
        pl.when(~maturity.is_null().any()).then(maturity.sum()).alias("maturity_sum_hundredths"),
        basic.alias("basic_affairs"),
        pl.when(~strange).then(enough).alias("count_hundredths"),
    )
    before, after = terms.half_up
    given = pl.col("region_hundredths")
    whole = given.cast(pl.Int64, strict=False)
    sound = (whole >= 0) & (whole == given)
    if terms.region_most is not None:
        sound &= whole <= terms.region_most
    points = pl.when(sound).then(whole) + pl.col("count_hundredths")
    divisor = pl.col("divisor")
    above = (points * divisor + pl.col("maturity_sum_hundredths")) * before
    below = 2 * terms.total_hundredths * divisor
    index = (above + terms.total_hundredths * divisor) // below * after
    band: pl.Expr = pl.lit(None, pl.String)
    for low, name in reversed(terms.bands):
        band = pl.when(pl.col("index_hundredths") >= low).then(pl.lit(name)).otherwise(band)
    return PolarsExpressions(
        maturity=maturity,
        aggregates=aggregates,
        index=index.alias("index_hundredths"),
        band=band.alias("band"),
    )


def _maturity(pl: Any, terms: Terms) -> Expr:
    """Return the weighted sum of the levels; null spreads from a bad one."""

    def part(key: str, weight: int, top: int) -> Expr:
        # What a byte cannot hold is no level; summed as 64 bits.
        level = pl.col(key).cast(pl.UInt8, strict=False)
        sound = (level <= top) & (level == pl.col(key))
        found: Expr = pl.when(sound).then(level.cast(pl.Int64) * weight)
        return found

    parts = [part(*row) for row in terms.rows]
    total: Expr = pl.sum_horizontal(parts, ignore_nulls=False)
    return total
