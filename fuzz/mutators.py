"""Mutations that keep a container whole: what is inside changes, and it is packed again.

Without this a fuzzer would hardly ever get past the checksums of zip and gzip.
"""

from __future__ import annotations

import gzip
import io
import json
import random
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

import atheris

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["of"]

_XML = (
    b'<c r="XFD1048576"><v>1</v></c>',
    b'<c r="A1" t="s"><v>4294967296</v></c>',
    b'<c r="C2" t="e"><v>#REF!</v></c>',
    b'<c r="C2" t="d"><v>2026-02-30</v></c>',
    b'<c r="C2" t="b"><v>7</v></c>',
    b'<c r="C2"><f>WEBSERVICE("http://contoh.example")</f><v>1</v></c>',
    b'<c r="C2" t="inlineStr"><is><t>x</t></is></c>',
    b'<dimension ref="A1:XFD1048576"/>',
    b'<row r="1048576"/>',
    b'<row r="-1"/>',
    b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>',
    b"&b;",
    b"&#0;",
    b"<v>1e999</v>",
    b"<v>" + b"9" * 400 + b"</v>",
    b' t="n"',
    b' t="s"',
    b' s="99999"',
    b' state="veryHidden"',
    b' r:id="rId999"',
    b' Target="../../../etc/passwd"',
    b' Target="http://contoh.example/" TargetMode="External"',
    b'<mergeCell ref="A1:XFD1048576"/>',
)
_NAMES = (
    "../../evil.xml",
    "/etc/passwd",
    "xl/vbaProject.bin",
    "xl/worksheets/sheet1.xml",
    "a" * 300,
)


def of(reader: str) -> Callable[[bytes, int, int], bytes]:
    """Return the mutator of a reader, for ``atheris.Setup(custom_mutator=…)``."""
    if reader.endswith("xlsx"):
        return _in_zip
    if reader == "stream-gzip":
        return _in_gzip
    if reader in {"json", "tally", "checkpoint", "batches", "frame"}:
        return _in_json
    if reader == "stream-parquet":
        return _in_parquet
    return _anything


def _mutated(data: bytes, most: int) -> bytes:
    found: bytes = atheris.Mutate(data, most)
    return found


def _anything(data: bytes, most: int, seed: int) -> bytes:
    del seed
    return _mutated(data, most)


def _in_zip(data: bytes, most: int, seed: int) -> bytes:
    rng = random.Random(seed)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = [(part.filename, archive.read(part)) for part in archive.infolist()][:50]
    except Exception:  # noqa: BLE001 - it is no archive any more
        return _mutated(data, most)
    if not parts or rng.random() < 0.05:
        return _mutated(data, most)
    # Sheets and their texts say more than themes and styles.
    weights = [8 if "sheet" in name else 4 if "Strings" in name else 1 for name, _ in parts]
    at = rng.choices(range(len(parts)), weights)[0]
    name, content = parts[at]
    match rng.randrange(12):
        case 0:
            del parts[at]
        case 1:
            parts.append((name, content))
        case 2:
            parts[at] = (rng.choice(_NAMES), content)
        case 3:
            other = rng.choice(parts)
            parts[at] = (name, other[1])
        case 4 | 5 | 6 | 7:
            place = rng.randrange(len(content) + 1)
            after = content.find(b">", place) + 1
            place = after if after and rng.random() < 0.7 else place
            parts[at] = (name, content[:place] + rng.choice(_XML) + content[place:])
        case _:
            parts[at] = (name, _mutated(content, max(16, min(2 * len(content) + 64, most))))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        for part, content in parts:
            archive.writestr(zipfile.ZipInfo(part), content, zipfile.ZIP_DEFLATED)
    packed = out.getvalue()
    return packed if len(packed) <= most else data[:most]


def _in_gzip(data: bytes, most: int, seed: int) -> bytes:
    if seed % 20 == 0:
        return _mutated(data, most)
    try:
        content = gzip.decompress(data)
    except (OSError, EOFError, zlib.error):
        return _mutated(data, most)
    packed = gzip.compress(_mutated(content, 4 * most), 1, mtime=0)
    return packed if len(packed) <= most else data


_ODD: tuple[Any, ...] = (
    None,
    True,
    -1,
    0,
    2**63,
    -(2**63),
    10**40,
    1.5,
    1e308,
    float("nan"),
    float("inf"),
    "",
    "\ud800",
    "\0",
    "3",
    "x" * 600,
    [],
    {},
    [[]],
)


def _in_json(data: bytes, most: int, seed: int) -> bytes:
    rng = random.Random(seed)
    try:
        plain = json.loads(data)
    except (ValueError, RecursionError):
        return _mutated(data, most)
    if rng.random() < 0.3:
        return _mutated(data, most)
    for _ in range(rng.randint(1, 3)):
        plain = _changed(plain, rng)
    try:
        packed = json.dumps(plain).encode()
    except (ValueError, RecursionError):
        return data
    return packed if len(packed) <= most else data


def _changed(plain: object, rng: random.Random) -> object:
    """Return a tree with one thing in it changed, doubled or taken away."""
    if isinstance(plain, dict) and plain and rng.random() < 0.85:
        return _changed_table(plain, rng)
    if isinstance(plain, list) and plain and rng.random() < 0.85:
        return _changed_list(plain, rng)
    if isinstance(plain, str) and rng.random() < 0.5:
        mutated = _mutated(plain.encode("utf-8", "surrogatepass"), 200)
        return mutated.decode("utf-8", "replace")
    if isinstance(plain, int) and rng.random() < 0.5:
        return plain + rng.choice([-1, 1, 2**31, 2**62])
    return rng.choice(_ODD)


def _changed_table(plain: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    key = rng.choice(list(plain))
    match rng.randrange(8):
        case 0:
            return {name: value for name, value in plain.items() if name != key}
        case 1:
            return plain | {rng.choice(["", "x", "region", "level", "extends", "id"]): plain[key]}
        case 2:
            return plain | {key: rng.choice(list(plain.values()))}
        case _:
            return plain | {key: _changed(plain[key], rng)}


def _changed_list(plain: list[Any], rng: random.Random) -> list[Any]:
    at = rng.randrange(len(plain))
    match rng.randrange(8):
        case 0:
            return plain[:at] + plain[at + 1 :]
        case 1:
            return [*plain[:at], plain[at], *plain[at:]]
        case 2:
            return plain * rng.choice([0, 2, 3])
        case _:
            return [*plain[:at], _changed(plain[at], rng), *plain[at + 1 :]]


def _in_parquet(data: bytes, most: int, seed: int) -> bytes:
    """Change the table, not the file: the parser of Parquet is PyArrow's own to fuzz."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    rng = random.Random(seed)
    try:
        table = pq.read_table(io.BytesIO(data), use_threads=False)
        name = rng.choice(table.column_names)
        at = table.column_names.index(name)
        column = table.column(at)
        match rng.randrange(9):
            case 0:
                table = table.remove_column(at)
            case 1:
                table = table.append_column(name, column)
            case 2:
                kinds = (pa.int8(), pa.uint64(), pa.string(), pa.float64(), pa.large_string())
                table = table.set_column(at, name, column.cast(rng.choice(kinds)))
            case 3:
                table = table.set_column(at, name, column.dictionary_encode())
            case 4:
                table = table.rename_columns(
                    [
                        _mutated(n.encode(), 40).decode("utf-8", "replace") if n == name else n
                        for n in table.column_names
                    ]
                )
            case 5:
                table = pa.concat_tables([table] * rng.randint(0, 3) or [table.slice(0, 0)])
            case 6:
                values = column.to_pylist()
                values[rng.randrange(len(values))] = None
                table = table.set_column(at, name, pa.array(values, column.type))
            case _:
                values = column.to_pylist()
                old = values[rng.randrange(len(values))]
                new = (
                    _mutated(old.encode(), 600).decode("utf-8", "replace")
                    if isinstance(old, str)
                    else rng.choice([-1, 4, 127, 2**40, 0])
                )
                values[rng.randrange(len(values))] = new
                table = table.set_column(at, name, pa.array(values))
        out = io.BytesIO()
        pq.write_table(table, out, compression=rng.choice(["none", "snappy", "gzip"]))
    except Exception:  # noqa: BLE001 - a change that cannot be made is none
        return data
    packed = out.getvalue()
    return packed if len(packed) <= most else data
