"""The shared library, as ``regdiag.h`` declares it.

The only module that knows of pointers. ``ctypes`` lets go of the interpreter's lock during each call.
"""

import ctypes
import weakref
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Optional


class RegdiagError(Exception):
    """The library could not do what it was asked; the message says why."""

    __module__ = "regdiag"


_OK = 0

_library = ctypes.CDLL(str(Path(__file__).with_name("libregdiag-c.so")))

_engine = ctypes.c_void_p
_status = ctypes.c_int32
_text_place = ctypes.POINTER(ctypes.c_void_p)


class _Entry(ctypes.Structure):
    _fields_ = [("name", ctypes.c_char_p), ("json", ctypes.c_char_p), ("count", ctypes.c_size_t)]


_library.regdiag_version.argtypes = []
_library.regdiag_version.restype = ctypes.c_char_p
_library.regdiag_status_message.argtypes = [_status]
_library.regdiag_status_message.restype = ctypes.c_char_p
_library.regdiag_open_with.argtypes = [
    ctypes.POINTER(ctypes.c_char_p),
    ctypes.c_size_t,
    ctypes.POINTER(_Entry),
    ctypes.c_size_t,
    ctypes.POINTER(_engine),
    _text_place,
]
_library.regdiag_open_with.restype = _status
_library.regdiag_explain.argtypes = [
    _engine,
    ctypes.c_char_p,
    ctypes.c_size_t,
    ctypes.c_size_t,
    _text_place,
]
_library.regdiag_explain.restype = _status
_library.regdiag_lookup.argtypes = [_engine, ctypes.c_char_p, _text_place]
_library.regdiag_lookup.restype = _status
_library.regdiag_free.argtypes = [ctypes.c_void_p]
_library.regdiag_free.restype = None
_library.regdiag_close.argtypes = [_engine]
_library.regdiag_close.restype = None


def library_version() -> str:
    """The version of the library, such as ``0.1.0``."""
    return _decoded(_library.regdiag_version())


class Handle:
    """An engine of the library.

    It is closed when nothing refers to it any more: a call that is under way in another thread does.
    """

    warnings: tuple[str, ...]

    def __init__(self, paths: Sequence[bytes], entries: Mapping[bytes, bytes]) -> None:
        listed = [_Entry(name, json, len(json)) for name, json in entries.items()]
        pointer = _engine()
        message = ctypes.c_void_p()
        status = _library.regdiag_open_with(
            (ctypes.c_char_p * len(paths))(*paths),
            len(paths),
            (_Entry * len(listed))(*listed),
            len(listed),
            ctypes.byref(pointer),
            ctypes.byref(message),
        )
        told = _taken(message)
        if status != _OK:
            raise RegdiagError(told or _meaning(status))
        self._pointer = pointer
        self.warnings = tuple(told.splitlines())
        # A daemon thread may be inside a call when the interpreter ends; then nothing is closed.
        weakref.finalize(self, _library.regdiag_close, pointer).atexit = False  # type: ignore[misc]

    def explain(self, data: bytes, max_diagnoses: int) -> str:
        """A report as JSON; all diagnoses when ``max_diagnoses`` is 0."""
        json = ctypes.c_void_p()
        status = _library.regdiag_explain(
            self._pointer, data, len(data), max_diagnoses, ctypes.byref(json)
        )
        return _answer(status, json)

    def lookup(self, query: bytes) -> str:
        """What a look-up finds, as JSON."""
        json = ctypes.c_void_p()
        return _answer(_library.regdiag_lookup(self._pointer, query, ctypes.byref(json)), json)


def _answer(status: int, json: ctypes.c_void_p) -> str:
    if status != _OK:
        raise RegdiagError(_meaning(status))
    return _taken(json)


def _taken(place: ctypes.c_void_p) -> str:
    """The text that the library handed out, which is given back; empty when it handed out none."""
    if place.value is None:
        return ""
    try:
        return _decoded(ctypes.string_at(place.value))
    finally:
        _library.regdiag_free(place)


def _meaning(status: int) -> str:
    return _decoded(_library.regdiag_status_message(status))


def _decoded(text: Optional[bytes]) -> str:
    return (text or b"").decode("utf-8")
