"""Runs the tests against changed modules, each change in a forked child.

The warm way: pytest has collected the tests once; a child swaps the code of the changed
function in place and runs the tests that reach its lines, the fastest first, up to the first
that fails. The cold way, for what is run at import: pytest and all packages but ours are
imported; a child imports our package with the changed module and runs the tests of its lines.
"""

from __future__ import annotations

import ast
import functools
import gc
import importlib.abc
import importlib.util
import os
import pickle
import resource
import signal
import sys
import time
from collections import defaultdict
from contextlib import suppress
from pathlib import Path
from types import CodeType, FunctionType
from typing import TYPE_CHECKING, Any

import coverage
import pytest
from attrs import define, field, frozen
from hypothesis import Phase, settings
from mutation.changes import Change, changes

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from types import ModuleType

__all__ = ["Limits", "Mutant", "Outcome", "mutants_of", "run"]

SOURCE = Path(__file__).parents[2] / "src"
_GIGABYTE = 1 << 30


@frozen
class Limits:
    """How many processes run at a time, and how many seconds of tests a change has to survive."""

    jobs: int = 1
    seconds: float = 8.0


@frozen
class Mutant:
    """One change of one module."""

    path: Path
    tree: ast.Module
    change: Change

    @property
    def name(self) -> str:
        """Where and what: the same from run to run while the source stays."""
        where = f"{self.path.relative_to(SOURCE / 'inovasi_index')}:{self.change.line}"
        return f"{where}:{self.change.column}  {self.change.what}"

    def compiled(self) -> CodeType:
        """Make the change and return the code of the module."""
        self.change.apply()
        return compile(self.tree, str(self.path), "exec", dont_inherit=True)


@frozen
class Outcome:
    """What became of a mutant: ``killed``, ``timeout``, ``survived``, ``unreached``."""

    name: str
    status: str
    by: str = ""


def mutants_of(path: Path) -> list[Mutant]:
    """Return every mutant of a module."""
    source = path.read_text(encoding="utf-8")
    tree = ast.parse(source)
    return [Mutant(path, tree, change) for change in changes(tree, source)]


@define
class _Reach:
    """Which tests reach which lines, and how long they last."""

    seconds: dict[str, float] = field(factory=dict)
    tests: dict[str, dict[int, set[str]]] = field(factory=dict)

    def of(self, mutant: Mutant) -> list[str]:
        """Return the tests that run the changed lines, the fastest first."""
        lines = self.tests.get(str(mutant.path), {})
        found = set().union(*(lines.get(line, set()) for line in mutant.change.lines))
        return self._sorted(found)

    def of_module(self, mutant: Mutant) -> list[str]:
        """Return all tests, those first that run lines of the module, the fastest first.

        A test may hold what a module says when it is imported and run none of its lines.
        """
        found = set().union(*self.tests.get(str(mutant.path), {}).values())
        return [*self._sorted(found), *self._sorted(set(self.seconds) - found)]

    def _sorted(self, tests: set[str]) -> list[str]:
        return sorted(tests, key=lambda test: (self.seconds.get(test, 0.0), test))

    def within(self, tests: list[str], budget: float) -> list[str]:
        """Return as many of these tests as fit a time, but never none of them."""
        chosen: list[str] = []
        spent = 0.0
        for test in tests:
            spent += self.seconds.get(test, 0.0)
            if chosen and spent > budget:
                break
            chosen.append(test)
        return chosen


@define
class _Jobs:
    """Forked children, at most so many at a time."""

    most: int
    done: Callable[[Outcome], None]
    running: dict[int, tuple[Mutant, Path]] = field(factory=dict)

    def start(self, mutant: Mutant, work: Callable[[Mutant, Path], str], scratch: Path) -> None:
        """Run `work` in a child; what it returns is the status of the mutant."""
        while len(self.running) >= self.most:
            self._wait()
        said = scratch / f"mutant-{time.monotonic_ns()}"
        child = os.fork()
        if child == 0:
            _silenced()
            status = "killed"
            with suppress(BaseException):
                status = work(mutant, said)
            with suppress(OSError):
                (said.with_suffix(".status")).write_text(status)
            os._exit(0)
        self.running[child] = mutant, said

    def finish(self) -> None:
        """Wait for all."""
        while self.running:
            self._wait()

    def _wait(self) -> None:
        child, code = os.wait()
        if child not in self.running:
            return
        mutant, said = self.running.pop(child)
        status = "killed"
        if os.WIFSIGNALED(code) and os.WTERMSIG(code) in {signal.SIGPROF, signal.SIGALRM}:
            status = "timeout"
        by = ""
        for part, suffix in (("status", ".status"), ("by", "")):
            file = said.with_suffix(suffix)
            if file.exists():
                text = file.read_text()
                status, by = (text, by) if part == "status" else (status, text)
                file.unlink()
        self.done(Outcome(mutant.name, status, by))


def _silenced() -> None:
    nowhere = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nowhere, stream)
    # Nobody may take all memory or run for ever.
    resource.setrlimit(resource.RLIMIT_AS, (6 * _GIGABYTE, 6 * _GIGABYTE))


def _limited(seconds: float) -> None:
    for timer, number, limit in (
        (signal.ITIMER_PROF, signal.SIGPROF, seconds),
        (signal.ITIMER_REAL, signal.SIGALRM, 20 * seconds),
    ):
        signal.signal(number, signal.SIG_DFL)
        signal.setitimer(timer, limit)


# -- the warm way ------------------------------------------------------------------------


class _Warm:
    """A plugin that takes the place of pytest's loop over the tests."""

    def __init__(self, work: Callable[[pytest.Session], None]) -> None:
        self.work = work

    @pytest.hookimpl(trylast=True)
    def pytest_configure(self, config: pytest.Config) -> None:
        del config
        settings.register_profile(
            "mutants",
            settings.get_profile("default"),
            derandomize=True,
            database=None,
            print_blob=False,
            phases=[Phase.explicit, Phase.generate],
        )
        settings.load_profile("mutants")

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        if session.testsfailed:
            raise session.Interrupted("the tests cannot be collected")
        session.config.pluginmanager.unregister(name="terminalreporter")
        self.work(session)
        return True


class _Failures:
    """A plugin that remembers the first failure."""

    first: str = ""

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.failed and not self.first:
            self.first = report.nodeid


def _protocol(items: list[pytest.Item], before: Callable[[pytest.Item], None]) -> str:
    """Run tests up to the first that fails, and return its name."""
    if not items:
        return ""
    failures = _Failures()
    items[0].config.pluginmanager.register(failures)
    for item, following in zip(items, [*items[1:], None], strict=True):
        before(item)
        item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        if failures.first:
            break
    return failures.first


def _caches() -> list[Any]:
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, functools._lru_cache_wrapper)
        and str(getattr(one, "__module__", "")).startswith("inovasi_index")
    ]


def _functions() -> dict[tuple[str, str, int], list[FunctionType]]:
    found: dict[tuple[str, str, int], list[FunctionType]] = defaultdict(list)
    for one in gc.get_objects():
        if isinstance(one, FunctionType):
            code = one.__code__
            if code.co_filename.startswith(str(SOURCE)):
                found[code.co_filename, code.co_qualname, code.co_firstlineno].append(one)
    return found


def _code_inside(code: CodeType, name: str, line: int) -> CodeType | None:
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            if inner.co_qualname == name and inner.co_firstlineno == line:
                return inner
            if (found := _code_inside(inner, name, line)) is not None:
                return found
    return None


def _and_inside(code: CodeType) -> Iterator[CodeType]:
    """Yield the code of a function and of those that it makes."""
    yield code
    for inner in code.co_consts:
        if isinstance(inner, CodeType):
            yield from _and_inside(inner)


def _measured(session: pytest.Session, paths: Iterable[Path]) -> _Reach:
    """Run every test once, unchanged, and return which lines it reaches."""
    reach, caches = _Reach(), _caches()
    started: dict[str, float] = {}
    cov = coverage.Coverage(
        data_file=None, include=[str(path) for path in paths], config_file=False
    )
    cov.start()

    def before(item: pytest.Item) -> None:
        for cache in caches:
            cache.cache_clear()
        cov.switch_context(item.nodeid)
        started[item.nodeid] = time.process_time()

    first = _protocol(session.items, before)
    cov.stop()
    if first:
        raise session.Failed(f"{first} fails without any change")
    ends = [*list(started.values())[1:], time.process_time()]
    reach.seconds = {
        test: end - start for (test, start), end in zip(started.items(), ends, strict=True)
    }
    data = cov.get_data()
    for path in data.measured_files():
        lines = data.contexts_by_lineno(path)
        reach.tests[path] = {n: {t for t in tests if t} for n, tests in lines.items()}
    return reach


def _reach(session: pytest.Session, paths: Iterable[Path], scratch: Path) -> _Reach:
    file = scratch / "reach"
    child = os.fork()
    if child == 0:
        _silenced()
        said: object = "the tests cannot be run"
        try:
            said = _measured(session, paths)
        except BaseException as error:  # noqa: BLE001 - told by the parent
            said = str(error)
        file.write_bytes(pickle.dumps(said))
        os._exit(0)
    os.waitpid(child, 0)
    found = pickle.loads(file.read_bytes())  # noqa: S301 - our own child wrote it
    if not isinstance(found, _Reach):
        sys.stderr.write(f"{found}\n")
        raise session.Failed(str(found))
    return found


def _warm(
    session: pytest.Session,
    mutants: list[Mutant],
    jobs: _Jobs,
    *,
    seconds: float,
    reach: _Reach,
    scratch: Path,
) -> None:
    items = {item.nodeid: item for item in session.items}
    functions, caches = _functions(), _caches()
    gc.freeze()  # children share what they do not change

    def work(mutant: Mutant, said: Path) -> str:
        path, place = str(mutant.path), mutant.change.function
        assert place is not None
        chosen = reach.within(reach.of(mutant), seconds)
        code = _code_inside(mutant.compiled(), *place)
        if code is None or (path, *place) not in functions:
            return "cold"
        for new in _and_inside(code):
            key = path, new.co_qualname, new.co_firstlineno
            for function in functions.get(key, ()):
                try:
                    function.__code__ = new
                except ValueError:  # other free variables
                    return "cold"
        for cache in caches:
            cache.cache_clear()
        _limited(10 + 4 * sum(reach.seconds.get(test, 0.0) for test in chosen))
        first = _protocol([items[test] for test in chosen], lambda _: None)
        said.write_text(first)
        return "killed" if first else "survived"

    for mutant in mutants:
        if reach.of(mutant):
            jobs.start(mutant, work, scratch)
        else:  # run at import, or never
            jobs.done(Outcome(mutant.name, "cold"))
    jobs.finish()


# -- the cold way ------------------------------------------------------------------------


class _ChangedModule(importlib.abc.Loader):
    def __init__(self, code: CodeType) -> None:
        self.code = code

    def exec_module(self, module: ModuleType) -> None:
        exec(self.code, module.__dict__)  # noqa: S102 - that is what a loader does


class _Finder(importlib.abc.MetaPathFinder):
    def __init__(self, mutant: Mutant) -> None:
        self.path = mutant.path
        self.name = ".".join(mutant.path.relative_to(SOURCE).with_suffix("").parts)
        self.code = mutant.compiled()

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        del path, target
        if fullname != self.name:
            return None
        loader = _ChangedModule(self.code)
        return importlib.util.spec_from_file_location(fullname, self.path, loader=loader)


def _cold(
    mutants: list[Mutant], jobs: _Jobs, *, seconds: float, reach: _Reach, scratch: Path
) -> None:
    assert "inovasi_index" not in sys.modules

    def work(mutant: Mutant, said: Path) -> str:
        chosen = reach.within(reach.of(mutant) or reach.of_module(mutant), seconds)
        sys.meta_path.insert(0, _Finder(mutant))
        place = {test: n for n, test in enumerate(chosen)}
        _limited(30 + 4 * sum(reach.seconds.get(test, 0.0) for test in chosen))

        def run_chosen(session: pytest.Session) -> None:
            items = sorted(
                (item for item in session.items if item.nodeid in place),
                key=lambda item: place[item.nodeid],
            )
            first = _protocol(items, lambda _: None) or ("collection" if not items else "")
            said.write_text(first)
            os._exit(0)  # the status is read from what was said

        files = sorted({test.partition("::")[0] for test in chosen})
        said.write_text("collection")
        said.with_suffix(".status").write_text("?")
        pytest.main([*_QUIET, *files], plugins=[_Warm(run_chosen)])
        return "killed"

    def done(outcome: Outcome, tell: Callable[[Outcome], None] = jobs.done) -> None:
        status = outcome.status
        if status == "?":
            status = "killed" if outcome.by else "survived"
        tell(Outcome(outcome.name, status, outcome.by))

    jobs.done = done
    for mutant in mutants:
        if reach.of_module(mutant):
            jobs.start(mutant, work, scratch)
        else:
            jobs.done(Outcome(mutant.name, "unreached"))
    jobs.finish()


_QUIET = ["-q", "--tb=native", "-p", "no:cacheprovider", "-k", "not soon and not fast"]
# Clocks fail under load, and hypothesis has been imported by then.
_QUIET += ["-W", "ignore::pytest.PytestAssertRewriteWarning"]


def run(
    mutants: list[Mutant], tests: list[str], *, limits: Limits, scratch: Path
) -> Iterator[Outcome]:
    """Run the tests against each mutant and yield what became of it.

    Parameters
    ----------
    mutants : list of Mutant
    tests : list of str
        What pytest collects from.
    limits : Limits
    scratch : Path
        A folder for what processes tell each other.
    """
    told, plan = scratch / "told", scratch / "plan"
    paths = {mutant.path for mutant in mutants}
    told.touch()
    server = os.fork()
    if server == 0:
        with told.open("a", encoding="utf-8", buffering=1) as out:

            def tell(outcome: Outcome) -> None:
                out.write(repr((outcome.name, outcome.status, outcome.by)) + "\n")

            def work(session: pytest.Session) -> None:
                reach = _reach(session, paths, scratch)
                plan.write_bytes(pickle.dumps(reach))
                some = [m for m in mutants if m.change.function is not None]
                jobs = _Jobs(limits.jobs, tell)
                _warm(session, some, jobs, seconds=limits.seconds, reach=reach, scratch=scratch)

            code = pytest.main([*_QUIET, *tests], plugins=[_Warm(work)])
        os._exit(int(code))
    by_name = {mutant.name: mutant for mutant in mutants}
    again = [m for m in mutants if m.change.function is None]
    for outcome in _lines_of(told, server):
        if outcome.status == "cold":
            again.append(by_name[outcome.name])
        else:
            yield outcome
    if not plan.exists():
        raise SystemExit("the tests cannot be run against the mutants")
    reach: _Reach = pickle.loads(plan.read_bytes())  # noqa: S301 - our own child wrote it
    found: list[Outcome] = []
    many = 8 * limits.jobs
    for start in range(0, len(again), many):
        children = _Jobs(limits.jobs, found.append)
        some = again[start : start + many]
        # Half as long, since each has to collect the tests anew.
        _cold(some, children, seconds=limits.seconds / 2, reach=reach, scratch=scratch)
        yield from found
        found.clear()


def _lines_of(told: Path, child: int) -> Iterator[Outcome]:
    """Yield outcomes as a child writes them, until it ends."""
    with told.open(encoding="utf-8") as lines:
        ended = False
        rest = ""
        while True:
            text = lines.read()
            rest += text
            while "\n" in rest:
                line, _, rest = rest.partition("\n")
                yield Outcome(*ast.literal_eval(line))
            if ended and not text:
                return
            if not ended:
                ended = os.waitpid(child, os.WNOHANG)[0] == child
                time.sleep(0.2)
