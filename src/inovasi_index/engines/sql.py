"""An edition as SQL: tables for answers, and views with maturity, index and what is wrong.

All sums are whole hundredths of a point in 64 bits, so a database gives the same hundredth
as the library for up to 10¹⁰ innovations a region.
"""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from attrs import field, frozen

from inovasi_index.engines.terms import Terms
from inovasi_index.errors import BadValueError, UnknownNameError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from attrs import Attribute

    from inovasi_index.rules import Edition

__all__ = ["Dialect", "Tables", "sql_tables", "sql_view"]

# PostgreSQL cuts longer names off without a word; MySQL takes 64 characters.
_LONGEST_NAME = 63


class Dialect(StrEnum):
    """The databases that SQL is written for."""

    POSTGRESQL = "postgresql"
    SQLITE = "sqlite"
    DUCKDB = "duckdb"
    MYSQL = "mysql"


def _check_name(name: object, what: str) -> None:
    fits = isinstance(name, str) and 0 < len(name.encode(errors="replace")) <= _LONGEST_NAME
    if not fits or not str(name).isprintable() or str(name) != str(name).strip():
        raise BadValueError(
            f"{what} is {name!r}; a name of 1 to {_LONGEST_NAME} bytes is needed, of printable "
            "characters, without spaces around it"
        )


def _is_a_name(_: Tables, what: Attribute[str], name: object) -> None:
    _check_name(name, what.name)


@frozen(kw_only=True)
class Tables:
    """Names of the tables (or views) that hold the data.

    Attributes
    ----------
    answers : str
        One row an answer: ``region``, ``innovation``, ``indicator``, ``level``.
    innovations : str
        One row an innovation: ``region``, ``innovation``, ``affair``.
    regions : str
        One row a region: ``region``, ``region_hundredths``.
    """

    answers: str = field(default="answers", validator=_is_a_name)
    innovations: str = field(default="innovations", validator=_is_a_name)
    regions: str = field(default="region_points", validator=_is_a_name)

    def __attrs_post_init__(self) -> None:
        names = [self.answers, self.innovations, self.regions]
        if len({name.casefold() for name in names}) < len(names):
            raise BadValueError(f"three tables are needed; {', '.join(names)} name fewer")


@frozen
class _Writer:
    """Writes the pieces in which databases differ."""

    dialect: Dialect

    def name(self, name: str) -> str:
        quote = "`" if self.dialect is Dialect.MYSQL else '"'
        return f"{quote}{name.replace(quote, quote * 2)}{quote}"

    def text(self, text: str) -> str:
        if not text.isprintable() or "\\" in text:
            # Whether a backslash escapes depends on settings of the server.
            raise BadValueError(f"{text!r} cannot be written in SQL that holds everywhere")
        return "'" + text.replace("'", "''") + "'"

    def texts(self, texts: Iterable[str]) -> str:
        # An empty list is no SQL; nothing equals NULL.
        return f"({', '.join(map(self.text, texts)) or 'NULL'})"

    def whole(self, expression: str) -> str:
        """Return an expression as a number of 64 bits: sums are wider in some databases."""
        kind = "SIGNED" if self.dialect is Dialect.MYSQL else "BIGINT"
        return f"CAST({expression} AS {kind})"

    def quotient(self, above: str, below: str) -> str:
        """Return a whole quotient, rounded down, of what is not negative."""
        sign = {Dialect.MYSQL: "DIV", Dialect.DUCKDB: "//"}.get(self.dialect, "/")
        return f"({above}) {sign} ({below})"

    def case(self, pairs: Iterable[tuple[str, object]]) -> str:
        return " ".join(f"WHEN {when} THEN {then}" for when, then in pairs)

    @property
    def code(self) -> str:
        """The type of a code or a key; compared byte by byte."""
        return {
            Dialect.MYSQL: "VARCHAR(100) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
            Dialect.POSTGRESQL: 'TEXT COLLATE "C"',
        }.get(self.dialect, "TEXT")


def _dialect(dialect: Dialect | str) -> _Writer:
    try:
        return _Writer(Dialect(dialect))
    except ValueError:
        raise UnknownNameError.of("dialect", dialect, [d.value for d in Dialect]) from None


def sql_tables(edition: Edition, dialect: Dialect | str, *, tables: Tables | None = None) -> str:
    """Return the SQL that makes the tables, so that they refuse what the library refuses.

    Parameters
    ----------
    edition : Edition
    dialect : Dialect or str
        ``"postgresql"``, ``"sqlite"``, ``"duckdb"`` or ``"mysql"``.
    tables : Tables, optional
        Names of the tables.

    Returns
    -------
    str
        Three ``CREATE TABLE`` statements, in the order in which they depend on each other.

    Raises
    ------
    UnknownNameError
        For another dialect.
    IncompleteEditionError
        When the edition lacks a weight or a constant of the formula.

    Examples
    --------
    >>> import sqlite3, inovasi_index as ii
    >>> database = sqlite3.connect(":memory:")
    >>> _ = database.executescript(sql_tables(ii.load_edition("iid-2026"), "sqlite"))
    >>> database.execute("INSERT INTO region_points VALUES ('', 5025)")
    Traceback (most recent call last):
    sqlite3.IntegrityError: CHECK constraint failed: region <> ''
    >>> database.close()
    """
    w, terms, at = _dialect(dialect), Terms.of(edition), tables or Tables()
    most = terms.region_most
    points = "region_hundredths " + (">= 0" if most is None else f"BETWEEN 0 AND {most}")
    points += " AND region_hundredths = ROUND(region_hundredths)"  # any number fits in SQLite
    regions, innovations, answers = map(w.name, (at.regions, at.innovations, at.answers))
    return f"""\
CREATE TABLE {regions} (
  region {w.code} NOT NULL CHECK (region <> ''),
  region_hundredths BIGINT CHECK ({points}),
  PRIMARY KEY (region)
);
CREATE TABLE {innovations} (
  region {w.code} NOT NULL,
  innovation {w.code} NOT NULL,
  affair {w.code} CHECK (affair IN {w.texts(terms.affairs)}),
  PRIMARY KEY (region, innovation),
  FOREIGN KEY (region) REFERENCES {regions} (region)
);
CREATE TABLE {answers} (
  region {w.code} NOT NULL,
  innovation {w.code} NOT NULL,
  indicator {w.code} NOT NULL,
  level SMALLINT NOT NULL,
  PRIMARY KEY (region, innovation, indicator),
  FOREIGN KEY (region, innovation) REFERENCES {innovations} (region, innovation),
  CHECK ({_known_answer(w, terms)})
);
"""


def sql_view(
    edition: Edition,
    dialect: Dialect | str,
    *,
    tables: Tables | None = None,
    prefix: str | None = None,
) -> str:
    """Return the SQL that makes the views of an edition.

    Three views, with whole hundredths of a point:

    ``…_maturity``
        ``region``, ``innovation``, ``affair``, ``maturity_hundredths`` of each innovation.
    ``…_index``
        ``region``, ``region_hundredths``, ``innovations``, ``divisor``,
        ``maturity_sum_hundredths``, ``basic_affairs``, ``count_hundredths``,
        ``index_hundredths`` and ``band`` of each region.
    ``…_faults``
        ``fault``, ``region``, ``innovation``, ``indicator``: what the library would refuse.

    A number that a faulty row would decide is ``NULL``, so it cannot be wrong in silence. A
    band is ``NULL`` where the edition lacks the bound that decides.

    Parameters
    ----------
    edition : Edition
    dialect : Dialect or str
        ``"postgresql"``, ``"sqlite"``, ``"duckdb"`` or ``"mysql"`` (8.0 or later, and MariaDB).
    tables : Tables, optional
        Names of the tables; see `sql_tables` for their columns.
    prefix : str, optional
        What the names of the views begin with; ``"iid_2026"`` for the edition iid-2026.

    Returns
    -------
    str
        ``DROP VIEW IF EXISTS`` and ``CREATE VIEW`` statements.

    Raises
    ------
    UnknownNameError
        For another dialect.
    BadValueError
        When a prefix is no name, or a text of the edition cannot be written safely.
    IncompleteEditionError
        When the edition lacks a weight or a constant of the formula.

    Examples
    --------
    >>> import sqlite3, inovasi_index as ii
    >>> edition = ii.load_edition("iid-2026")
    >>> database = sqlite3.connect(":memory:")
    >>> _ = database.executescript(sql_tables(edition, "sqlite") + sql_view(edition, "sqlite"))
    >>> _ = database.execute("INSERT INTO region_points VALUES ('63.71', 5000)")
    >>> database.execute("SELECT region, index_hundredths, band FROM iid_2026_index").fetchall()
    [('63.71', 2000, 'Kurang Inovatif')]
    >>> database.close()
    """
    w, terms, at = _dialect(dialect), Terms.of(edition), tables or Tables()
    start = edition.id.replace("-", "_") if prefix is None else prefix
    names = {what: f"{start}_{what}" for what in ("maturity", "index", "faults")}
    for name in names.values():
        _check_name(name, "the name of a view")
    views = {what: w.name(name) for what, name in names.items()}
    drops = "".join(f"DROP VIEW IF EXISTS {v};\n" for v in reversed([*views.values()]))
    return (
        drops
        + f"CREATE VIEW {views['maturity']} AS\n{_maturity(w, terms, at)};\n"
        + f"CREATE VIEW {views['index']} AS\n{_index(w, terms, at, views['maturity'])};\n"
        + f"CREATE VIEW {views['faults']} AS\n{_faults(w, terms, at)};\n"
    )


def _known_answer(w: _Writer, terms: Terms, at: str = "") -> str:
    """Return a condition that holds for an answer (``at`` its table) that the edition knows.

    The levels are listed, so that no fraction lies between two of them, and no text either.
    """
    tops: dict[int, list[str]] = {}
    for key, _, top in terms.rows:
        tops.setdefault(top, []).append(key)
    return " OR ".join(
        f"({at}indicator IN {w.texts(keys)} AND {at}level IN ({_up_to(top)}))"
        for top, keys in tops.items()
    )


def _up_to(top: int) -> str:
    return ", ".join(map(str, range(top + 1)))


def _maturity(w: _Writer, terms: Terms, at: Tables) -> str:
    weights = w.case((w.text(key), weight) for key, weight, _ in terms.rows)
    answers, innovations = w.name(at.answers), w.name(at.innovations)
    # An innovation without answers has maturity 0: its outer join finds no row. Answers are
    # counted once each, so that neither a strange nor a repeated one passes.
    return f"""\
SELECT i.region, i.innovation, i.affair,
  CASE WHEN i.times > 1 OR i.innovation IS NULL THEN NULL
       WHEN s.innovation IS NULL THEN 0
       WHEN s.answers = s.known THEN s.hundredths
  END AS maturity_hundredths
FROM (
  SELECT region, innovation, MAX(affair) AS affair, COUNT(*) AS times
  FROM {innovations} GROUP BY region, innovation
) AS i
LEFT JOIN (
  SELECT a.region, a.innovation, COUNT(*) AS answers,
    COUNT(DISTINCT CASE WHEN {_known_answer(w, terms, "a.")} THEN a.indicator END) AS known,
    {w.whole(f"SUM(CASE a.indicator {weights} END * a.level)")} AS hundredths
  FROM {answers} AS a
  GROUP BY a.region, a.innovation
) AS s ON s.region = i.region AND s.innovation = i.innovation"""  # noqa: S608 - all is quoted


def _index(w: _Writer, terms: Terms, at: Tables, maturity: str) -> str:
    before, after = terms.half_up
    total = terms.total_hundredths
    basic = w.texts(terms.basic_affairs)
    rounded = w.quotient(
        f"((region_hundredths + count_hundredths) * divisor + maturity_sum_hundredths) * {before}"
        f" + {total} * divisor",
        f"{2 * total} * divisor",
    )
    bands = w.case((f"index_hundredths >= {low}", w.text(name)) for low, name in terms.bands)
    band = f"CASE {bands} END" if bands else "CAST(NULL AS CHAR(1))"
    regions, innovations = w.name(at.regions), w.name(at.innovations)
    everything = w.texts(terms.affairs)
    most = (
        "" if terms.region_most is None else f" AND MAX(region_hundredths) <= {terms.region_most}"
    )
    # A region that is in one table only stands here too, so that none is lost in silence.
    return f"""\
SELECT c.*, {band} AS band
FROM (
  SELECT b.*, {w.whole(f"{rounded} * {after}")} AS index_hundredths
  FROM (
    SELECT p.region, p.region_hundredths, p.innovations,
      {w.whole(_larger("p.innovations", terms.minimum_divisor))} AS divisor,
      p.maturity_sum_hundredths, p.basic_affairs,
      CASE WHEN p.unknown_affairs > 0 THEN NULL
           WHEN p.basic_affairs >= {terms.needed}
           THEN {w.whole(_smaller("p.innovations", terms.count_cap))} * {terms.points_hundredths}
           ELSE 0
      END AS count_hundredths
    FROM (
      SELECT r.region, {w.whole("MAX(g.region_hundredths)")} AS region_hundredths,
        COUNT(m.region) AS innovations,
        CASE WHEN COUNT(m.region) = COUNT(m.maturity_hundredths)
             THEN {w.whole("COALESCE(SUM(m.maturity_hundredths), 0)")}
        END AS maturity_sum_hundredths,
        COUNT(DISTINCT CASE WHEN m.affair IN {basic} THEN m.affair END) AS basic_affairs,
        COUNT(CASE WHEN m.affair NOT IN {everything} THEN 1 END) AS unknown_affairs
      FROM (
        SELECT region FROM {regions} UNION SELECT region FROM {innovations}
      ) AS r
      LEFT JOIN (
        SELECT region, MAX(region_hundredths) AS region_hundredths
        FROM {regions} GROUP BY region
        HAVING COUNT(*) = 1 AND region <> '' AND MIN(region_hundredths) >= 0{most}
          AND MIN(region_hundredths) = MIN(ROUND(region_hundredths))
      ) AS g ON g.region = r.region
      LEFT JOIN {maturity} AS m ON m.region = r.region
      GROUP BY r.region
    ) AS p
  ) AS b
) AS c"""  # noqa: S608 - all is quoted


def _larger(expression: str, number: int) -> str:
    # Two-valued maxima have another name in each database.
    return f"CASE WHEN {expression} > {number} THEN {expression} ELSE {number} END"


def _smaller(expression: str, number: int) -> str:
    return f"CASE WHEN {expression} < {number} THEN {expression} ELSE {number} END"


def _faults(w: _Writer, terms: Terms, at: Tables) -> str:
    answers, innovations, regions = map(w.name, (at.answers, at.innovations, at.regions))
    keys = w.texts(key for key, _, _ in terms.rows)
    nothing = "CAST(NULL AS CHAR(1))"
    most = "" if terms.region_most is None else f" OR region_hundredths > {terms.region_most}"
    return f"""\
SELECT 'unknown-indicator' AS fault, a.region, a.innovation, a.indicator
FROM {answers} AS a WHERE a.indicator IS NULL OR a.indicator NOT IN {keys}
UNION ALL
SELECT 'level-out-of-range', a.region, a.innovation, a.indicator
FROM {answers} AS a
WHERE a.indicator IN {keys} AND (a.level IS NULL OR NOT ({_known_answer(w, terms, "a.")}))
UNION ALL
SELECT 'repeated-answer', a.region, a.innovation, a.indicator
FROM {answers} AS a GROUP BY a.region, a.innovation, a.indicator HAVING COUNT(*) > 1
UNION ALL
SELECT 'unknown-innovation', a.region, a.innovation, a.indicator
FROM {answers} AS a
LEFT JOIN {innovations} AS i ON i.region = a.region AND i.innovation = a.innovation
WHERE i.innovation IS NULL
UNION ALL
SELECT 'missing-innovation', i.region, i.innovation, {nothing}
FROM {innovations} AS i WHERE i.innovation IS NULL
UNION ALL
SELECT 'repeated-innovation', i.region, i.innovation, {nothing}
FROM {innovations} AS i GROUP BY i.region, i.innovation HAVING COUNT(*) > 1
UNION ALL
SELECT 'unknown-affair', i.region, i.innovation, {nothing}
FROM {innovations} AS i WHERE i.affair NOT IN {w.texts(terms.affairs)}
UNION ALL
SELECT 'missing-region', i.region, i.innovation, {nothing}
FROM {innovations} AS i WHERE i.region IS NULL OR i.region = ''
UNION ALL
SELECT 'missing-region', region, {nothing}, {nothing}
FROM {regions} WHERE region IS NULL OR region = ''
UNION ALL
SELECT 'missing-region-points', r.region, {nothing}, {nothing}
FROM (SELECT region FROM {innovations} UNION SELECT region FROM {regions}) AS r
LEFT JOIN {regions} AS g ON g.region = r.region WHERE g.region_hundredths IS NULL
UNION ALL
SELECT 'region-points-out-of-range', region, {nothing}, {nothing}
FROM {regions}
WHERE region_hundredths < 0{most} OR region_hundredths <> ROUND(region_hundredths)
UNION ALL
SELECT 'repeated-region', region, {nothing}, {nothing}
FROM {regions} GROUP BY region HAVING COUNT(*) > 1"""  # noqa: S608 - all is quoted
