"""What callers ask: engines, and the two functions that need none."""

import os
import sys
import threading
from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Optional, Union

from ._library import Handle, RegdiagError
from ._lookup import LookupResult
from ._report import Report

#: A file or folder of entries, or several of them.
Knowledge = Union[str, "os.PathLike[str]", Sequence[Union[str, "os.PathLike[str]"]]]


class Engine:
    """A knowledge base, opened: what is asked many times with entries of one's own asks it.

    >>> with regdiag.Engine() as engine:
    ...     engine.lookup("ecr/rate-exceeded").hits[0].basis
    'id'

    It is immutable and may be shared between threads. One that is not closed is closed when it is collected.

    :param knowledge: Files and folders whose entries are added or stand in the place of built-in ones, in order.
    :param entries: Entries that are added after them: what stands in the ``entry.json`` of each, by a name for warnings.
    :raises RegdiagError: When one of them cannot be read, or is in a later format.
    """

    def __init__(
        self,
        knowledge: Optional[Knowledge] = None,
        *,
        entries: Optional[Mapping[str, Union[str, bytes]]] = None,
    ) -> None:
        self._handle: Optional[Handle] = Handle(
            [_path(path) for path in _paths(knowledge)],
            {_without_null(_bytes(name)): _bytes(json) for name, json in (entries or {}).items()},
        )
        self._warnings = self._handle.warnings

    @property
    def warnings(self) -> tuple[str, ...]:
        """What was wrong with entries that were added, a sentence each; broken ones were skipped."""
        return self._warnings

    def explain(self, text: Union[str, bytes], *, max_diagnoses: Optional[int] = None) -> Report:
        """Diagnoses what a program printed.

        :param text: The output, of any size; bytes may be in any encoding, and be no text at all.
        :param max_diagnoses: How many diagnoses to give at most; all when absent.
        :raises ValueError: When ``max_diagnoses`` is less than 1.
        :raises RegdiagError: When the engine is closed.
        """
        if max_diagnoses is not None and max_diagnoses < 1:
            raise ValueError(f"max_diagnoses must be 1 or more, not {max_diagnoses}")
        return Report.from_json(self._open().explain(_bytes(text), min(max_diagnoses or 0, sys.maxsize)))

    def lookup(self, query: str) -> LookupResult:
        """Finds the entries that an id, a code, a status or a wording leads to.

        :raises ValueError: When the query holds a null character.
        :raises RegdiagError: When the engine is closed.
        """
        return LookupResult.from_json(self._open().lookup(_without_null(_bytes(query))))

    def close(self) -> None:
        """Closes the engine; calls under way in other threads end as if it were open."""
        self._handle = None

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self,
        kind: Optional[type[BaseException]],
        error: Optional[BaseException],
        trace: Optional[TracebackType],
    ) -> None:
        self.close()

    def _open(self) -> Handle:
        handle = self._handle
        if handle is None:
            raise RegdiagError("the engine is closed")
        return handle


def explain(
    text: Union[str, bytes],
    *,
    knowledge: Optional[Knowledge] = None,
    max_diagnoses: Optional[int] = None,
) -> Report:
    """Diagnoses what a program printed.

    >>> regdiag.explain("nothing of note").diagnoses
    ()

    With ``knowledge``, an engine is opened for this one call, which takes far longer than the call; keep an
    :class:`Engine` to ask more often. The arguments and errors are those of :class:`Engine` and its ``explain``.
    """
    if knowledge is None:
        return _built_in.engine().explain(text, max_diagnoses=max_diagnoses)
    with Engine(knowledge) as engine:
        return engine.explain(text, max_diagnoses=max_diagnoses)


def lookup(code: str) -> LookupResult:
    """Finds the built-in entries that an id, a code, a status or a wording leads to.

    >>> [hit.id for hit in regdiag.lookup("ImagePullBackOff").hits]
    ['kubernetes/image-pull-back-off']
    """
    return _built_in.engine().lookup(code)


class _BuiltIn:
    """The engine of those who have none: opened when it is first asked, and once."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._engine: Optional[Engine] = None

    def engine(self) -> Engine:
        with self._lock:
            if self._engine is None:
                self._engine = Engine()
            return self._engine


_built_in = _BuiltIn()


def _paths(knowledge: Optional[Knowledge]) -> Sequence[Union[str, "os.PathLike[str]"]]:
    if knowledge is None:
        return ()
    if isinstance(knowledge, (str, os.PathLike)):
        return (knowledge,)
    return knowledge


def _path(path: Union[str, "os.PathLike[str]"]) -> bytes:
    return _without_null(os.fsencode(path))


def _without_null(text: bytes) -> bytes:
    if b"\0" in text:
        raise ValueError("embedded null byte")
    return text


def _bytes(text: Union[str, bytes]) -> bytes:
    """The bytes of a text; a string that was decoded with ``surrogateescape`` gives what it was read from."""
    if isinstance(text, bytes):
        return text
    if not isinstance(text, str):
        raise TypeError(f"a text is str or bytes, not {type(text).__name__}")
    try:
        return text.encode("utf-8", "surrogateescape")
    except UnicodeEncodeError:
        return text.encode("utf-8", "surrogatepass")
