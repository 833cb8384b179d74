"""What of NumPy CuPy has, too, as far as the core may want it."""

FUNCTIONS = frozenset(
    (
        *("abs", "add", "all", "any", "arange", "argmax", "argmin", "argsort"),
        *("ascontiguousarray", "broadcast_to", "clip", "concatenate", "copyto", "cumsum", "divide"),
        *("dot", "einsum", "empty", "empty_like", "exp", "expand_dims", "expm1", "flatnonzero"),
        *("flip", "full", "full_like", "isfinite", "isnan", "log", "log1p", "logaddexp"),
        *("logical_and", "matmul", "max", "maximum", "mean", "min", "minimum", "moveaxis"),
        *("multiply", "negative", "nonzero", "ones", "ones_like", "outer", "pad", "prod"),
        *("repeat", "reshape", "sign", "sort", "sqrt", "square", "squeeze", "stack", "subtract"),
        *("sum", "swapaxes", "take", "take_along_axis", "tanh", "tensordot", "tile", "transpose"),
        *("var", "vdot", "where", "zeros", "zeros_like"),
    )
)
"""What the module offers; a test asks CuPy, where it is installed, whether it has them all."""

LIBRARIES = frozenset({"dot", "einsum", "matmul", "outer", "tensordot", "vdot"})
"""What computes with cuBLAS, which cannot be recorded."""

GENERATOR = frozenset(
    (
        *("beta", "binomial", "chisquare", "dirichlet", "exponential", "f", "gamma", "geometric"),
        *("hypergeometric", "integers", "logseries", "poisson", "power", "random"),
        *("standard_exponential", "standard_gamma", "standard_normal", "uniform"),
    )
)
"""The methods of ``cupy.random.Generator``: no ``permutation``, ``choice``, ``normal``, …"""

SIZED_BY_VALUES = frozenset({"flatnonzero", "nonzero"})
"""What must be read back to know how long the result is; so must an index of booleans."""

CREATORS = frozenset({"arange", "empty", "full", "ones", "zeros"})

NOT_METHODS = frozenset({"ctypes", "getfield", "resize", "setfield", "setflags", "to_device"})
"""Methods of NumPy's arrays that CuPy's have not."""

DTYPES = (
    *("bool_", "float16", "float32", "float64", "int8", "int32", "int64", "intp", "uint8"),
    *("uint16", "uint32", "uint64"),
)
