"""CUDA sources as text: of raw kernels as they are, of elementwise ones as CuPy would make them."""

from __future__ import annotations

import re
from dataclasses import dataclass

C_NAMES = {
    "bool": "bool",
    "uint8": "unsigned char",
    "int8": "signed char",
    "int16": "short",
    "uint16": "unsigned short",
    "int32": "int",
    "int64": "long long",
    "float32": "float",
    "float64": "double",
}


@dataclass(frozen=True)
class Parameter:
    """One parameter of an elementwise kernel, such as ``raw S source``."""

    name: str
    type_name: str
    raw: bool
    output: bool


def parameters(inputs: str, outputs: str) -> list[Parameter]:
    """Read the declarations of an elementwise kernel."""
    found = []
    for declarations, output in ((inputs, False), (outputs, True)):
        for declaration in declarations.split(","):
            *raw, type_name, name = declaration.split()
            found.append(Parameter(name, type_name, raw == ["raw"], output))
    return found


def elementwise_source(
    declared: list[Parameter], body: str, name: str, types: dict[str, str], arrays: set[str]
) -> str:
    """Return the loop around a body: each thread takes every so-many-th number.

    Args:
        declared: The kernel's parameters.
        body: What is done with number i.
        name: Of the kernel.
        types: The C name of every type letter.
        arrays: Parameters that are arrays of n numbers, or of one; others are plain numbers.
    """
    signature, prelude = [], []
    for parameter in declared:
        c_name = types.get(parameter.type_name) or C_NAMES[parameter.type_name]
        own = parameter.name
        if parameter.raw:
            signature.append(f"const {c_name}* {own}")
        elif parameter.output:
            signature.append(f"{c_name}* {own}_all")
            prelude.append(f"{c_name}& {own} = {own}_all[i];")
        elif own in arrays:
            signature.append(f"const {c_name}* {own}_all, long long {own}_step")
            prelude.append(f"const {c_name} {own} = {own}_all[i * {own}_step];")
        else:
            signature.append(f"{c_name} {own}")
    typedefs = "\n".join(f"typedef {c} {letter};" for letter, c in types.items())
    return f"""{typedefs}
extern "C" __global__ void {name}({", ".join(signature)}, long long n)
{{
    for (long long i = blockIdx.x * (long long)blockDim.x + threadIdx.x; i < n;
         i += gridDim.x * (long long)blockDim.x) {{
        {" ".join(prelude)}
        {body}
    }}
}}
"""


def signature_of(source: str, name: str) -> list[tuple[str, str]]:
    """Return the (type, name) of each parameter of a kernel."""
    found = re.search(rf"void {name}\(([^)]*)\)", source)
    assert found, f"no kernel {name} in the source"
    pairs = (re.fullmatch(r"\s*(.*\W)(\w+)\s*", part) for part in found[1].split(","))
    return [(pair[1].strip(), pair[2]) for pair in pairs if pair]


class SourceCollector:
    """In CuPy's place while kernels are built: keeps their sources, for every precision."""

    def __init__(self) -> None:
        self.sources: dict[str, tuple[str, str]] = {}

    def RawKernel(self, source: str, name: str) -> None:
        precision = "float64" if "typedef double" in source else "float32"
        self.sources[f"{name}, {precision}"] = (source, name)

    def ElementwiseKernel(self, inputs: str, outputs: str, body: str, name: str) -> None:
        declared = parameters(inputs, outputs)
        letters = {p.type_name for p in declared} - C_NAMES.keys()
        for precision in ("float32", "float64"):
            for other in ("uint8", precision) if letters != {"T"} else (precision,):
                types = dict.fromkeys(sorted(letters), C_NAMES[other])
                types["T"] = C_NAMES[precision]
                arrays = {p.name for p in declared if p.type_name in letters}
                # As in a recorded step: the rate stands on the card.
                arrays |= {p.name for p in declared if p.name in ("rate", "epsilon")}
                source = elementwise_source(declared, body, name, types, arrays)
                self.sources[f"{name}, {precision} of {other}"] = (source, name)
