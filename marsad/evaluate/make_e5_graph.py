"""Writes the graph of multilingual-e5-small, without its weights: a BERT of twelve layers.

Devlin et al., "BERT: Pre-training of Deep Bidirectional Transformers", 2019. The weights keep the names that
they have in the model's file (`marsad.language.e5.packed`); products stay in four bits, with activations in
eight, as the file's own engine computes them.

    python -m marsad.evaluate.make_e5_graph
"""

from __future__ import annotations

from typing import Any

import numpy as np
from onnx import ModelProto, NodeProto, TensorProto, helper, numpy_helper

from marsad.language.e5.model import GRAPH
from marsad.language.e5.packed import BLOCK

WIDTH, WIDE, HEADS, LAYERS = 384, 1536, 12, 12
EPSILON = 1e-12
#: Activations are rounded to eight bits for each block.
EIGHT_BITS = 4
CONTRIBUTED = "com.microsoft"


class Graph:
    """Nodes and weights as they are named; each step returns the name of what it gives."""

    def __init__(self) -> None:
        self.nodes: list[NodeProto] = []
        self.weights: list[TensorProto] = []

    def layer(self, given: str, name: str) -> str:
        """Attention and two products, each added to what it was given and normalised."""
        asked, known, told = (self._product(given, f"{name}.{part}", WIDTH, WIDTH) for part in "qkv")
        seen = self._node("MultiHeadAttention", [asked, known, told], f"{name}.seen", num_heads=HEADS)
        given = self._sum(given, self._product(seen, f"{name}.ao", WIDTH, WIDTH), f"{name}.aln")
        wide = self._node("Gelu", [self._product(given, f"{name}.fi", WIDTH, WIDE)], f"{name}.gelu")
        return self._sum(given, self._product(wide, f"{name}.fo", WIDE, WIDTH), f"{name}.oln")

    def normalised(self, given: str, name: str) -> str:
        """Mean 0 and variance 1 in each row, then as learnt."""
        return self._node("LayerNormalization", [given, *self._learnt(name)], name, "", epsilon=EPSILON)

    def mean(self, given: str, name: str) -> str:
        """Of all rows."""
        self.weights.append(numpy_helper.from_array(np.array([1], np.int64), "rows"))
        return self._node("ReduceMean", [given, "rows"], name, "", keepdims=0)

    def _sum(self, given: str, more: str, name: str) -> str:
        return self._node("SkipLayerNormalization", [given, more, *self._learnt(name)], name, epsilon=EPSILON)

    def _learnt(self, name: str) -> list[str]:
        return [self._weight(f"{name}.{part}", TensorProto.FLOAT, WIDTH) for part in "wb"]

    def _product(self, given: str, name: str, width: int, rows: int) -> str:
        blocks = width // BLOCK
        inputs = [
            given,
            self._weight(f"{name}.w", TensorProto.UINT8, rows, blocks, BLOCK // 2),
            self._weight(f"{name}.w.scales", TensorProto.FLOAT, rows * blocks),
            "",
            "",
            self._weight(f"{name}.b", TensorProto.FLOAT, rows),
        ]
        told = {"K": width, "N": rows, "bits": 4, "block_size": BLOCK, "accuracy_level": EIGHT_BITS}
        return self._node("MatMulNBits", inputs, name, CONTRIBUTED, **told)

    def _weight(self, name: str, kind: int, *shape: int) -> str:
        weight = TensorProto(name=name, data_type=kind, dims=shape, data_location=TensorProto.EXTERNAL)
        weight.external_data.add(key="location", value="given when the graph is opened")
        self.weights.append(weight)
        return name

    def _node(self, kind: str, inputs: list[str], name: str, domain: str = CONTRIBUTED, **told: Any) -> str:
        self.nodes.append(helper.make_node(kind, inputs, [name], name, None, domain, **told))
        return name


def model() -> ModelProto:
    """From the sum of a text's words and places, shape (1, tokens, 384), to what it means, shape (1, 384)."""
    graph = Graph()
    given = graph.normalised("tokens", "emb.ln")
    for number in range(LAYERS):
        given = graph.layer(given, f"l{number}")
    graph.mean(given, "meaning")
    takes = helper.make_tensor_value_info("tokens", TensorProto.FLOAT, [1, "tokens", WIDTH])
    gives = helper.make_tensor_value_info("meaning", TensorProto.FLOAT, [1, WIDTH])
    return helper.make_model(
        helper.make_graph(graph.nodes, "multilingual-e5-small", [takes], [gives], graph.weights),
        opset_imports=[helper.make_opsetid("", 18), helper.make_opsetid(CONTRIBUTED, 1)],
        ir_version=9,
        producer_name="",
    )


if __name__ == "__main__":
    GRAPH.write_bytes(model().SerializeToString())
