"""Open the report in a real browser: on a screen, on a phone and on paper, in both languages.

    python tests/browser/check_report.py [FOLDER]

Needs Chromium, and pdftoppm of poppler to make pictures of the pages (without it the PDF is
left as it is). Checks that nothing sticks out on a narrow screen, that the browser refuses
nothing, runs nothing and reports nothing, and that the paper is A4; leaves screenshots and
pages in FOLDER to be looked at.
"""

# ruff: noqa: T201 - a command that tells what it finds

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import attrs

import inovasi_index as ii
from inovasi_index.reporting import html_report

ROOT = Path(__file__).resolve().parents[2]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome")
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--enable-logging=stderr",
)
WIDTHS = (320, 390, 1000)
HOSTILE = (
    "<script>document.body.textContent = 'run'</script>",
    '"><img src=x onerror="document.body.textContent = 1">',
    "</bdi></td></tr></table><h1>besar</h1>",
    "W" * 400,
    "\u202emembalik",
    "مدينة الابتكار",
    "Inovasi " * 40,
)
# Measures the report inside a frame of each width, where scripts of ours may run.
MEASURE = """<!doctype html><body><script>
const page = {page}, found = {{}};
for (const width of {widths}) {{
  const frame = document.createElement("iframe");
  frame.style.cssText = `width:${{width}}px;height:800px;border:0`;
  frame.onload = () => {{
    const root = frame.contentDocument.documentElement;
    found[width] = [root.scrollWidth, frame.contentDocument.querySelectorAll("table").length,
      getComputedStyle(frame.contentDocument.querySelector("h2")).color];
    document.title = JSON.stringify(found);
  }};
  frame.srcdoc = page;
  document.body.append(frame);
}}
</script></body>"""


def browse(browser: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    with tempfile.TemporaryDirectory() as profile:
        command = [browser, *ARGUMENTS, f"--user-data-dir={profile}", *arguments]
        return subprocess.run(
            command, check=True, capture_output=True, text=True, timeout=120, encoding="utf-8"
        )


def complaints(log: str) -> list[str]:
    """Return what the page made the browser say: refusals of its policy, errors, messages."""
    return [line for line in log.splitlines() if "CONSOLE" in line]


def measured(browser: str, page: str, folder: Path) -> dict[str, list[object]]:
    text = json.dumps(page).replace("</", "<\\/").replace("<!--", "<\\!--")
    probe = folder / "probe.html"
    probe.write_text(MEASURE.format(page=text, widths=list(WIDTHS)), encoding="utf-8")
    seen = browse(browser, "--virtual-time-budget=10000", "--dump-dom", probe.as_uri())
    probe.unlink()
    title = re.search(r"<title>(.*?)</title>", seen.stdout)
    assert title, "the browser measured nothing"
    found: dict[str, list[object]] = json.loads(html.unescape(title[1]))
    return found


def check(browser: str, name: str, page: str, folder: Path) -> None:
    path = folder / f"{name}.html"
    path.write_text(page, encoding="utf-8")
    for width, (across, tables, colour) in measured(browser, page, folder).items():
        assert isinstance(across, int), across
        assert across <= int(width), f"{name}: {across} px at a width of {width} px"
        assert tables == page.count("<table"), f"{name}: a table is lost"
        assert colour == "rgb(11, 94, 125)", f"{name}: the style was refused"
    for size in ("1000,12000", "390,16000"):
        shot = folder / f"{name}-{size.partition(',')[0]}.png"
        window = f"--window-size={size}"
        seen = browse(browser, window, f"--screenshot={shot}", path.as_uri())
        assert not complaints(seen.stderr), complaints(seen.stderr)
    pdf = folder / f"{name}.pdf"
    browse(browser, "--no-pdf-header-footer", f"--print-to-pdf={pdf}", path.as_uri())
    boxes = set(re.findall(rb"/MediaBox \[([^\]]*)\]", pdf.read_bytes()))
    sizes = {tuple(round(float(x)) for x in box.split()[2:]) for box in boxes}
    assert sizes == {(595, 842)}, f"{name}: pages of {sizes} points, not A4"
    if shutil.which("pdftoppm"):
        pages = ["pdftoppm", "-r", "70", "-png", str(pdf), str(folder / f"{name}-page")]
        subprocess.run(pages, check=True)
    print(f"{name}: fits {', '.join(map(str, WIDTHS))} px and A4; nothing refused")


def main() -> int:
    browser = next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None:
        print(f"no browser found; looked for {', '.join(BROWSERS)}", file=sys.stderr)
        return 2
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else tempfile.mkdtemp(prefix="report-"))
    folder.mkdir(parents=True, exist_ok=True)
    city = ii.read_submission(ROOT / "examples" / "kota-contoh.toml")
    for language in ("id", "en"):
        for basis in (ii.Basis.DOCUMENTED, ii.Basis.VERIFIED):
            page = html_report(city, "iid-2026", language=language, basis=basis)
            check(browser, f"{language}-{basis}", page, folder)
    names = [HOSTILE[n % len(HOSTILE)] for n in range(len(city.innovations))]
    hostile = attrs.evolve(
        city,
        region=attrs.evolve(city.region, name="".join(HOSTILE[:4])),
        agencies=[attrs.evolve(a, name=n) for a, n in zip(city.agencies, names, strict=False)],
        innovations=[attrs.evolve(i, name=n) for i, n in zip(city.innovations, names, strict=True)],
    )
    check(browser, "hostile", html_report(hostile, "iid-2026", language="id"), folder)
    print(f"look at the pictures in {folder}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
